import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isArray, isObject, type Value } from '../foundation/value.ts';
import { match } from './match.ts';
import { absent, type Bindings, makePattern, type Pattern, type PatternBody } from './pattern.ts';
import { scopeOf, span } from './testing.ts';

const json = fc.jsonValue({ maxDepth: 3 }).map(value => value as Value);
const small = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom<Value>('a', null, 1n));

describe('match, in general', () => {
  /** The pattern that asks for a value and nothing else. */
  const literalOf = (value: Value): Pattern => {
    if (isArray(value)) return makePattern({ op: 'list', elements: value.map(literalOf) }, span);
    if (!isObject(value)) return makePattern({ op: 'equal', value }, span);
    return makePattern(
      {
        op: 'object',
        members: Object.keys(value).map(name => ({ name, pattern: literalOf(value[name]!) })),
        exact: true,
      },
      span,
    );
  };

  it('takes the value that a literal pattern was made of', () => {
    fc.assert(fc.property(json, value => match(literalOf(value), value, {}, scopeOf()) !== null));
  });

  const patterns = fc.letrec<{ pattern: Pattern }>(tie => {
    const elements = fc.array(tie('pattern'), { maxLength: 3 });
    const bodies: fc.Arbitrary<PatternBody>[] = [
      small.map(value => ({ op: 'equal', value })),
      fc.constantFrom<PatternBody>(
        { op: 'any' },
        { op: 'absent' },
        { op: 'boolean' },
        { op: 'isObject' },
        { op: 'string' },
        { op: 'time', form: 'rfc3339' },
      ),
      fc.constantFrom('x', 'y').map(name => ({ op: 'bind', slot: name, turn: false, name })),
      fc.constantFrom('x', 'y').map(slot => ({
        op: 'reference',
        expression: { terms: [{ sign: 1, source: { from: 'slot', slot, turn: false }, path: [] }], text: slot, span },
      })),
      fc
        .tuple(fc.constantFrom('integer', 'number', 'array'), fc.nat(2))
        .map(([op, min]) => ({ op, min }) as PatternBody),
      fc
        .tuple(fc.constantFrom('list', 'set', 'contains', 'oneOf'), elements)
        .map(([op, of]) => ({ op, elements: of }) as PatternBody),
      elements.map(of => ({ op: 'all', of })),
      fc
        .tuple(fc.constantFrom('not', 'each', 'json', 'base64', 'hex'), tie('pattern'))
        .map(([op, of]) => ({ op, of }) as PatternBody),
      fc
        .tuple(
          fc.array(fc.tuple(fc.constantFrom('a', 'b', '__proto__'), tie('pattern')), { maxLength: 3 }),
          fc.boolean(),
        )
        .map(([members, exact]) => ({
          op: 'object',
          members: members.map(([name, pattern]) => ({ name, pattern })),
          exact,
        })),
    ];
    return { pattern: fc.oneof({ maxDepth: 4 }, ...bodies).map(body => makePattern(body, span)) };
  }).pattern;
  const values = fc.oneof(
    json,
    fc.array(small, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b'), small),
    fc.constant(absent),
  );

  it('never throws', () => {
    fc.assert(
      fc.property(patterns, values, (pattern, value) => {
        match(pattern, value, {}, scopeOf({ slots: { y: 1 } }));
      }),
      { numRuns: 2000 },
    );
  });

  it('matches again under the bindings it gave', () => {
    fc.assert(
      fc.property(patterns, values, (pattern, value) => {
        const bindings = match(pattern, value, {}, scopeOf());
        if (bindings) expect(match(pattern, value, bindings, scopeOf())).toEqual(bindings);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with a naive search about $set and $contains', () => {
    /** All ways in order: every pattern with every element that is left. */
    const naive = (
      elements: readonly Pattern[],
      left: readonly Value[],
      whole: boolean,
      bindings: Bindings,
    ): Bindings | null => {
      const [first, ...rest] = elements;
      if (!first) return whole && left.length > 0 ? null : bindings;
      for (const [k, value] of left.entries()) {
        const bound = match(first, value, bindings, scopeOf());
        const found = bound && naive(rest, left.toSpliced(k, 1), whole, bound);
        if (found) return found;
      }
      return null;
    };
    const element = fc.oneof(
      small.map(value => makePattern({ op: 'equal', value }, span)),
      fc.constant(makePattern({ op: 'any' }, span)),
      fc
        .uniqueArray(small, { maxLength: 3 })
        .map(of =>
          makePattern({ op: 'oneOf', elements: of.map(value => makePattern({ op: 'equal', value }, span)) }, span),
        ),
      fc.constantFrom('x', 'y').map(name => makePattern({ op: 'bind', slot: name, turn: false, name }, span)),
    );
    fc.assert(
      fc.property(
        fc.array(element, { maxLength: 5 }),
        fc.array(small, { maxLength: 6 }),
        fc.constantFrom('set', 'contains'),
        (elements, value, op) => {
          const expected = naive(elements, value, op === 'set', {});
          const found = match(makePattern({ op, elements }, span), value, {}, scopeOf());
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
