/**
 * A decoded value: JSON's types, exact. Integers beyond 2^53 are `bigint`, every other number is `number`.
 * Objects are plain and may have any own key, `__proto__` too: read them with `Object.hasOwn`.
 */
export type Value = null | boolean | number | bigint | string | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [member: string]: Value;
}

export function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Sets an own member whatever its name is, `__proto__` included. */
export function setMember(object: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}

/** Own member of an object, or undefined if there is none. */
export function memberOf(object: ValueObject, name: string): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Equality of the scenario language: text by code points, numbers by value, no coercion, members in any order. */
export function equalValues(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'bigint') return equalIntegers(b, a);
  if (typeof a === 'bigint' && typeof b === 'number') return equalIntegers(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((element, k) => equalValues(element, b[k]!));
  if (isArray(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(
    name => Object.hasOwn(b, name) && equalValues((a as ValueObject)[name]!, (b as ValueObject)[name]!),
  );
}

function equalIntegers(big: bigint, small: number): boolean {
  return Number.isInteger(small) && BigInt(small) === big;
}
