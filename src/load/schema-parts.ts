/** Pieces of the JSON Schemas of what a load leaves. */
import type { JsonSchemaObject } from '../documents/json-schema.ts';

/** Every member is required, but for the optional ones. */
export function object(
  properties: Readonly<Record<string, JsonSchemaObject>>,
  description?: string,
  optional: readonly string[] = [],
): JsonSchemaObject {
  const required = Object.keys(properties).filter(name => !optional.includes(name));
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties,
  };
}

export function list(items: JsonSchemaObject, description: string): JsonSchemaObject {
  return { type: 'array', items, description };
}

export function text(description: string): JsonSchemaObject {
  return { type: 'string', description };
}

export function count(description: string): JsonSchemaObject {
  return { type: 'integer', minimum: 0, description };
}

export function number(description: string): JsonSchemaObject {
  return { type: 'number', description };
}
