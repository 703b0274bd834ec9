import type { JsonSchema, JsonSchemaObject } from '../../documents/json-schema.ts';
import type { LoadedPack } from '../../packs/load-pack.ts';
import { scenarioSchemaFor } from './pack-schema.ts';

/** The scenario schema of a pack as its folder is now, for editors. */
export function packScenarioSchema({
  packFile,
  folder,
  ledger,
  schemas,
  code,
  location,
}: LoadedPack): JsonSchemaObject {
  const frames = (direction: 'sent' | 'received') =>
    Object.fromEntries(
      schemas.flatMap(({ path, schema }) => {
        const kind = new RegExp(`^${direction}/(.+)\\.schema\\.json$`).exec(path)?.[1];
        return kind === undefined ? [] : [[kind, schema as JsonSchema] as const];
      }),
    );
  return scenarioSchemaFor(
    packFile?.name ?? location.name,
    { sent: frames('sent'), received: frames('received') },
    {
      actors: packFile?.language.actors.map(({ name }) => name) ?? [],
      fragments: [...folder.fragments.keys()],
      transports: packFile?.transports.map(({ name }) => name) ?? [],
      checks: ledger?.requirements.map(({ id, text }) => ({ id, text })) ?? [],
      operators: [...code.operators.keys()].map(name => ({ name })),
    },
  );
}
