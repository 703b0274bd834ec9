import type { Definitions, JsonSchema } from '../documents/json-schema.ts';
import type { Shape } from '../documents/shape.ts';
import { ledgerShape } from './ledger-shape.ts';
import { packShape } from './pack-shape.ts';
import { targetShape } from './target-shape.ts';

/** The JSON Schemas of the files that this room reads, by the name of the file under `schemas/`. */
export function publishedPackSchemas(): Readonly<Record<string, JsonSchema>> {
  return {
    'pack.schema.json': published('pack.schema.json', packShape),
    'target.schema.json': allowReferences(published('target.schema.json', targetShape)),
    'ledger.schema.json': published('ledger.schema.json', ledgerShape),
  };
}

/** What the scenario room reads itself: here it is only said to be there. */
const foreignDefinitions: Definitions = new Map<string, JsonSchema>([
  ['pattern', { description: 'A pattern: language, section 3.' }],
  ['value', { description: 'A value, references included: language, section 3.' }],
  ['step', { type: 'object', description: 'A step: language, section 5.' }],
]);

function published(file: string, shape: Shape<unknown>): JsonSchema {
  const used: Definitions = new Map();
  const schema = shape.schema(used) as object;
  const needed = [...JSON.stringify([schema, ...used.values()]).matchAll(/"#\/\$defs\/([^"]+)"/g)].map(
    found => found[1]!,
  );
  for (const [definition, content] of foreignDefinitions)
    if (needed.includes(definition)) used.set(definition, content);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://antiphon.dev/schemas/${file}`,
    ...schema,
    ...(used.size > 0 && { $defs: Object.fromEntries(used) }),
  };
}

const reference = {
  type: 'string',
  pattern: '\\$\\((env|vars)\\.',
  description: 'A value of the environment, or of the option --var.',
};

/** The reader of a target puts values in place of references before it looks at the shape, so any scalar may be one. */
function allowReferences(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { $defs, ...rest } = allowed(schema) as { readonly $defs?: object };
  return { ...rest, $defs: { ...$defs, reference } };
}

function allowed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(allowed);
  if (typeof part !== 'object' || part === null) return part;
  if (isRestrictedScalar(part)) {
    const { description, ...scalar } = part as { readonly description?: string };
    return { ...(description !== undefined && { description }), anyOf: [scalar, { $ref: '#/$defs/reference' }] };
  }
  // Keys are no values: `propertyNames` stays, and so do the words that tell which keys stand together.
  const asIs = ['propertyNames', 'allOf', 'examples', 'required'];
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      asIs.includes(key) || key === 'antiphon' ? value : allowed(value),
    ]),
  );
}

function isRestrictedScalar(part: object): boolean {
  const { type, pattern } = part as { readonly type?: unknown; readonly pattern?: unknown };
  return (
    Object.hasOwn(part, 'enum') ||
    type === 'integer' ||
    type === 'boolean' ||
    (type === 'string' && pattern !== undefined)
  );
}
