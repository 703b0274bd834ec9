/** Other values in the place of one that came (docs/prove.md). */
import { equalValues, isArray, isObject, type Value } from '../foundation/value.ts';
import { alterValue } from '../values/alter-value.ts';
import { isInstant } from '../values/instant.ts';

/** Clearly another value of the same type; of a member with an enumeration another one of that. Undefined if there is none. */
export function otherValue(value: Value, choices: readonly Value[]): Value | undefined {
  const at = choices.findIndex(choice => equalValues(choice, value));
  if (at >= 0 && choices.length > 1) return choices[(at + 1) % choices.length];
  switch (typeof value) {
    case 'string':
      return value === '' ? 'other' : isInstant(value, 'rfc3339') ? laterInstant(value) : alterValue(value);
    case 'number':
      return Math.abs(value) < 2 ** 53 ? value + 1000 : 1000;
    case 'bigint':
      return value + 1000n;
    case 'boolean':
      return !value;
    default:
      return undefined;
  }
}

/** The same content in another type, where that can be: a number as text, text as a number. */
export function otherType(value: Value): Value {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value === null) return '';
  if (isArray(value)) return {};
  if (isObject(value)) return [];
  return /^[1-9]\d{0,14}$|^0$/.test(value) ? Number(value) : 7;
}

export interface NearMiss {
  readonly how: 'character' | 'case' | 'plus' | 'minus' | 'less' | 'more';
  readonly value: Value;
}

/** Values that a careless check takes for the same. */
export function nearMisses(value: Value): readonly NearMiss[] {
  if (typeof value === 'number')
    return [
      { how: 'plus', value: value + 1 },
      { how: 'minus', value: value - 1 },
    ].filter(each => each.value !== value) as NearMiss[];
  if (typeof value === 'bigint')
    return [
      { how: 'plus', value: value + 1n },
      { how: 'minus', value: value - 1n },
    ];
  if (typeof value === 'string') return nearTexts(value);
  return isArray(value) ? nearLists(value) : [];
}

function nearTexts(text: string): readonly NearMiss[] {
  const near: NearMiss[] = [];
  const at = placeIn(text);
  const end = at + String.fromCodePoint(text.codePointAt(at) ?? 0).length;
  const character = text === '' ? 'x' : alterValue(text.slice(at, end));
  if (character !== undefined)
    near.push({ how: 'character', value: text.slice(0, at) + String(character) + text.slice(end) });
  const letter = text.search(/[A-Za-z]/);
  if (letter >= 0) {
    const found = text[letter]!;
    const turned = found === found.toUpperCase() ? found.toLowerCase() : found.toUpperCase();
    near.push({ how: 'case', value: text.slice(0, letter) + turned + text.slice(letter + 1) });
  }
  return near;
}

/** Of an instant the seconds; else the letter or digit that is nearest to the middle, for what stands at the end of an encoded text may mean nothing. */
function placeIn(text: string): number {
  if (isInstant(text, 'rfc3339')) return 18;
  const middle = Math.floor(text.length / 2);
  for (let away = 0; away <= middle; away++) {
    if (isLetterOrDigit(text, middle + away)) return middle + away;
    if (isLetterOrDigit(text, middle - away)) return middle - away;
  }
  // A pair of surrogates is one character.
  return /^[\uDC00-\uDFFF]/.test(text.slice(middle)) ? middle - 1 : middle;
}

function isLetterOrDigit(text: string, at: number): boolean {
  return /^[0-9A-Za-z]/.test(text.slice(at, at + 1));
}

function nearLists(list: readonly Value[]): readonly NearMiss[] {
  const last = list.at(-1);
  const more: NearMiss = { how: 'more', value: [...list, last === undefined ? 'more' : (alterValue(last) ?? last)] };
  return list.length === 0 ? [more] : [{ how: 'less', value: list.slice(0, -1) }, more];
}

/** A day and some hours later, in the same form. */
function laterInstant(text: string): string {
  const later = new Date(Date.parse(text) + 100_000_000).toISOString();
  const fraction = /\.(\d+)/.exec(text)?.[1];
  return fraction === undefined ? later.replace(/\.\d+/, '') : later.replace(/\.\d+/, `.${fraction}`);
}
