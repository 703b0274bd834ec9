import type { ErrorObject } from 'ajv/dist/types/index.js';
import type { Value } from '../foundation/value.ts';
import { shortText } from './short-text.ts';

/** One thing that a schema has against a frame, in words. */
export interface Complaint {
  readonly keyword: string;
  /** JSON Pointer. */
  readonly at: string;
  readonly expected: string;
  readonly came: string;
}

export function isUnion(error: ErrorObject): boolean {
  return error.keyword === 'anyOf' || error.keyword === 'oneOf';
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  array: 'an array',
  object: 'an object',
};

/** The end of "expected …". The bound is what the schema says beside the keyword. */
const wording: Readonly<Record<string, (bound: never) => string>> = {
  type: (bound: string | readonly string[]) => either([bound].flat().map(type => typeWords[type] ?? type)),
  const: (bound: Value) => shortText(bound),
  enum: (bound: readonly Value[]) => either(bound.map(shortText)),
  minLength: (bound: number) => `at least ${count(bound, 'character')}`,
  maxLength: (bound: number) => `at most ${count(bound, 'character')}`,
  pattern: (bound: string) => `text that matches ${bound}`,
  format: (bound: string) =>
    bound === 'date-time' ? 'an instant as RFC 3339 writes it' : `text of the format ${bound}`,
  minimum: (bound: Value) => `at least ${shortText(bound)}`,
  maximum: (bound: Value) => `at most ${shortText(bound)}`,
  exclusiveMinimum: (bound: Value) => `more than ${shortText(bound)}`,
  exclusiveMaximum: (bound: Value) => `less than ${shortText(bound)}`,
  multipleOf: (bound: Value) => `a multiple of ${shortText(bound)}`,
  minItems: (bound: number) => `at least ${count(bound, 'element')}`,
  maxItems: (bound: number) => `at most ${count(bound, 'element')}`,
  uniqueItems: () => 'elements that all differ',
  contains: () => 'an element that the schema asks for',
  minProperties: (bound: number) => `at least ${count(bound, 'member')}`,
  maxProperties: (bound: number) => `at most ${count(bound, 'member')}`,
  required: () => 'this member',
  dependentRequired: () => 'this member',
  additionalProperties: () => 'no such member',
  unevaluatedProperties: () => 'no such member',
  propertyNames: () => 'other member names',
  'false schema': () => 'nothing here',
};

export function expectationOf(error: ErrorObject): string {
  if (isUnion(error)) return unionOf(error);
  const words = wording[error.keyword];
  return words ? words(error.schema as never) : `what \`${error.keyword}\` of the schema asks for`;
}

/** `text or null`, if the branches are as plain as that. */
function unionOf(error: ErrorObject): string {
  const branches = error.schema as readonly Readonly<Record<string, unknown>>[];
  const plain = branches.map(branch => plainBranch(branch));
  if (plain.some(words => words === undefined)) return `one of the ${branches.length} forms that the schema allows`;
  return either(plain as readonly string[]);
}

function plainBranch(branch: Readonly<Record<string, unknown>>): string | undefined {
  const keyword = ['const', 'enum', 'type'].find(name => Object.hasOwn(branch, name));
  return keyword && wording[keyword]!(branch[keyword] as never);
}

function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
