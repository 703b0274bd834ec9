import type { Span } from '../foundation/span.ts';
import { namePattern } from './scalar-shapes.ts';
import { type At, problem, type Shape, wrongShape } from './shape.ts';

export interface MapOptions {
  /** With its article: `a map of names to values`. */
  readonly expected?: string;
  /** What a key must look like; names, if not given. */
  readonly keyPattern?: RegExp;
  readonly keyExpected?: string;
  readonly min?: number;
  readonly max?: number;
}

/** One entry of a map whose keys are free. */
export interface NamedValue<T> {
  readonly name: At<string>;
  readonly value: T;
  /** From the key to the end of the value. */
  readonly span: Span;
}

/** A map from names of the author's choice to one shape, in written order. */
export function mapOf<T>(value: Shape<T>, options: MapOptions = {}): Shape<readonly NamedValue<T>[]> {
  const {
    keyPattern = namePattern,
    keyExpected = 'a name of letters, digits, _ and -',
    min = 0,
    max = Infinity,
  } = options;
  const expected = options.expected ?? `a map from names to ${value.expected}`;
  return {
    expected,
    read(node, report) {
      if (node.type !== 'map') return wrongShape(node, expected, report);
      const before = node.entries.length;
      let sound = true;
      const entries: NamedValue<T>[] = [];
      for (const { key, keySpan, value: valueNode } of node.entries) {
        if (!keyPattern.test(key)) {
          report(problem('bad-name', `expected ${keyExpected}, came the key ${JSON.stringify(key)}`, keySpan));
          sound = false;
        }
        const read = value.read(valueNode, report);
        if (read === undefined) sound = false;
        else entries.push({ name: { value: key, span: keySpan }, value: read, span: joined(keySpan, valueNode.span) });
      }
      if (before < min || before > max) {
        const wanted = min === max ? `exactly ${min}` : before < min ? `at least ${min}` : `at most ${max}`;
        report(
          problem(
            'entry-count',
            `expected ${wanted} ${wanted.endsWith(' 1') ? 'entry' : 'entries'}, came ${before}`,
            node.span,
          ),
        );
        return undefined;
      }
      return sound ? entries : undefined;
    },
    schema: definitions => ({
      type: 'object',
      propertyNames: { pattern: keyPattern.source },
      additionalProperties: value.schema(definitions),
      ...(min > 0 ? { minProperties: min } : {}),
      ...(max < Infinity ? { maxProperties: max } : {}),
    }),
  };
}

function joined(start: Span, end: Span): Span {
  return { ...start, endLine: end.endLine, endColumn: end.endColumn };
}
