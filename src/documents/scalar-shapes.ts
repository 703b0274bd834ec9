import { parseDurationUs } from '../foundation/duration.ts';
import { described, type JsonSchemaObject } from './json-schema.ts';
import type { Located } from './located.ts';
import { nearest } from './nearest.ts';
import { type At, alternatives, checked, named, problem, type Shape, wrongShape } from './shape.ts';

export interface TextOptions {
  /** With its article: `a name`. */
  readonly expected?: string;
  readonly pattern?: RegExp;
  readonly minLength?: number;
  readonly description?: string;
  readonly examples?: readonly string[];
}

export function text(options: TextOptions = {}): Shape<At<string>> {
  const { pattern, minLength = 0 } = options;
  const expected = options.expected ?? (minLength > 1 ? `text of at least ${minLength} characters` : 'text');
  const fits = (value: string) => value.length >= minLength && pattern?.test(value) !== false;
  const schema: JsonSchemaObject = {
    type: 'string',
    ...(minLength > 0 ? { minLength } : {}),
    ...(pattern ? { pattern: pattern.source } : {}),
    ...(options.examples ? { examples: options.examples } : {}),
  };
  return {
    expected,
    read(node, report) {
      const value = textOf(node);
      if (value !== undefined && fits(value)) return { value, span: node.span };
      const quoted = value === undefined && node.type === 'scalar' && node.value !== null ? String(node.value) : '';
      return wrongShape(
        node,
        expected,
        report,
        quoted !== '' && fits(quoted) ? `put it in quotes: "${quoted}"` : undefined,
      );
    },
    schema: () => described(schema, options.description),
  };
}

/** Letters, digits, `_` and `-`; the first is a letter. */
export const namePattern = /^[A-Za-z][\w-]*$/;

export function name(expected = 'a name of letters, digits, _ and -'): Shape<At<string>> {
  return text({ expected, pattern: namePattern });
}

export interface NumberOptions {
  readonly min?: number;
  readonly max?: number;
  readonly expected?: string;
}

export function integer(options: NumberOptions = {}): Shape<At<number>> {
  const expected = options.expected ?? `a whole number${rangeWords(options)}`;
  return {
    expected,
    read(node, report) {
      const value = node.type === 'scalar' ? node.value : undefined;
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || !inRange(value, options))
        return wrongShape(node, expected, report, unquoteIt(node));
      return { value, span: node.span };
    },
    schema: () => ({ type: 'integer', ...rangeSchema(options) }),
  };
}

export function number(options: NumberOptions = {}): Shape<At<number>> {
  const expected = options.expected ?? `a number${rangeWords(options)}`;
  return {
    expected,
    read(node, report) {
      const value = node.type === 'scalar' ? node.value : undefined;
      if (typeof value !== 'number' || !inRange(value, options))
        return wrongShape(node, expected, report, unquoteIt(node));
      return { value, span: node.span };
    },
    schema: () => ({ type: 'number', ...rangeSchema(options) }),
  };
}

export function boolean(): Shape<At<boolean>> {
  return {
    expected: 'true or false',
    read(node, report) {
      if (node.type !== 'scalar' || typeof node.value !== 'boolean') return wrongShape(node, 'true or false', report);
      return { value: node.value, span: node.span };
    },
    schema: () => ({ type: 'boolean' }),
  };
}

/** One of a few texts. */
export function oneOf<const T extends string>(...values: readonly T[]): Shape<At<T>> {
  const expected = alternatives(values);
  return {
    expected,
    read(node, report) {
      const value = textOf(node);
      const found = values.find(each => each === value);
      if (found !== undefined) return { value: found, span: node.span };
      const near = value === undefined ? undefined : nearest(value, values);
      return wrongShape(node, expected, report, near === undefined ? undefined : `write ${near}`);
    },
    schema: () => (values.length === 1 ? { const: values[0] } : { enum: [...values] }),
  };
}

/** Text that is one reference, `$(path)`: its value is known only later. */
const referencePattern = /^\$\(.+\)$/;

export function isReference(node: Located): boolean {
  return node.type === 'scalar' && typeof node.value === 'string' && referencePattern.test(node.value);
}

export const reference: Shape<At<string>> = named(
  'reference',
  () =>
    text({
      pattern: referencePattern,
      expected: 'a reference such as $(name)',
      description: 'A reference takes the value with its type.',
    }),
  'a reference such as $(name)',
);

/** The node as it stands: what the shape says, or a reference to it. */
export function orReference(shape: Shape<unknown>): Shape<Located> {
  return checked({
    expected: `${shape.expected}, or a reference such as $(name)`,
    read: (node, report) => (isReference(node) ? node : shape.read(node, report)),
    schema: definitions => ({ anyOf: [shape.schema(definitions), reference.schema(definitions)] }),
  });
}

/** Language, section 2: durations carry a unit. */
const durationPattern = /^\d+(\.\d+)? ?(us|ms|s|min|h)$/;
const durationWords = 'a duration such as 20 ms, 4 s or 2 min';

/** A duration without references. */
export const plainDuration: Shape<At<string>> = named(
  'plainDuration',
  () => durationOf(durationPattern, durationWords),
  durationWords,
);

/** The node as it stands: a duration, or a reference to one. */
export const duration: Shape<Located> = named(
  'duration',
  () => checked(durationOf(/^(\d+(\.\d+)? ?(us|ms|s|min|h)|\$\(.+\))$/, durationWords)),
  durationWords,
);

function durationOf(pattern: RegExp, expected: string): Shape<At<string>> {
  const described = text({
    pattern,
    expected,
    description: 'A duration with its unit: us, ms, s, min or h.',
    examples: ['500 ms', '5 s', '2 min'],
  });
  return {
    ...described,
    read(node, report) {
      if (node.type !== 'scalar' || typeof node.value !== 'number') return described.read(node, report);
      report(
        problem(
          'unit-missing',
          `expected ${expected}, came the number ${node.value}`,
          node.span,
          `add a unit: ${node.value} s`,
        ),
      );
      return undefined;
    },
  };
}

/** Microseconds of a text that `plainDuration` has read. */
export function durationUsOf(at: At<string>): number {
  return parseDurationUs(at.value) ?? 0;
}

function textOf(node: Located): string | undefined {
  return node.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function unquoteIt(node: Located): string | undefined {
  if (node.type !== 'scalar' || !node.quoted || !/^-?\d+(\.\d+)?$/.test(String(node.value))) return undefined;
  return `write it without quotes: ${node.value}`;
}

function inRange(value: number, { min = -Infinity, max = Infinity }: NumberOptions): boolean {
  return value >= min && value <= max;
}

function rangeWords({ min, max }: NumberOptions): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}

function rangeSchema({ min, max }: NumberOptions) {
  return { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) };
}
