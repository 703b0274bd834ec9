import { parseDurationUs } from '../foundation/duration.ts';
import type { Value } from '../foundation/value.ts';
import { kindOf, NotThere } from './follow-path.ts';

/** Microseconds of a duration in text, `<n> us` of a sum included, which may be negative; undefined if it is none. */
export function durationUsOf(value: Value): number | undefined {
  if (typeof value !== 'string') return undefined;
  return value.startsWith('-') ? negated(parseDurationUs(value.slice(1))) : parseDurationUs(value);
}

interface Signed {
  readonly sign: 1 | -1;
}

/** A sum of integers, exact at any size, or of durations: then it is text, `<n> us`. */
export function addTerms(values: readonly Value[], terms: readonly Signed[]): Value | NotThere {
  return values.some(value => typeof value === 'string') ? addDurations(values, terms) : addIntegers(values, terms);
}

/** The number where a double is exact, else the bigint. */
export function narrowInteger(integer: bigint): number | bigint {
  const narrow = Number(integer);
  return Number.isSafeInteger(narrow) ? narrow : integer;
}

function addDurations(values: readonly Value[], terms: readonly Signed[]): Value | NotThere {
  let sumUs = 0;
  for (const [k, value] of values.entries()) {
    const us = durationUsOf(value);
    if (us === undefined)
      return new NotThere(
        `expected durations to add, ${typeof value === 'string' ? JSON.stringify(value) : kindOf(value)} came`,
      );
    sumUs += terms[k]!.sign * us;
  }
  return `${sumUs} us`;
}

function addIntegers(values: readonly Value[], terms: readonly Signed[]): Value | NotThere {
  let sum = 0;
  for (const [k, value] of values.entries()) {
    if (typeof value !== 'bigint' && !Number.isInteger(value))
      return new NotThere(`expected integers or durations to add, ${kindOf(value)} came`);
    // A sum of integers is exact as long as every step of it is small.
    sum = typeof value === 'number' ? sum + terms[k]!.sign * value : Number.NaN;
    if (!Number.isSafeInteger(sum)) return addExactly(values, terms);
  }
  return sum;
}

function addExactly(values: readonly Value[], terms: readonly Signed[]): Value | NotThere {
  let sum = 0n;
  for (const [k, value] of values.entries()) {
    if (typeof value !== 'bigint' && !Number.isInteger(value))
      return new NotThere(`expected integers or durations to add, ${kindOf(value)} came`);
    sum += BigInt(terms[k]!.sign) * BigInt(value as number | bigint);
  }
  return narrowInteger(sum);
}

function negated(us: number | undefined): number | undefined {
  return us === undefined ? undefined : -us;
}
