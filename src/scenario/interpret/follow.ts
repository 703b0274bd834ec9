import { isArray, isObject, memberOf, type Value } from '../../foundation/value.ts';

/** The value at a path of member names and indexes; undefined if there is none. */
export function followNames(value: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  let found = value;
  for (const step of path) {
    if (isArray(found)) found = found[Number(step)];
    else found = isObject(found) ? memberOf(found, String(step)) : undefined;
  }
  return found;
}
