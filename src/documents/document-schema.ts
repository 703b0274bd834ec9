import type { Definitions, JsonSchema, JsonSchemaObject } from './json-schema.ts';
import type { Shape } from './shape.ts';

export interface DocumentSchemaOptions {
  /** File name below the address of the schemas: `scenario.schema.json`. */
  readonly fileName: string;
  readonly title: string;
  readonly description: string;
  /** Definitions that win over those of the shapes, or that `node` refers to. */
  readonly definitions?: ReadonlyMap<string, JsonSchema>;
}

/** The JSON Schema of one file kind, with exactly the definitions that it refers to, by name. */
export function documentSchema(shape: Shape<unknown>, options: DocumentSchemaOptions): JsonSchemaObject {
  const definitions: Definitions = new Map(options.definitions ?? []);
  const root = shape.schema(definitions);
  const used = new Map<string, JsonSchema>();
  collectReferences(root, definitions, used);
  const { title: _title, description: _description, ...body } = root as JsonSchemaObject;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://antiphon.dev/schemas/${options.fileName}`,
    title: options.title,
    description: options.description,
    ...body,
    $defs: Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The text of a schema file. */
export function schemaText(schema: JsonSchemaObject): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function collectReferences(
  schema: unknown,
  definitions: ReadonlyMap<string, JsonSchema>,
  used: Map<string, JsonSchema>,
): void {
  if (Array.isArray(schema)) {
    for (const each of schema) collectReferences(each, definitions, used);
    return;
  }
  if (typeof schema !== 'object' || schema === null) return;
  for (const [keyword, value] of Object.entries(schema)) {
    const name = keyword === '$ref' && typeof value === 'string' ? /^#\/\$defs\/(.+)$/.exec(value)?.[1] : undefined;
    if (name === undefined) collectReferences(value, definitions, used);
    else if (!used.has(name)) {
      const definition = definitions.get(name);
      if (definition === undefined) throw new Error(`the schema refers to the definition ${name}, which nobody gives`);
      used.set(name, definition);
      collectReferences(definition, definitions, used);
    }
  }
}
