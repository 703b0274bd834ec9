/** Language, section 8. */
import { describe, expect, test } from 'vitest';
import { alice, both, playRows } from './rows.ts';
import { play } from './stage.ts';
import { checks, failures, messages } from './told.ts';

const heard = (demand: string) =>
  alice(`  - { client: alice, send: { t: say }, expect: { check: t.heard, frame: { t: said }, ${demand} } }`);

describe('within and notBefore', () => {
  playRows([
    { it: 'in time', scenario: heard('within: 1 s'), script: ['@1000 alice < { t: said }'], checks: 't.heard pass' },
    {
      it: 'a microsecond too late',
      scenario: heard('within: 1 s'),
      script: ['@1000.001 alice < { t: said }'],
      checks: 't.heard fail',
      failures: 't.heard too-late',
    },
    {
      it: 'late by far: patience grows by what may be waited for',
      scenario: heard('within: 10 s'),
      script: ['@14999 alice < { t: said }'],
      checks: 't.heard fail',
      failures: 't.heard too-late',
    },
    {
      it: 'later than that it has not come',
      scenario: heard('within: 10 s'),
      script: ['@15001 alice < { t: said }'],
      checks: 't.heard fail',
      failures: 't.heard unmet',
    },
    {
      it: 'early enough',
      scenario: heard('notBefore: 1 s'),
      script: ['@1000 alice < { t: said }'],
      checks: 't.heard pass',
    },
    {
      it: '5 ms are granted',
      scenario: heard('notBefore: 1 s'),
      script: ['@995 alice < { t: said }'],
      checks: 't.heard pass',
    },
    {
      it: 'no more than that',
      scenario: heard('notBefore: 1 s'),
      script: ['@994.999 alice < { t: said }'],
      checks: 't.heard fail',
      failures: 't.heard too-early',
    },
    {
      it: 'notBefore lets patience grow as well',
      scenario: heard('notBefore: 8 s'),
      script: ['@12999 alice < { t: said }'],
      checks: 't.heard pass',
    },
    {
      it: 'timers of the pack',
      scenario: heard('notBefore: $(timers.call), within: $(timers.call + 500 ms)'),
      script: ['@2500 alice < { t: said }'],
      checks: 't.heard pass',
    },
    {
      it: 'the scenario goes on',
      scenario: `${heard('within: 1 s')}\n  - { client: alice, expect: { check: t.next, frame: {} } }`,
      script: ['@1001 alice < { t: said }', 'alice < {}'],
      checks: 't.heard fail, t.next pass',
      failures: 't.heard too-late',
    },
    {
      it: 'what is further back does not let patience grow',
      scenario: alice(
        '  - { client: alice, send: { t: say }, expect: [ { check: t.a, frame: { t: a } }, { check: t.b, frame: { t: b }, within: 60 s } ] }',
      ),
      script: ['@5001 alice < { t: a }'],
      checks: 't.a fail, t.b not-testable',
      failures: 't.a unmet',
    },
    {
      it: 'of any reading, not only the first',
      scenario: alice(
        '  - { client: alice, send: { t: say }, expect: { oneOf: [ [ { check: t.x, frame: { t: a } }, { check: t.b, frame: { t: b } } ], [ { check: t.y, frame: { t: a } }, { check: t.c, frame: { t: c }, within: 20 s } ] ].flat } }'
          .replace('[ [', '[ { inOrder: [')
          .replace('], [', '] }, { inOrder: [')
          .replace('] ].flat', '] } ]'),
      ),
      script: ['@1 alice < { t: a }', '@18000 alice < { t: c }'],
      checks: 't.c pass, t.y pass',
    },
  ]);
});

describe('origins', () => {
  playRows([
    {
      it: 'the own last write',
      scenario: alice(
        '  - { client: alice, send: { t: note }, times: 3, every: 2 s, expect: { check: t.x, frame: {}, within: 1 s, notBefore: 900 ms } }',
      ),
      script: ['@5000 alice < {}'],
      checks: 't.x pass',
    },
    {
      it: 'else the last write before it, of any client',
      scenario: both(`
        - { client: alice, send: { t: say }, expect: { frame: { t: ok } } }
        - { client: bob, expect: { check: t.x, frame: {}, within: 1 s } }`),
      script: ['@800 alice < { t: ok, id: c1 }', '@1001 bob < {}'],
      checks: 't.x fail',
      failures: 't.x too-late',
    },
    {
      it: 'a barrier is none',
      scenario: both(`
        - { client: alice, send: { t: say }, until: barrier }
        - { client: bob, expect: { check: t.x, frame: {}, within: 1 s } }`),
      script: ['@900 alice pong', '@1001 bob < {}'],
      checks: 't.x fail',
      failures: 't.x too-late',
    },
    {
      it: 'a mark, also in a step that writes',
      scenario: both(`
        - { client: alice, send: { t: say }, mark: said, expect: { frame: { t: ok } } }
        - { client: bob, send: { t: note }, since: said, expect: { check: t.x, frame: {}, within: 1 s } }`),
      script: ['@800 alice < { t: ok, id: c1 }', '@1001 bob < {}'],
      checks: 't.x fail',
      failures: 't.x too-late',
    },
    {
      it: 'a mark is the last write of its step',
      scenario: both(`
        - { client: alice, send: { t: note }, times: 2, every: 700 ms, mark: said }
        - { client: alice, send: { t: note } }
        - { client: [alice, bob], since: said, expect: { check: t.x, frame: {}, within: 1 s, notBefore: 900 ms } }`),
      script: ['@1650 alice < {}', '@1700 bob < {}'],
      checks: 't.x pass',
    },
    {
      it: 'a close',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: { frame: { t: ok } } }
        - { client: alice, close: {}, mark: gone, expect: { check: t.x, closed: {}, within: 1 s } }`),
      script: ['@3000 alice < { t: ok, id: c1 }', '@3900 alice closed 1000'],
      checks: 't.x pass',
    },
    {
      it: 'the mark of a close',
      scenario: both(`
        - { client: alice, send: { t: say }, expect: { frame: { t: ok } } }
        - { client: alice, close: {}, mark: gone }
        - { client: bob, since: gone, expect: { check: t.x, frame: {}, within: 1 s } }`),
      script: ['@3000 alice < { t: ok, id: c1 }', '@3100 alice closed 1000', '@3900 bob < {}'],
      checks: 't.x pass',
    },
    {
      it: 'connecting, which writes',
      scenario: `
        clients: { alice: offline }
        steps: [ { client: alice, connect: {}, mark: on, expect: { check: t.x, closed: {}, notBefore: 2 s, within: 3 s } } ]`,
      script: ['@3001 alice closed 1000'],
      checks: 't.x fail',
      failures: 't.x too-late',
    },
    {
      it: 'the mark of connecting',
      scenario: `
        clients: { alice: offline }
        steps:
          - { client: alice, connect: {}, mark: on }
          - { client: alice, send: { t: say }, expect: { frame: { t: ok } } }
          - { client: alice, since: on, expect: { check: t.x, closed: {}, notBefore: 2 s, within: 3 s } }`,
      script: ['@1000 alice < { t: ok, id: c1 }', '@2500 alice closed 1000'],
      checks: 't.x pass',
    },
    {
      it: 'what an earlier step left open counts from that step',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: [ { frame: { t: ok } }, { optional: { check: t.late, frame: { t: late }, within: 1 s } } ] }
        - { client: alice, send: { t: say }, expect: { check: t.next, frame: { t: ok } } }`),
      script: ['@900 alice < { t: ok, id: c1 }', '@1100 alice < { t: late }', 'alice < { t: ok, id: c2 }'],
      checks: 't.late fail, t.next pass',
      failures: 't.late too-late',
    },
  ]);
});

describe('patience', () => {
  const steps = alice(
    `  - { client: alice, send: { t: say }, expect: [ { check: t.a, frame: { t: a } }, { check: t.b, frame: { t: b } } ] }`,
  );
  playRows([
    {
      it: 'begins with the last write',
      scenario: steps,
      script: ['@4999 alice < { t: a }', 'alice < { t: b }'],
      checks: 't.a pass, t.b pass',
    },
    {
      it: 'is over after so long',
      scenario: steps,
      script: ['@5001 alice < { t: a }'],
      checks: 't.a fail, t.b not-testable',
      failures: 't.a unmet',
    },
    {
      it: 'begins anew with what is taken',
      scenario: steps,
      script: ['@4000 alice < { t: a }', '@8999 alice < { t: b }'],
      checks: 't.a pass, t.b pass',
    },
    {
      it: 'not with what is ignored or stray',
      scenario: steps,
      script: ['@4000 alice < { t: noise }', '@4500 alice < { t: what }', '@5001 alice < { t: a }'],
      checks: 't.a fail, t.b not-testable',
      failures: 't.a unmet',
    },
    {
      it: 'is no longer than the option says',
      scenario: steps,
      patienceMs: 100,
      script: ['@101 alice < { t: a }'],
      checks: 't.a fail, t.b not-testable',
      failures: 't.a unmet',
    },
    {
      it: 'ends with the connection',
      scenario: steps,
      script: ['@1 alice < { t: a }', '@2 alice closed 1000'],
      checks: 't.a pass, t.b fail',
      failures: 't.b closed',
    },
    {
      it: 'ends with a connection that ended before',
      scenario: alice(`
        - { client: alice, expect: { check: t.end, closed: {} } }
        - { client: alice, expect: { check: t.x, frame: {} } }`),
      script: ['alice closed 1000'],
      checks: 't.end pass, t.x fail',
      failures: 't.x unmet',
    },
    {
      it: 'of a barrier begins with the barrier',
      scenario: alice(
        `  - { client: alice, send: { t: say }, expect: { check: t.a, frame: { t: a } }, until: barrier }`,
      ),
      script: ['@4000 alice < { t: a }', '@8900 alice pong'],
      checks: 't.a pass',
    },
    {
      it: 'of the step before is over when a duration has begun',
      scenario: alice(
        `  - { client: alice, send: { t: say }, expect: { check: t.a, frame: { t: a } }, never: { check: t.never, frame: { t: b } }, until: 8 s }`,
      ),
      script: ['@1000 alice < { t: a }', '@7000 alice < { t: b }'],
      checks: 't.a pass, t.never fail',
      failures: 't.never forbidden',
    },
  ]);

  test('closes the step at once when the connection ends, without a timer', () => {
    const { log } = play(steps, ['@7 alice closed 1000']);
    expect(log.filter(event => event.event === 'due')).toEqual([]);
  });

  test('of a step that has failed disturbs no step behind', () => {
    const { outcome, log } = play(
      `clients: { alice: connected, bob: connected }
steps:
  - { client: [alice, bob], send: { t: say }, expect: { check: t.x, frame: { t: ok } } }
finally:
  - { client: alice, send: { t: say }, expect: { frame: { t: ok } } }`,
      ['alice < { t: no }', '@1000 bob closed 1000', '@5500 alice < { t: ok, id: c2 }'],
    );
    expect(failures(outcome)).toBe('t.x unmet, t.x closed');
    expect(outcome.notes).toEqual([]);
    expect(log.filter(event => event.event === 'due').map(event => event.t)).toEqual([5_000_000]);
  });
});

describe('stalls', () => {
  const late = (script: readonly string[]) => {
    const { outcome } = play(heard('within: 1 s'), script);
    return `${checks(outcome)} | ${failures(outcome)}`;
  };
  test.each([
    [
      'longer than the lateness',
      ['@900 stalled 400 ms', '@1300 alice < { t: said }'],
      't.heard inconclusive | t.heard rig',
    ],
    [
      'logged behind the item',
      ['@1300 alice < { t: said }', '@1301 stalled 400 ms'],
      't.heard inconclusive | t.heard rig',
    ],
    [
      'as long as the lateness',
      ['@900 stalled 300 ms', '@1300 alice < { t: said }'],
      't.heard fail | t.heard too-late',
    ],
    ['over before the origin', ['@0 stalled 400 ms', '@1300 alice < { t: said }'], 't.heard fail | t.heard too-late'],
    ['begun behind the item', ['@1300 alice < { t: said }', '@1800 stalled 400 ms'], 't.heard fail | t.heard too-late'],
    ['of an item in time', ['@900 stalled 400 ms', '@1000 alice < { t: said }'], 't.heard pass | '],
  ])('%s', (_, script, told) => expect(late(script)).toBe(told));

  test('notBefore never grows', () => {
    const { outcome } = play(heard('notBefore: 1 s'), ['@500 stalled 900 ms', '@600 alice < { t: said }']);
    expect(failures(outcome)).toBe('t.heard too-early');
  });
});

test('the limit of a scenario fails what is under way, then `finally` runs', () => {
  const { outcome, asked } = play(
    `
    timeout: 3 s
    clients: { alice: connected, bob: connected }
    steps:
      - { client: [alice, bob], send: { t: say }, expect: { check: t.x, frame: { t: ok } } }
      - { client: bob, expect: { check: t.next, frame: {} } }
    finally:
      - { client: alice, send: { t: note } }`,
    ['bob < { t: ok, id: c1 }'],
  );
  expect(checks(outcome)).toBe('t.next not-testable, t.x fail');
  expect(messages(outcome)[0]).toBe('t.x fail unmet: the scenario took longer than its limit of 3 s');
  expect(asked.at(-1)).toBe('alice > {"t":"note"}');
});

test('the limit of a scenario ends a fetch as well', () => {
  const { outcome } = play(`
    timeout: 3 s
    clients: { alice: connected }
    steps:
      - { fetch: otp, with: { email: x }, as: code }
      - { client: alice, send: { t: say, v: $(code) }, expect: { check: t.x, frame: {} } }`);
  expect(`${checks(outcome)} | ${failures(outcome)}`).toBe('steps.done fail, t.x not-testable | steps.done fetch');
});
