/** A JSON Schema, draft 2020-12. */
export type JsonSchema = boolean | JsonSchemaObject;

export interface JsonSchemaObject {
  readonly [keyword: string]: unknown;
}

/** What a schema's `$ref`s point to, by the name under `$defs`. Filled while a shape writes its schema. */
export type Definitions = Map<string, JsonSchema>;

export function referenceTo(definition: string): JsonSchemaObject {
  return { $ref: `#/$defs/${definition}` };
}

/** A schema with words for the editor. What stands at the place of use wins. */
export function described(schema: JsonSchema, description: string | undefined): JsonSchema {
  if (description === undefined) return schema;
  return schema === true ? { description } : schema === false ? { not: {}, description } : { ...schema, description };
}
