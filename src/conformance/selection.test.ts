import { describe, expect, test } from 'vitest';
import type { Pack } from '../foundation/pack.ts';
import type { Plan } from '../scenario/plan.ts';
import { createAccountPool } from '../suites/accounts.ts';
import type { Suite } from '../suites/suite.ts';
import { whyNotApplicable } from './applicability.ts';
import { type SelectionOptions, selectExecutions } from './selection.ts';
import type { Target } from './target/target.ts';
import { planOf } from './testing.ts';

const plans: Readonly<Record<string, readonly Plan[]>> = {
  'toy/talk/heard.yaml': [planOf({ id: 'toy/talk/heard', tags: ['quick'] })],
  'toy/talk/limits.yaml': [
    planOf({ id: 'toy/talk/limits#small' }),
    planOf({ id: 'toy/talk/limits#large', tags: ['slow'] }),
  ],
  'toy/join.yaml': [planOf({ id: 'toy/join', tags: ['quick', 'slow'] })],
};
const suite = {
  selected: Object.keys(plans),
  plansOf: (scenario: string) => plans[scenario]!,
  ledger: { byId: new Map() },
} as unknown as Suite;
const plain: SelectionOptions = { repeat: 1, shuffle: false, seed: 's', filter: [], tags: [] };

function select(options: Partial<SelectionOptions>): readonly string[] {
  return selectExecutions(suite, {} as Pack, 'token', { ...plain, ...options }).map(({ id }) => id);
}

describe('what a run runs', () => {
  const everything = ['toy/talk/heard', 'toy/talk/limits#small', 'toy/talk/limits#large', 'toy/join'];
  const table: readonly [string, Partial<SelectionOptions>, readonly string[]][] = [
    ['everything', {}, everything],
    ['a piece of an id', { filter: ['limits'] }, everything.slice(1, 3)],
    ['a glob', { filter: ['talk/*'] }, everything.slice(0, 3)],
    ['a glob over folders', { filter: ['**/join'] }, ['toy/join']],
    ['a piece of a title', { filter: ['What toy/join does'] }, ['toy/join']],
    ['any of several filters', { filter: ['heard', 'join'] }, ['toy/talk/heard', 'toy/join']],
    ['a tag', { tags: ['slow'] }, ['toy/talk/limits#large', 'toy/join']],
    ['without a tag', { tags: ['!slow'] }, ['toy/talk/heard', 'toy/talk/limits#small']],
    ['with one and without another', { tags: ['quick', '!slow'] }, ['toy/talk/heard']],
    ['repeated', { filter: ['join'], repeat: 3 }, ['toy/join*1', 'toy/join*2', 'toy/join*3']],
    ['nothing', { filter: ['no such'] }, []],
  ];
  test.each(table)('%s', (_, options, expected) => {
    expect(select(options)).toEqual(expected);
  });

  test('shards part the whole: nothing twice, nothing lost', () => {
    const parts = [1, 2, 3].map(k => select({ shard: { k, n: 3 }, repeat: 4 }));
    expect(parts.flat().toSorted()).toEqual(select({ repeat: 4 }).toSorted());
    expect(
      Math.max(...parts.map(({ length }) => length)) - Math.min(...parts.map(({ length }) => length)),
    ).toBeLessThan(2);
  });

  test('the same seed shuffles the same way, another seed another', () => {
    const order = (seed: string) => select({ shuffle: true, seed, repeat: 5 });
    expect(order('a')).toEqual(order('a'));
    expect(order('a')).not.toEqual(order('b'));
    expect(order('a').toSorted()).toEqual(order('b').toSorted());
  });
});

describe('why a scenario does not apply', () => {
  const target = {
    header: { capabilities: { voice: true }, sources: ['otp'], endpoints: { lines: 'tcp://127.0.0.1:1' } },
    connectionLimit: 3,
    canRestart: false,
  } as unknown as Target;
  const table: readonly [string, Plan, string | undefined][] = [
    ['it does', planOf({ needs: ['voice', '!files'], sources: ['otp'] }), undefined],
    ['a capability is missing', planOf({ needs: ['files'] }), 'the target does not declare the capability files'],
    ['a capability is there', planOf({ needs: ['!voice'] }), 'the target has the capability voice'],
    ['a source is missing', planOf({ sources: ['mail'] }), 'the target does not supply the source mail'],
    ['it restarts', planOf({ restarts: true }), 'the target cannot be restarted: nothing says how it is started'],
    ['too many connections', planOf({ clients: 4 }), 'it needs 4 connections, the target takes 3'],
    ['too many accounts', planOf({ clients: 3, accounts: 3 }), 'it needs 3 accounts, the target lists 2'],
  ];
  test.each(table)('%s', (_, plan, reason) => {
    expect(whyNotApplicable(plan, target, createAccountPool([{}, {}]))).toBe(reason);
  });

  test('it has no endpoint', () => {
    const elsewhere = { ...target, header: { ...target.header, endpoints: {} } };
    const connect = { pong: true, span: plans['toy/join.yaml']![0]!.span };
    const step = {
      kind: 'client',
      index: 0,
      phase: 'steps',
      via: [],
      never: [],
      clients: ['c0'],
      connect,
      span: connect.span,
    } as const;
    expect(whyNotApplicable({ ...planOf({}), steps: [step] }, elsewhere, undefined)).toBe(
      'the target has no endpoint for the transport lines',
    );
    expect(whyNotApplicable(planOf({}), elsewhere, undefined)).toBeUndefined();
  });
});
