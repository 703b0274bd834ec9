import type { Diagnostic } from '../foundation/diagnostic.ts';
import type { Span } from '../foundation/span.ts';
import { type Definitions, type JsonSchema, referenceTo } from './json-schema.ts';
import type { Located } from './located.ts';

export type Report = (diagnostic: Diagnostic) => void;

/**
 * What may stand at a place of a file: one source for reading it and for its JSON Schema. `read` gives undefined if and only if
 * it has reported an error, and it reports every problem, never only the first.
 */
export interface Shape<T> {
  /** With its article, for messages: `a duration such as 20 ms`. */
  readonly expected: string;
  read(node: Located, report: Report): T | undefined;
  /** Definitions that the schema refers to are added to the map. */
  schema(definitions: Definitions): JsonSchema;
}

export type ReadBy<S> = S extends Shape<infer T> ? T : never;

/** A value and where it stands. */
export interface At<T> {
  readonly value: T;
  readonly span: Span;
}

/** Another reading of the same place. The conversion reports what is wrong and gives undefined then. */
export function mapped<T, U>(
  shape: Shape<T>,
  convert: (value: T, node: Located, report: Report) => U | undefined,
): Shape<U> {
  return {
    expected: shape.expected,
    read(node, report) {
      const value = shape.read(node, report);
      return value === undefined ? undefined : convert(value, node, report);
    },
    schema: definitions => shape.schema(definitions),
  };
}

/** The value without its place. */
export function bare<T>(shape: Shape<At<T>>): Shape<T> {
  return mapped(shape, at => at.value);
}

/** The node as it stands, once it has the shape. */
export function checked(shape: Shape<unknown>): Shape<Located> {
  return mapped(shape, (_, node) => node);
}

/** A shape that has a name in the schema, and may contain itself. */
export function named<T>(definition: string, make: () => Shape<T>, expected: string): Shape<T> {
  let made: Shape<T> | undefined;
  const shape = () => {
    made ??= make();
    return made;
  };
  return {
    expected,
    read: (located, report) => shape().read(located, report),
    schema(definitions) {
      if (!definitions.has(definition)) {
        definitions.set(definition, true);
        definitions.set(definition, shape().schema(definitions));
      }
      return referenceTo(definition);
    },
  };
}

/** Whatever stands there, read by somebody else; the schema comes from a definition that the publisher adds. */
export function node(definition: string, expected = 'a value'): Shape<Located> {
  return { expected, read: located => located, schema: () => referenceTo(definition) };
}

/** Reports a node that is something else. Gives undefined, so that a reader can return it. */
export function wrongShape(located: Located, expected: string, report: Report, suggestion?: string): undefined {
  report(problem('wrong-type', `expected ${expected}, came ${describeNode(located)}`, located.span, suggestion));
  return undefined;
}

export function problem(code: string, message: string, span: Span, suggestion?: string): Diagnostic {
  return { code, severity: 'error', message, span, ...(suggestion === undefined ? {} : { suggestion }) };
}

/** A node in a few words: `the text "abc"`, `a list of 3`. */
export function describeNode(located: Located): string {
  if (located.type === 'list')
    return located.elements.length === 0 ? 'an empty list' : `a list of ${located.elements.length}`;
  if (located.type === 'map') {
    const keys = located.entries.map(entry => entry.key);
    return keys.length === 0
      ? 'an empty map'
      : `a map with ${keys.length === 1 ? 'the key' : 'the keys'} ${keys.slice(0, 4).join(', ')}${keys.length > 4 ? ', …' : ''}`;
  }
  const { value } = located;
  if (value === null) return 'nothing (null)';
  if (typeof value === 'string')
    return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value)}`;
  return typeof value === 'boolean' ? `${value}` : `the number ${value}`;
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
