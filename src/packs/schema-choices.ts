import { isArray, isObject, memberOf, type Value, type ValueObject } from '../foundation/value.ts';
import type { FrameSchema } from './frame-validator.ts';
import { parsePointer, valueAt } from './pointer.ts';

/** A schema, and the file that its references are relative to. */
interface Place {
  readonly schema: Value;
  readonly path: string;
}

/** References that lead in a circle are followed no further. */
const deepest = 32;

/** The values that the schema of a received kind lists for the member at a pointer, where `*` stands for any element; none if it lists none. */
export function schemaChoices(schemas: readonly FrameSchema[], kind: string, at: string): readonly Value[] {
  const path = `received/${kind}.schema.json`;
  const schema = schemas.find(each => each.path === path)?.schema;
  if (schema === undefined) return [];
  let places = branchesOf(schemas, { schema, path });
  for (const name of parsePointer(at) ?? []) {
    places = places.flatMap(place => childrenOf(place, name)).flatMap(place => branchesOf(schemas, place));
  }
  const listed = places.map(place => isObject(place.schema) && memberOf(place.schema, 'enum')).filter(isArray);
  return listed[0] ?? [];
}

function childrenOf({ schema, path }: Place, name: string): readonly Place[] {
  if (!isObject(schema)) return [];
  const properties = memberOf(schema, 'properties');
  const own = isObject(properties) ? memberOf(properties, name) : undefined;
  if (own !== undefined) return [{ schema: own, path }];
  const others = memberOf(schema, name === '*' ? 'items' : 'additionalProperties');
  return others === undefined ? [] : [{ schema: others, path }];
}

/** The schema, what it refers to, and what it is put together from. */
function branchesOf(schemas: readonly FrameSchema[], place: Place, depth = 0): readonly Place[] {
  const { schema, path } = place;
  if (!isObject(schema) || depth === deepest) return [];
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap(key => {
    const list = memberOf(schema, key);
    return isArray(list) ? list.map(each => ({ schema: each, path })) : [];
  });
  const referred = referredBy(schemas, schema, path);
  return [place, ...[...parts, ...referred].flatMap(each => branchesOf(schemas, each, depth + 1))];
}

function referredBy(schemas: readonly FrameSchema[], schema: ValueObject, from: string): readonly Place[] {
  const reference = memberOf(schema, '$ref');
  if (typeof reference !== 'string') return [];
  const [file = '', fragment = ''] = reference.split('#');
  const path = file === '' ? from : new URL(file, `antiphon://frames/${from}`).pathname.slice(1);
  const target = schemas.find(each => each.path === path)?.schema;
  const found = target && valueAt(target, parsePointer(decodeURIComponent(fragment)) ?? []);
  return found === undefined ? [] : [{ schema: found, path }];
}
