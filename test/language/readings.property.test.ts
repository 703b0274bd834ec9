/**
 * The readings against a plain enumeration: an expectation is the list of all words that it allows. What has come is taken if it begins one
 * of the words that are left, and expect is met when one of them is at its end (language, section 6).
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../src/evidence/events.ts';
import { begin, beginState, feed, type Machine } from '../../src/scenario/interpret/interpreter.ts';
import { conclude } from '../../src/scenario/interpret/outcome.ts';
import type { ClientStep, Expectation } from '../../src/scenario/plan.ts';
import { makePattern, type Pattern } from '../../src/values/pattern.ts';
import { createRandom, type Random, runs } from './random.ts';
import { compile } from './stage.ts';

type Group = { readonly of: 'inOrder' | 'anyOrder' | 'oneOf'; readonly parts: readonly Short[] };
type Short =
  | string
  | Group
  | { readonly optional: Short }
  | { readonly repeat: Short; readonly min: number; readonly max: number };

const alphabet = ['a', 'b', 'c'];
const mostWords = 3_000;

function shortOf(random: Random, depth: number): Short {
  const kind = depth === 0 ? 0 : random.under(6);
  if (kind <= 1) return random.chance(0.7) ? random.oneOf(alphabet) : random.oneOf(['ab', 'bc', 'abc']);
  if (kind === 2) return { optional: shortOf(random, depth - 1) };
  if (kind === 3) {
    const min = random.under(3);
    return { repeat: shortOf(random, depth - 1), min, max: Math.max(1, min + random.under(2)) };
  }
  return {
    of: random.oneOf(['inOrder', 'anyOrder', 'oneOf']),
    parts: random.list(1, 3, () => shortOf(random, depth - 1)),
  };
}

/** All words; undefined if there are too many. */
function wordsOf(short: Short): ReadonlySet<string> | undefined {
  if (typeof short === 'string') return new Set(short);
  if ('optional' in short) return united([new Set(['']), wordsOf(short.optional)]);
  if ('repeat' in short) {
    const turns = Array.from({ length: short.max + 1 }, (_, n) => n).slice(short.min);
    return united(
      turns.map(n =>
        joinAll(
          Array.from({ length: n }, () => wordsOf(short.repeat)),
          followed,
        ),
      ),
    );
  }
  const parts = short.parts.map(wordsOf);
  return short.of === 'oneOf' ? united(parts) : joinAll(parts, short.of === 'inOrder' ? followed : shuffled);
}

type Words = ReadonlySet<string> | undefined;

function united(sets: readonly Words[]): Words {
  if (sets.some(set => set === undefined)) return undefined;
  return new Set(sets.flatMap(set => [...set!]));
}

function joinAll(sets: readonly Words[], join: (a: string, b: string) => readonly string[]): Words {
  let all: Words = new Set(['']);
  for (const set of sets) {
    if (!all || !set || all.size * set.size > mostWords) return undefined;
    const next = new Set<string>();
    for (const a of all) for (const b of set) for (const word of join(a, b)) next.add(word);
    all = next.size > mostWords ? undefined : next;
  }
  return all;
}

const followed = (a: string, b: string) => [a + b];

function shuffled(a: string, b: string): readonly string[] {
  if (a === '' || b === '') return [a + b];
  return [...shuffled(a.slice(1), b).map(rest => a[0] + rest), ...shuffled(a, b.slice(1)).map(rest => b[0] + rest)];
}

/** What the page says of one stream: two steps, the second with a barrier, or the end sweep behind it. */
function enumerate(steps: readonly ReadonlySet<string>[], stream: string): string {
  let left: ReadonlySet<string> = new Set(['']);
  let strays = 0;
  let at = 0;
  const take = (letter: string) => {
    const rests = [...left].filter(word => word[0] === letter).map(word => word.slice(1));
    if (rests.length > 0) left = new Set(rests);
    return rests.length > 0;
  };
  for (const words of steps) {
    left = new Set([...left].flatMap(rest => [...words].map(word => rest + word)));
    let evidence = 0;
    while (!left.has('') && at < stream.length) if (!take(stream[at++]!)) evidence++;
    if (!left.has('')) return `unmet, ${strays} strays`;
    strays += evidence;
  }
  while (at < stream.length) if (!take(stream[at++]!)) strays++;
  return `${left.has('') ? 'met' : 'unmet'}, ${strays} strays`;
}

const scenario = (until: string) => `
  clients: { alice: connected }
  steps:
    - { client: alice, expect: { frame: { t: a } } }
    - { client: alice, expect: { frame: { t: a } }${until} }`;
const machines = [compile(scenario(', until: barrier')).machine, compile(scenario('')).machine];

/** The machine of the two steps, with other expectations in them. */
function machineOf(base: Machine, shorts: readonly Short[]): Machine {
  const { steps } = base.plan;
  let node = 0;
  const { span } = steps[1]!;
  const item = (letters: string): Pattern => {
    const elements = [...letters].map(value => makePattern({ op: 'equal', value }, span));
    return makePattern(
      { op: 'object', exact: false, members: [{ name: 't', pattern: makePattern({ op: 'oneOf', elements }, span) }] },
      span,
    );
  };
  const make = (short: Short): Expectation => {
    const own = node++;
    if (typeof short === 'string')
      return {
        kind: 'item',
        node: own,
        check: 'x.x',
        lenient: false,
        demand: { frame: item(short) },
        verify: [],
        span,
      };
    if ('optional' in short) return { kind: 'optional', node: own, body: make(short.optional), span };
    if ('repeat' in short)
      return { kind: 'repeat', node: own, body: make(short.repeat), min: short.min, max: short.max, span };
    return { kind: short.of, node: own, children: short.parts.map(make), span };
  };
  const changed = steps.map((step, k) => (k === 0 ? step : { ...(step as ClientStep), expect: make(shorts[k - 1]!) }));
  const stepOfNode: number[] = [];
  let from = 0;
  for (const [k, short] of shorts.entries()) {
    const size = nodesOf(short);
    stepOfNode.fill(k + 1, from);
    for (let n = from; n < from + size; n++) stepOfNode[n] = k + 1;
    from += size;
  }
  const clientsOf = new Map(changed.map(step => [step as ClientStep, [0]]));
  return { ...base, plan: { ...base.plan, steps: changed }, stepOfNode, clientsOf };
}

function nodesOf(short: Short): number {
  if (typeof short === 'string') return 1;
  if ('optional' in short) return 1 + nodesOf(short.optional);
  if ('repeat' in short) return 1 + nodesOf(short.repeat);
  return 1 + short.parts.reduce((sum, part) => sum + nodesOf(part), 0);
}

/** What the interpreter says of the same stream; undefined if it can be read in too many ways. */
function interpret(machine: Machine, stream: string): string | undefined {
  const state = beginState(machine, 0);
  let barrier: string | undefined;
  const give = (event: LogEvent) => {
    for (const action of feed(machine, state, event)) {
      if (action.do !== 'write') continue;
      barrier = (JSON.parse(String(action.data)) as { id: string }).id;
      give({ event: 'written', x: 0, c: 'alice', t: 1, what: 'frame', n: 0, text: String(action.data) });
    }
  };
  begin(machine, state);
  give({ event: 'opened', x: 0, c: 'alice', t: 0, address: '' });
  for (const t of stream) give({ event: 'item', x: 0, c: 'alice', t: 2, text: JSON.stringify({ t }) });
  for (let k = 0; k < 2 && barrier !== undefined; k++) {
    const id = barrier;
    barrier = undefined;
    give({ event: 'item', x: 0, c: 'alice', t: 3, text: JSON.stringify({ t: 'pong', id }) });
  }
  if (state.mode !== 'done') give({ event: 'due', x: 0, c: 'alice', t: 9e6, timer: 'patience' });
  const kinds = conclude(machine, state).failures.map(({ failure }) => failure!.kind);
  if (kinds.includes('scenario')) return undefined;
  const strays = kinds.filter(kind => kind === 'stray').length;
  return `${kinds.includes('unmet') ? 'unmet' : 'met'}, ${strays} strays`;
}

test('two steps read a stream as the enumeration does', { timeout: runs(30_000) }, () => {
  let compared = 0;
  const told = new Map<string, number>();
  const property = fc.property(fc.integer(), seed => {
    const random = createRandom(seed);
    const shorts = [shortOf(random, 3), shortOf(random, 2)];
    const words = shorts.map(wordsOf);
    if (words.some(set => !set || set.size === 0)) return;
    const sets = words as readonly ReadonlySet<string>[];
    const machine = machineOf(random.oneOf(machines), shorts);
    for (let k = 0; k < 12; k++) {
      const right = sets.map(set => [...set][random.under(set.size)]!).join('');
      const stream =
        k < 4 ? right : k < 9 ? spoiled(random, right) : random.list(0, 6, () => random.oneOf(alphabet)).join('');
      if (stream.length > 12) continue;
      const came = interpret(machine, stream);
      if (came === undefined) continue;
      compared++;
      told.set(
        came.replace(/\d+/, n => (n === '0' ? 'no' : 'some')),
        (told.get(came) ?? 0) + 1,
      );
      expect(`${JSON.stringify(shorts)} on ${stream}: ${came}`).toBe(
        `${JSON.stringify(shorts)} on ${stream}: ${enumerate(sets, stream)}`,
      );
    }
  });
  fc.assert(property, { seed: 11, numRuns: runs(1_200) });
  expect(compared).toBeGreaterThan(6_000);
  expect([...told.keys()].sort()).toEqual([
    'met, no strays',
    'met, some strays',
    'unmet, no strays',
    'unmet, some strays',
  ]);
});

/** A letter more, a letter less, two swapped. */
function spoiled(random: Random, word: string): string {
  const at = random.under(word.length + 1);
  const kind = random.under(3);
  if (kind === 0) return word.slice(0, at) + random.oneOf(alphabet) + word.slice(at);
  if (kind === 1) return word.slice(0, at) + word.slice(at + 1);
  return word.slice(0, at) + [...word.slice(at, at + 2)].reverse().join('') + word.slice(at + 2);
}
