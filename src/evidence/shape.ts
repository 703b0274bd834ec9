/**
 * What a member of a log line has to be so that every reader may rely on the types of `events.ts`. Looked at for each of perhaps a
 * million lines: a shape that fits makes nothing, no object and no text.
 */
import type { Value } from '../foundation/value.ts';

export type Shape = (value: Value | undefined) => Flaw | undefined;

/** Where a value does not fit, and how. */
export interface Flaw {
  /** Members and indexes from the value on: `http.status`, `[0].pack`; empty for the value itself. */
  readonly at: string;
  /** `of type string`, `that is "target" or "us"`. */
  readonly expected: string;
  readonly came: string;
  /** It may be absent. */
  readonly optional: boolean;
}

/** A shape for each member of T but the name of the event; the compiler knows those that may be absent. */
export type Members<T> = {
  readonly [Name in Exclude<keyof T, 'event'>]-?: object extends Pick<T, Name> ? OptionalShape : Shape;
};

interface OptionalShape {
  readonly optional: Shape;
}

export const text: Shape = value => (typeof value === 'string' ? undefined : wrongType('string', value));

export const number: Shape = value => (typeof value === 'number' ? undefined : wrongType('number', value));

export const boolean: Shape = value => (typeof value === 'boolean' ? undefined : wrongType('boolean', value));

export const yes: Shape = value => (value === true ? undefined : flaw('that is true', value));

export const anyObject: Shape = value => (typeOf(value) === 'object' ? undefined : wrongType('object', value));

export const anything: Shape = () => undefined;

export const optional = (shape: Shape): OptionalShape => ({ optional: shape });

export function oneOf<T extends string>(...words: readonly T[]): Shape {
  const quoted = words.map(word => JSON.stringify(word));
  const expected = `that is ${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
  return value => (words.includes(value as T) ? undefined : flaw(expected, value));
}

export function listOf(element: Shape): Shape {
  return value => {
    if (!Array.isArray(value)) return wrongType('list', value);
    for (let k = 0; k < value.length; k++) {
      const found = element(value[k]);
      if (found) return below(`[${k}]`, found);
    }
    return undefined;
  };
}

/** An object with members of any name. */
export function mapOf(member: Shape): Shape {
  return value => {
    if (typeOf(value) !== 'object') return wrongType('object', value);
    for (const [name, each] of Object.entries(value as object)) {
      const found = member(each);
      if (found) return below(name, found);
    }
    return undefined;
  };
}

/** An object with these members; others may be there, and nobody reads them. */
export function objectOf<T>(members: Members<T>): Shape {
  const all = Object.entries<Shape | OptionalShape>(members).map(([name, shape]) =>
    typeof shape === 'function'
      ? { name, shape, mayBeAbsent: false }
      : { name, shape: shape.optional, mayBeAbsent: true },
  );
  return value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrongType('object', value);
    for (const { name, shape, mayBeAbsent } of all) {
      const member = (value as Readonly<Record<string, Value>>)[name];
      if (mayBeAbsent && member === undefined) continue;
      const found = shape(member);
      if (found) return below(name, found.at === '' ? { ...found, optional: mayBeAbsent } : found);
    }
    return undefined;
  };
}

function below(step: string, found: Flaw): Flaw {
  const between = found.at === '' || found.at.startsWith('[') ? '' : '.';
  return { ...found, at: `${step}${between}${found.at}` };
}

function wrongType(type: string, value: Value | undefined): Flaw {
  return { at: '', expected: `of type ${type}`, came: typeOf(value), optional: false };
}

function flaw(expected: string, value: Value | undefined): Flaw {
  const came = typeof value === 'string' ? JSON.stringify(value.slice(0, shownCharacters)) : typeOf(value);
  return { at: '', expected, came, optional: false };
}

function typeOf(value: Value | undefined): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

const shownCharacters = 40;
