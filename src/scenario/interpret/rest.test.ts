import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expectation, Item } from '../plan.ts';
import { beginRest, mayEnd, type Rest, restKey, type Taking, take, visitNext, visitRequired } from './rest.ts';

const span = { file: 'x', line: 1, column: 1, endLine: 1, endColumn: 2 };

/** An expectation in short: a letter set, or a group. */
type Short =
  | string
  | { readonly seq: Short[] }
  | { readonly any: Short[] }
  | { readonly one: Short[] }
  | { readonly opt: Short }
  | { readonly rep: Short; readonly min: number; readonly max: number | null };

function expectationOf(short: Short): {
  readonly expectation: Expectation;
  readonly letters: ReadonlyMap<number, string>;
} {
  const letters = new Map<number, string>();
  let node = 0;
  const make = (each: Short): Expectation => {
    node++;
    if (typeof each === 'string') {
      letters.set(node, each);
      return { kind: 'item', node, check: 'a.b', lenient: false, demand: {}, verify: [], span } satisfies Item;
    }
    const own = node;
    if ('seq' in each) return { kind: 'inOrder', node: own, children: each.seq.map(make), span };
    if ('any' in each) return { kind: 'anyOrder', node: own, children: each.any.map(make), span };
    if ('one' in each) return { kind: 'oneOf', node: own, children: each.one.map(make), span };
    if ('opt' in each) return { kind: 'optional', node: own, body: make(each.opt), span };
    return { kind: 'repeat', node: own, body: make(each.rep), min: each.min, max: each.max, span };
  };
  return { expectation: make(short), letters };
}

/** Whether readings accept a word: every letter is taken, and one of them may end. */
function accepts(short: Short, word: string): boolean {
  const { expectation, letters } = expectationOf(short);
  let readings: (Rest | undefined)[] = [beginRest(expectation, Number)];
  for (const letter of word) {
    const next = new Map<string, Rest | undefined>();
    for (const rest of readings) {
      if (!rest) continue;
      const takings: Taking<true>[] = [];
      take(rest, item => (letters.get(item.node)!.includes(letter) ? true : undefined), undefined, takings);
      for (const taking of takings) next.set(restKey(taking.rest), taking.rest);
    }
    readings = [...next.values()];
  }
  return readings.some(mayEnd);
}

/** The words of an expectation up to a length, from its structure alone. */
function wordsOf(short: Short, longest: number): ReadonlySet<string> {
  const within = (words: Iterable<string>) => new Set([...words].filter(word => word.length <= longest));
  const joined = (firsts: Iterable<string>, seconds: ReadonlySet<string>) =>
    within([...firsts].flatMap(first => [...seconds].map(second => first + second)));
  if (typeof short === 'string') return within(short);
  if ('seq' in short) return short.seq.map(each => wordsOf(each, longest)).reduce(joined, new Set(['']));
  if ('any' in short) {
    const merged = (firsts: ReadonlySet<string>, seconds: ReadonlySet<string>) =>
      within([...firsts].flatMap(first => [...seconds].flatMap(second => interleavings(first, second))));
    return short.any.map(each => wordsOf(each, longest)).reduce(merged, new Set(['']));
  }
  if ('one' in short) return within(short.one.flatMap(each => [...wordsOf(each, longest)]));
  if ('opt' in short) return within(['', ...wordsOf(short.opt, longest)]);
  const body = wordsOf(short.rep, longest);
  const all = new Set<string>();
  let turns: ReadonlySet<string> = new Set(['']);
  for (let turn = 0; turn <= (short.max ?? longest + short.min); turn++) {
    if (turn >= short.min) for (const word of turns) all.add(word);
    turns = joined(turns, body);
  }
  return all;
}

function interleavings(a: string, b: string): readonly string[] {
  if (a === '' || b === '') return [a + b];
  return [
    ...interleavings(a.slice(1), b).map(rest => a[0] + rest),
    ...interleavings(a, b.slice(1)).map(rest => b[0] + rest),
  ];
}

const { short } = fc.letrec<{ short: Short }>(tie => ({
  short: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c', 'ab', 'abc'),
    fc.array(tie('short'), { minLength: 1, maxLength: 3 }).map(seq => ({ seq })),
    fc.array(tie('short'), { minLength: 2, maxLength: 3 }).map(any => ({ any })),
    fc.array(tie('short'), { minLength: 2, maxLength: 3 }).map(one => ({ one })),
    tie('short').map(opt => ({ opt })),
    fc
      .record({ rep: tie('short'), min: fc.nat(2), more: fc.option(fc.nat(2)) })
      .map(({ rep, min, more }) => ({ rep, min, max: more === null ? null : min + more })),
  ),
}));

const alphabet = ['a', 'b', 'c'];
const longest = 4;
const everyWord = wordsUpTo(longest);

function wordsUpTo(length: number): readonly string[] {
  const words = [''];
  for (const word of words) if (word.length < length) words.push(...alphabet.map(letter => word + letter));
  return words;
}

describe('what remains of an expectation', () => {
  test('accepts exactly the words of a plain enumeration', () => {
    fc.assert(
      fc.property(short, expression => {
        const language = wordsOf(expression, longest);
        const wrong = everyWord.filter(word => accepts(expression, word) !== language.has(word));
        expect(wrong).toEqual([]);
      }),
      { numRuns: 500, seed: 20_261_130 },
    );
  });

  const table: readonly [name: string, short: Short, yes: readonly string[], no: readonly string[]][] = [
    ['a sequence', { seq: ['a', 'b'] }, ['ab'], ['', 'a', 'ba', 'abb']],
    ['any order with a sequence in it', { any: [{ seq: ['a', 'b'] }, 'c'] }, ['abc', 'acb', 'cab'], ['bac', 'ab']],
    ['an alternative that begins another', { one: ['a', { seq: ['a', 'b'] }] }, ['a', 'ab'], ['b', 'abb']],
    ['an optional that overlaps what is required', { seq: [{ opt: 'a' }, 'a'] }, ['a', 'aa'], ['', 'aaa']],
    ['a repeat that is open to the top', { rep: 'a', min: 1, max: null }, ['a', 'aaaa'], ['', 'b']],
    ['turns that may be empty', { rep: { opt: 'a' }, min: 3, max: 3 }, ['', 'a', 'aaa'], ['aaaa']],
    ['a repeat of sequences', { rep: { seq: ['a', 'b'] }, min: 0, max: 2 }, ['', 'ab', 'abab'], ['a', 'aba']],
  ];
  test.each(table)('%s', (_, expression, yes, no) => {
    expect(yes.filter(word => !accepts(expression, word))).toEqual([]);
    expect(no.filter(word => accepts(expression, word))).toEqual([]);
  });

  test('tells what could come next, and whether it must', () => {
    const { expectation } = expectationOf({ seq: [{ opt: 'a' }, { one: ['b', 'c'] }, 'a'] });
    const seen: [number, boolean][] = [];
    visitNext(beginRest(expectation, Number), (item, _, required) => seen.push([item.node, required]));
    expect(seen).toEqual([
      [3, false],
      [5, true],
      [6, true],
    ]);
  });

  test('tells all that is still required, without alternatives and optionals', () => {
    const { expectation } = expectationOf({
      seq: [{ opt: 'a' }, { one: ['b', 'c'] }, 'a', { any: ['b', { opt: 'c' }] }, { rep: 'a', min: 1, max: 2 }],
    });
    const seen: number[] = [];
    visitRequired(beginRest(expectation, Number), item => seen.push(item.node));
    expect(seen).toEqual([7, 9, 13]);
  });

  test('keeps one small remainder through a long repeat', () => {
    const { expectation } = expectationOf({ rep: { seq: ['a', 'b'] }, min: 10_000, max: 10_000 });
    let rest: Rest | undefined = beginRest(expectation, Number);
    for (let k = 0; k < 20_000; k++) {
      const takings: Taking<true>[] = [];
      take(rest!, item => ((item.node % 2 === 1) === (k % 2 === 0) ? true : undefined), undefined, takings);
      expect(takings.length).toBe(1);
      rest = takings[0]!.rest;
    }
    expect(rest).toBeUndefined();
  });
});
