import { pointerStep } from '../../foundation/json.ts';
import { isArray, isObject, memberOf, type Value, type ValueObject } from '../../foundation/value.ts';
import type { FrameSchema } from '../../packs/frame-validator.ts';

/** JSON Pointers of what is wrong in a frame, or missing, as the validator places it. */
export type Breaks = (frame: Value) => readonly string[];

/**
 * The validator compiles schemas, which pays for a run and takes longer than all else in a lint. These only look, and only at
 * schemas that keep to the few keywords below; undefined if any schema has another, or is wrong in itself: for the validator to tell.
 */
export function plainSchemas(files: readonly FrameSchema[]): ReadonlyMap<string, Breaks> | undefined {
  const ids = files
    .map(({ schema }) => isObject(schema) && memberOf(schema, '$id'))
    .filter(id => typeof id === 'string');
  if (new Set(ids).size < ids.length) return undefined;
  if (!files.every(({ schema }) => isPlain(withoutId(schema), schema))) return undefined;
  return new Map(files.map(({ path, schema }) => [path, frame => breaksOf(schema, frame, '', schema)]));
}

/** Only the whole has an id: within, it would change what `$ref` means. */
function withoutId(schema: Value): Value {
  if (!isObject(schema) || !/^https:\/\/[^#]+$/.test(String(memberOf(schema, '$id')))) return schema;
  const { $id: _, ...rest } = schema;
  return rest;
}

function isPlain(schema: Value, root: Value): boolean {
  if (typeof schema === 'boolean') return true;
  if (!isObject(schema)) return false;
  const branches = Object.hasOwn(schema, 'then') || Object.hasOwn(schema, 'else');
  if (Object.hasOwn(schema, 'if') !== branches) return false;
  return Object.keys(schema).every(
    keyword => Object.hasOwn(plainUses, keyword) && plainUses[keyword]!(schema[keyword]!, root),
  );
}

const isText = (value: Value) => typeof value === 'string';
const isScalar = (value: Value) => value === null || ['string', 'number', 'boolean'].includes(typeof value);
const areAll = (value: Value, is: (element: Value) => boolean) => isArray(value) && value.length > 0 && value.every(is);
const areNamed = (value: Value, root: Value) =>
  isObject(value) && Object.keys(value).every(name => name !== '__proto__' && isPlain(value[name]!, root));

/** The keywords, and whether a use of one is as plain as `breaksOf` takes it. */
const plainUses: Readonly<Record<string, (value: Value, root: Value) => boolean>> = {
  $schema: isText,
  title: isText,
  description: isText,
  $defs: areNamed,
  $ref: (value, root) => isText(value) && definitionIn(root, value as string) !== undefined,
  type: value => isType(value) || areAll(value, isType),
  const: isScalar,
  enum: value => areAll(value, isScalar),
  minLength: value => Number.isSafeInteger(value) && (value as number) >= 0,
  required: value => areAll(value, isText),
  properties: areNamed,
  additionalProperties: isPlain,
  items: isPlain,
  allOf: (value, root) => areAll(value, element => isPlain(element, root)),
  if: isPlain,
  // biome-ignore lint/suspicious/noThenProperty: the keyword is called so
  then: isPlain,
  else: isPlain,
};

function definitionIn(root: Value, reference: string): Value | undefined {
  const name = /^#\/\$defs\/([\w.-]+)$/.exec(reference)?.[1];
  const definitions = isObject(root) ? memberOf(root, '$defs') : undefined;
  return name !== undefined && isObject(definitions) ? memberOf(definitions, name) : undefined;
}

function breaksOf(schema: Value, value: Value, at: string, root: Value): readonly string[] {
  if (!isObject(schema)) return schema === false ? [at] : [];
  const inside = (each: Value) => breaksOf(each, value, at, root);
  const { $ref, type, const: only, enum: few, minLength, allOf = [], if: condition } = schema;
  const broken: string[] = [];
  if (type !== undefined && ![type].flat().some(each => hasType(value, each as string))) broken.push(at);
  if (only !== undefined && value !== only) broken.push(at);
  if (isArray(few) && !few.includes(value)) broken.push(at);
  if (typeof value === 'string' && minLength !== undefined && [...value].length < (minLength as number))
    broken.push(at);
  if ($ref !== undefined) broken.push(...inside(definitionIn(root, $ref as string)!));
  broken.push(...(allOf as readonly Value[]).flatMap(inside));
  if (condition !== undefined) broken.push(...inside(schema[inside(condition).length === 0 ? 'then' : 'else'] ?? true));
  if (isArray(value)) {
    const { items = true } = schema;
    broken.push(...value.flatMap((element, k) => breaksOf(items, element, `${at}${pointerStep(k)}`, root)));
  }
  return isObject(value) ? [...broken, ...breaksOfMembers(schema, value, at, root)] : broken;
}

function breaksOfMembers(schema: ValueObject, value: ValueObject, at: string, root: Value): readonly string[] {
  const { required = [], properties = {}, additionalProperties = true } = schema;
  const missing = (required as readonly string[]).filter(name => !Object.hasOwn(value, name));
  const wrong = Object.keys(value).flatMap(name => {
    const member = memberOf(properties as ValueObject, name) ?? additionalProperties;
    return breaksOf(member, value[name]!, `${at}${pointerStep(name)}`, root);
  });
  return [...missing.map(name => `${at}${pointerStep(name)}`), ...wrong];
}

const types: Readonly<Record<string, (value: Value) => boolean>> = {
  string: value => typeof value === 'string',
  integer: Number.isInteger,
  number: Number.isFinite,
  boolean: value => typeof value === 'boolean',
  null: value => value === null,
  array: isArray,
  object: isObject,
};

function isType(value: Value): boolean {
  return typeof value === 'string' && Object.hasOwn(types, value);
}

function hasType(value: Value, type: string): boolean {
  return types[type]!(value);
}
