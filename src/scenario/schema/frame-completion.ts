import { type JsonSchema, type JsonSchemaObject, referenceTo } from '../../documents/json-schema.ts';

/**
 * A frame schema turned into what an editor offers where the frame is written in a scenario: the same members, words and values,
 * but nothing is required, and every member may be an operator, a builder or a reference instead.
 */

/** Where a pattern of the frame stands. */
export function framePattern(schema: JsonSchema): JsonSchema {
  return complete(schema, { root: schema, otherwise: 'pattern', special: 'operators', path: [] });
}

/** Where the frame is built. */
export function builtFrame(schema: JsonSchema): JsonSchema {
  return complete(schema, { root: schema, otherwise: 'built', special: 'builders', path: [] });
}

interface Completion {
  readonly root: JsonSchema;
  readonly otherwise: 'pattern' | 'built';
  readonly special: 'operators' | 'builders';
  /** `$ref`s that are being expanded: a schema that contains itself is expanded once. */
  readonly path: readonly string[];
}

const words = ['title', 'description', 'examples', 'default', 'deprecated'];

function complete(schema: JsonSchema, completion: Completion): JsonSchema {
  if (typeof schema === 'boolean') return referenceTo(completion.otherwise);
  const { $ref: target } = schema;
  if (typeof target === 'string') {
    const found = completion.path.includes(target) ? undefined : definitionAt(completion.root, target);
    const { $ref: _ref, $defs: _defs, ...beside } = schema;
    if (found === undefined) return { ...wordsOf(schema), ...referenceTo(completion.otherwise) };
    const merged = typeof found === 'boolean' ? beside : { ...found, ...beside };
    return complete(merged, { ...completion, path: [...completion.path, target] });
  }
  const branches = branchesOf(schema, completion);
  const literals = literalsOf(schema);
  if (branches.length > 0) return { ...wordsOf(schema), anyOf: [...branches, referenceTo(completion.otherwise)] };
  if (literals.length > 0) return { ...wordsOf(schema), anyOf: [literalSchema(literals), ...indirect(completion)] };
  return { ...wordsOf(schema), ...referenceTo(completion.otherwise) };
}

/** The shapes with an inside: members and elements, also those of alternatives. */
function branchesOf(schema: JsonSchemaObject, completion: Completion): JsonSchema[] {
  const branches: JsonSchema[] = [];
  if (isObject(schema.properties)) branches.push(membersOf(schema, completion));
  if (isObject(schema.items)) branches.push({ type: 'array', items: complete(schema.items, completion) });
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const alternatives = schema[keyword];
    if (Array.isArray(alternatives))
      branches.push(...(alternatives as JsonSchema[]).map(each => complete(each, completion)));
  }
  return branches;
}

/** The frame itself has members only; a member's object may be an operator as well. */
function membersOf(schema: JsonSchemaObject, completion: Completion): JsonSchemaObject {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, member] of Object.entries(schema.properties as Record<string, JsonSchema>))
    properties[name] = complete(member, completion);
  return {
    ...wordsOf(schema),
    type: 'object',
    properties,
    propertyNames: { not: { pattern: '^\\$[A-Za-z]' } },
    additionalProperties: referenceTo(completion.otherwise),
  };
}

function literalsOf(schema: JsonSchemaObject): readonly unknown[] {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : [];
}

function literalSchema(literals: readonly unknown[]): JsonSchema {
  return literals.length === 1 ? { const: literals[0] } : { enum: literals };
}

/** What may stand for a fixed value; another fixed value may not, so that an editor sees which kind of frame is meant. */
function indirect(completion: Completion): JsonSchema[] {
  return [referenceTo(completion.special), { type: 'string', pattern: '^\\$[A-Za-z]|\\$\\(' }];
}

function wordsOf(schema: JsonSchemaObject): JsonSchemaObject {
  return Object.fromEntries(words.filter(word => word in schema).map(word => [word, schema[word]]));
}

function definitionAt(root: JsonSchema, reference: string): JsonSchema | undefined {
  const name = /^#\/\$defs\/([^/]+)$/.exec(reference)?.[1];
  if (name === undefined || typeof root === 'boolean' || !isObject(root.$defs)) return undefined;
  return Object.hasOwn(root.$defs, name) ? (root.$defs[name] as JsonSchema) : undefined;
}

function isObject(value: unknown): value is JsonSchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
