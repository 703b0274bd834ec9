import type Ajv2020 from 'ajv/dist/2020.js';
import type { DataValidationCxt } from 'ajv/dist/types/index.js';
import { equalValues, isArray, isObject, setMember, type Value } from '../foundation/value.ts';

/**
 * Schemas and integers beyond 2^53: ajv knows no bigint. A frame that has one is validated as a copy with the nearest numbers,
 * by keywords that look the exact value up where numbers are compared.
 */
const exactOf = new WeakMap<object, object>();

export function hasBigInt(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint';
  if (isArray(value)) return value.some(hasBigInt);
  const object = value as { readonly [name: string]: Value };
  for (const name in object) if (hasBigInt(object[name]!)) return true;
  return false;
}

/** A copy with numbers in place of bigints; `exactKeywords` find their way back from it. */
export function approximate(value: Value): Value {
  if (typeof value === 'bigint') return Number(value);
  if (isArray(value)) return remember(value.map(approximate), value);
  if (!isObject(value)) return value;
  const copy: Record<string, Value> = {};
  for (const name of Object.keys(value)) setMember(copy, name, approximate(value[name]!));
  return remember(copy, value);
}

function remember<T extends object>(copy: T, exact: object): T {
  exactOf.set(copy, exact);
  return copy;
}

type Comparison = (bound: Value, exact: Value) => boolean;

const comparisons: Readonly<Record<string, { readonly type?: 'number' | 'array'; readonly holds: Comparison }>> = {
  minimum: { type: 'number', holds: (bound, exact) => exact! >= bound! },
  maximum: { type: 'number', holds: (bound, exact) => exact! <= bound! },
  exclusiveMinimum: { type: 'number', holds: (bound, exact) => exact! > bound! },
  exclusiveMaximum: { type: 'number', holds: (bound, exact) => exact! < bound! },
  multipleOf: { type: 'number', holds: isMultiple },
  const: { holds: equalValues },
  enum: { holds: (bound, exact) => (bound as readonly Value[]).some(each => equalValues(each, exact)) },
  uniqueItems: { type: 'array', holds: (bound, exact) => bound === false || allDiffer(exact as readonly Value[]) },
};

/** Puts keywords that compare exactly in place of ajv's own. */
export function addExactKeywords(ajv: Ajv2020.default): void {
  for (const [keyword, { type, holds }] of Object.entries(comparisons)) {
    ajv.removeKeyword(keyword);
    ajv.addKeyword({
      keyword,
      ...(type && { type }),
      errors: false,
      validate: (bound: Value, data: Value, _parent?: object, place?: DataValidationCxt) =>
        holds(bound, exactValue(data, place)),
    });
  }
}

function exactValue(data: Value, place: DataValidationCxt | undefined): Value {
  if (typeof data === 'object' && data !== null) return (exactOf.get(data) as Value | undefined) ?? data;
  const holder = place?.parentData && exactOf.get(place.parentData);
  return holder === undefined || !place ? data : (holder as Record<string | number, Value>)[place.parentDataProperty]!;
}

function isMultiple(of: Value, exact: Value): boolean {
  const whole = (value: Value) => typeof value === 'bigint' || Number.isSafeInteger(value);
  if (whole(of) && whole(exact)) return BigInt(exact as bigint) % BigInt(of as bigint) === 0n;
  return Number.isInteger(Number(exact) / Number(of));
}

function allDiffer(elements: readonly Value[]): boolean {
  return elements.every((element, k) => !elements.slice(0, k).some(earlier => equalValues(earlier, element)));
}
