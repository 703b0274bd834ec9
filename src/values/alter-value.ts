import type { Value } from '../foundation/value.ts';
import { narrowInteger } from './add-terms.ts';

/**
 * Another value of the same shape, for `$altered`: text keeps its length, digits stay digits, letters letters of the same case, and
 * letters up to f stay so, because tokens are often hexadecimal. Integers keep their number of digits. Undefined if there is no other.
 */
export function alterValue(value: Value): Value | undefined {
  if (typeof value === 'string') return alterText(value);
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value)))
    return alterInteger(BigInt(value));
  return undefined;
}

/** Every digit and letter moves on by one, so that the outcome is not the neighbour of what was given: u1 and u2 may both exist. */
function alterText(text: string): string | undefined {
  const altered = text.replace(/[0-9A-Za-z]/g, character => nextOf(character));
  if (altered !== text) return altered;
  const [first] = text;
  if (first === undefined) return undefined;
  return String.fromCodePoint(first.codePointAt(0)! ^ 1) + text.slice(first.length);
}

function nextOf(character: string): string {
  const range = ranges.find(({ from, to }) => character >= from && character <= to)!;
  return character === range.to ? range.from : String.fromCharCode(character.charCodeAt(0) + 1);
}

function alterInteger(integer: bigint): Value {
  const lastIsNine = integer % 10n === 9n || integer % 10n === -9n;
  const away = integer < 0n ? -1n : 1n;
  return narrowInteger(integer + (lastIsNine ? -away : away));
}

const ranges = ['09', 'af', 'gz', 'AF', 'GZ'].map(([from, to]) => ({ from: from!, to: to! }));
