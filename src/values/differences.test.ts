import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../foundation/value.ts';
import { describeDifferences, nearness } from './differences.ts';
import { match } from './match.ts';
import { patternOf, type ScopeParts, scopeOf, type Written } from './testing.ts';

const parts: ScopeParts = { slots: { x: 's1', seq: 7, y: { users: ['u1', 'u2'] } } };

/** `at: expected <- came` */
function linesOf(written: Written, value: Value): readonly string[] {
  const pattern = patternOf(written, { operators: [{ name: '$mode', matches: () => false }] });
  return describeDifferences(pattern, value, {}, scopeOf(parts)).map(
    ({ at, expected, came }) => `${at}: ${expected} <- ${came}`,
  );
}

describe('describeDifferences', () => {
  it.each<[Written, Value, readonly string[]]>([
    [{ a: 1 }, { a: 1 }, []],
    ['a', 5, [': "a" <- 5']],
    [
      { ctrl: { code: 200, id: 'm1' } },
      { ctrl: { code: 403 } },
      ['/ctrl/code: 200 <- 403', '/ctrl/id: "m1" <- no such member'],
    ],
    [{ ctrl: { code: 200 } }, { data: {} }, ['/ctrl: an object { code: 200 } <- no such member']],
    [{ ctrl: { code: 200 } }, { ctrl: [200] }, ['/ctrl: an object { code: 200 } <- [200]']],
    [{ 'a/b': 1 }, {}, ['/a~1b: 1 <- no such member']],
    [{ a: '$(x)' }, { a: 's2' }, ['/a: "s1" <- "s2"']],
    [{ a: 'm$(seq)' }, { a: 'm8' }, ['/a: "m7" <- "m8"']],
    [{ a: '$(seq.k)' }, { a: 1 }, ['/a: $(seq.k), but a number has no member "k" <- 1']],
    [{ a: '$absent' }, { a: null }, ['/a: no such member <- null']],
    [{ a: '$any' }, {}, ['/a: any value <- no such member']],
    [{ a: '$string' }, { a: 1 }, ['/a: text <- 1']],
    [
      { a: { $string: { min: 1, pattern: '^grp', has: 'x' } } },
      { a: '' },
      ['/a: text of 1 or more characters matching /^grp/ with "x" in it <- ""'],
    ],
    [{ a: { $string: { min: 1, max: 1 } } }, { a: 'ab' }, ['/a: text of 1 character <- "ab"']],
    [{ a: '$integer' }, { a: 1.5 }, ['/a: an integer <- 1.5']],
    [{ a: { $integer: { min: 1, max: 9 } } }, { a: 10 }, ['/a: an integer 1..9 <- 10']],
    [{ a: { $number: { max: 1 } } }, { a: 2 }, ['/a: a number at most 1 <- 2']],
    [{ a: '$boolean' }, { a: 'true' }, ['/a: true or false <- "true"']],
    [{ a: { $array: { min: 1 } } }, { a: [] }, ['/a: a list of 1 or more elements <- []']],
    [{ a: '$array' }, { a: {} }, ['/a: a list <- {}']],
    [{ a: '$object' }, { a: [] }, ['/a: an object <- []']],
    [
      { a: '$time', b: { $time: 'ms' }, c: { $time: 's' } },
      { a: 1, b: 1, c: '' },
      [
        '/a: an instant as RFC 3339 text <- 1',
        '/b: an instant in milliseconds <- 1',
        '/c: an instant in seconds <- ""',
      ],
    ],
    [
      { a: { $oneOf: ['x', '$(...y.users)', { b: 1 }] } },
      { a: 'z' },
      ['/a: one of "x", "u1", "u2", an object { b: 1 } <- "z"'],
    ],
    [{ a: { $not: 'x' } }, { a: 'x' }, ['/a: anything but "x" <- "x"']],
    [{ a: { $mode: 'JR' } }, { a: 'x' }, ['/a: $mode JR <- "x"']],
    [{ $exact: { a: 1 } }, { a: 1, b: 2 }, ['/b: no such member <- 2']],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, ['/a/1/b: 2 <- 3']],
    [{ a: [1, 2] }, { a: [1] }, ['/a/1: 2 <- no such element']],
    [{ a: [1] }, { a: [1, 2] }, ['/a/1: no such element <- 2']],
    [{ a: [1] }, { a: 1 }, ['/a: a list [1] <- 1']],
    [
      { a: { $set: ['u1', 'u2'] } },
      { a: ['u1', 'u3'] },
      ['/a: "u2" among the elements <- ["u1","u3"]', '/a/1: no such element <- "u3"'],
    ],
    [{ a: { $set: [1, 1] } }, { a: [1] }, ['/a: $set [1, 1] <- [1]']],
    [{ a: { $contains: [{ b: 1 }] } }, { a: [] }, ['/a: an object { b: 1 } among the elements <- []']],
    [{ a: { $contains: [1] } }, { a: 1 }, ['/a: $contains [1] <- 1']],
    [{ a: { $each: '$integer' } }, { a: [1, 'x', null] }, ['/a/1: an integer <- "x"', '/a/2: an integer <- null']],
    [{ a: { $each: '$integer' } }, { a: 1 }, ['/a: a list with each element an integer <- 1']],
    [{ a: { $json: { b: 1 } } }, { a: '{"b":2}' }, ['/a/b: 1 <- 2']],
    [{ a: { $json: { b: 1 } } }, { a: '{' }, ['/a: text that is JSON of an object { b: 1 } <- "{"']],
    [{ a: { $base64: 'x' } }, { a: 'eQ==' }, ['/a: "x" <- "y"']],
    [{ a: { $after: ['x-', 'y'] } }, { a: 'z' }, ['/a: text that begins with "x-", and then "y" <- "z"']],
    [{ a: { $after: ['x-', 'y'] } }, { a: 'x-z' }, ['/a: "y" <- "z"']],
    [{ a: { $hex: 'x' } }, { a: 'zz' }, ['/a: text that is hexadecimal of "x" <- "zz"']],
    [{ a: { $string: {}, $not: 'x' } }, { a: 'x' }, ['/a: anything but "x" <- "x"']],
    [{ a: { $as: 'id' }, b: '$(id)' }, { a: 1, b: 2 }, ['/b: 1 <- 2']],
    [{ a: { $as: 'x' } }, { a: 's2' }, ['/a: "s1", which is x <- "s2"']],
    [{ a: { $as: 'id' } }, {}, ['/a: a value for id <- no such member']],
    [{ a: 1 }, { a: 'x'.repeat(200) }, [`/a: 1 <- "${'x'.repeat(78)}…`]],
    // Each member fits, but not with what the other binds.
    [
      { l: { $contains: [{ u: { $as: 'id' } }] }, m: { $contains: ['$(id)'] } },
      { l: [{ u: 1 }], m: [2] },
      ['/m: 1 among the elements <- [2]'],
    ],
  ])('%o and %o', (written, value, lines) => {
    expect(linesOf(written, value)).toEqual(lines);
  });

  it('finds a difference exactly where there is no match', () => {
    const written = fc.letrec<{ pattern: Written }>(tie => ({
      pattern: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<Written>(1, 'a', null, '$any', '$string', { $as: 'n' }, '$(n)'),
        fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(tie('pattern'), fc.constant('$absent'))),
        fc.array(tie('pattern'), { maxLength: 2 }),
        fc
          .tuple(
            fc.constantFrom('$set', '$oneOf', '$contains'),
            fc.array(tie('pattern'), { minLength: 1, maxLength: 2 }),
          )
          .map(([name, of]) => ({ [name]: of })),
      ),
    })).pattern;
    const values = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Value>;
    const near = fc.oneof(
      values,
      fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom<Value>(1, 'a', null, [1, 'a'])),
    );
    fc.assert(
      fc.property(written, near, (pattern, value) => {
        // `n` may be asked for where nothing binds it.
        const read = patternOf(pattern, { sources: { n: { from: 'slot', slot: 'n', turn: false } } });
        const matching = match(read, value, {}, scopeOf()) !== null;
        expect(describeDifferences(read, value, {}, scopeOf()).length === 0).toBe(matching);
        expect(nearness(read, value, {}, scopeOf()) === 0).toBe(matching);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('nearness', () => {
  const expected: Written = { ctrl: { id: 'm1', code: 200, params: { seq: 1 } } };

  it.each<[Value, number]>([
    [{ ctrl: { id: 'm1', code: 200, params: { seq: 1 } } }, 0],
    [{ ctrl: { id: 'm1', code: 403, params: { seq: 1 } } }, 1],
    [{ ctrl: { id: 'm2', code: 403, params: {} } }, 3],
    // A frame of another kind is farther than one with every member wrong.
    [{ data: {} }, 5],
    [null, 6],
  ])('%o: %i', (value, distance) => {
    expect(nearness(patternOf(expected), value, {}, scopeOf())).toBe(distance);
  });
});
