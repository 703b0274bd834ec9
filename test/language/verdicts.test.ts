/** Language, section 10. */
import { describe, expect, test } from 'vitest';
import { alice, both, playRows } from './rows.ts';
import { play } from './stage.ts';
import { checks, failures } from './told.ts';
import { toySchemas } from './toy-pack.ts';

describe('hard failures', () => {
  playRows([
    {
      it: 'what could come next fails, what is behind it is not testable',
      scenario: alice(`
        - { client: alice, expect: [ { check: h.a, frame: { t: a } }, { check: h.b, frame: { t: b } }, { check: h.c, frame: { t: c }, verify: { check: h.d, frame: {} } } ] }
        - { client: alice, expect: { check: h.e, frame: { t: e }, verify: { check: h.f, frame: {} } }, never: { check: h.g, frame: { t: g } } }`),
      script: ['alice < { t: a }'],
      checks:
        'h.a pass, h.b fail, h.c not-testable, h.d not-testable, h.e not-testable, h.f not-testable, h.g not-testable',
      failures: 'h.b unmet',
    },
    {
      it: 'further demands on what did not come are not testable',
      scenario: alice(
        `  - { client: alice, expect: { check: h.a, frame: { t: a }, verify: { check: h.b, frame: {} } } }`,
      ),
      checks: 'h.a fail, h.b not-testable',
      failures: 'h.a unmet',
    },
    {
      it: 'of parts in any order all could come next',
      scenario: alice(
        `  - { client: alice, expect: { anyOrder: [ { check: h.a, frame: { t: a } }, [ { check: h.b, frame: { t: b } }, { check: h.c, frame: { t: c } } ] ] } }`
          .replace(', [ {', ', { inOrder: [ {')
          .replace('] ] }', '] } ] }'),
      ),
      checks: 'h.a fail, h.b fail, h.c not-testable',
      failures: 'h.a unmet, h.b unmet',
    },
    {
      it: 'what is optional is undecided',
      scenario: alice(`
        - { client: alice, expect: [ { optional: { check: h.a, frame: { t: a } } }, { check: h.b, frame: { t: b } }, { optional: { check: h.c, frame: { t: c } } } ] }
        - { client: alice, expect: [ { optional: { check: h.d, frame: { t: d } } }, { oneOf: [ { check: h.e, frame: { t: e } }, { check: h.f, frame: { t: f } } ] }, { check: h.g, repeat: { frame: { t: g } }, min: 0, max: 2 } ] }`),
      checks: 'h.b fail',
      failures: 'h.b unmet',
    },
    {
      it: 'in the reading that took most',
      scenario: alice(
        `  - { client: alice, expect: { anyOrder: [ { optional: { check: h.any, frame: {} } }, { inOrder: [ { check: h.a, frame: { t: a } }, { check: h.b, frame: { t: b } }, { check: h.c, frame: { t: c } } ] } ] } }`,
      ),
      script: ['alice < { t: a }', 'alice < { t: b }'],
      checks: 'h.a pass, h.any pass, h.b fail, h.c not-testable',
      failures: 'h.b unmet',
    },
    {
      it: 'what other clients took stands, and they finish their step',
      scenario: both(`
        - { client: bob, expect: { check: h.before, frame: { t: before } } }
        - { client: [alice, bob], send: { t: say }, expect: [ { check: h.one, frame: { t: one } }, { check: h.two, frame: { t: two } } ], never: { check: h.never, frame: { t: bad } } }
        - { client: bob, expect: { check: h.next, frame: {} } }`),
      script: [
        'bob < { t: before }',
        'alice closed 1000',
        'bob < { t: bad }',
        '@4000 bob < { t: one }',
        '@8000 bob < { t: two }',
      ],
      checks: 'h.before pass, h.never fail, h.next not-testable, h.one fail, h.two not-testable',
      failures: 'h.one closed, h.never forbidden',
    },
    {
      it: 'no sweep is done, `finally` is',
      scenario: `
        clients: { alice: connected, bob: connected }
        steps: [ { client: alice, expect: { check: h.a, frame: { t: a } } } ]
        finally: [ { client: bob, send: { t: note } } ]`,
      script: ['bob < { t: stray }'],
      checks: 'h.a fail',
      failures: 'h.a unmet',
      asked: ['alice connect', 'bob connect', 'bob > {"t":"note"}'],
    },
    {
      it: 'an end that nothing took',
      scenario: alice(`  - { client: alice, send: { t: say }, expect: [ { check: h.a, frame: { t: a } } ] }`),
      script: ['alice closed 1011'],
      checks: 'h.a fail',
      failures: 'h.a closed',
    },
    {
      it: 'the nevers of the step are not testable, unless violated',
      scenario: alice(
        `  - { client: alice, expect: { check: h.a, frame: { t: a } }, never: [ { check: h.x, frame: { t: x } }, { check: h.y, frame: { t: y } } ] }`,
      ),
      script: ['alice < { t: x }'],
      checks: 'h.a fail, h.x fail, h.y not-testable',
      failures: 'h.x forbidden, h.a unmet',
    },
  ]);

  test('a flood of unread messages', () => {
    const many = Array.from({ length: 100_001 }, () => '@1 bob <text {"t":"x"}');
    const { outcome } = play(
      both(`
      - { client: alice, send: { t: say }, expect: { check: h.a, frame: { t: ok } } }
      - { client: bob, expect: { check: h.b, frame: { t: never } } }`),
      [...many, 'alice < { t: ok, id: c1 }'],
    );
    expect(`${checks(outcome)} | ${failures(outcome)}`).toBe('h.a pass, h.b fail | h.b flood');
  });

  test('as many as that are read', () => {
    const many = Array.from({ length: 100_000 }, () => '@1 bob <text {"t":"noise"}');
    const { outcome } = play(
      both(`
      - { client: alice, send: { t: say }, expect: { check: h.a, frame: { t: ok } } }
      - { client: bob, send: { t: say }, expect: { check: h.b, frame: { t: ok } } }`),
      [...many, 'alice < { t: ok, id: c1 }', 'bob < { t: ok, id: c1 }'],
    );
    expect(`${checks(outcome)} | ${failures(outcome)}`).toBe('h.a pass, h.b pass | ');
  });

  test('a flood of unread bytes', () => {
    const long = JSON.stringify({ t: 'x', s: 'x'.repeat(100_000) });
    const many = Array.from({ length: 21 }, () => `@1 bob <text ${long}`);
    const { outcome } = play(
      both(`
      - { client: alice, send: { t: say }, expect: { check: h.a, frame: { t: ok } } }
      - { client: bob, expect: { check: h.b, frame: { t: never } } }`),
      [...many, 'alice < { t: ok, id: c1 }'],
    );
    // Each is longer than the toy protocol allows, too.
    expect(failures(outcome)).toMatch(/, h\.b flood$/);
  });

  test('a flood of what nobody asked for, as it comes', () => {
    const many = Array.from({ length: 10_001 }, () => '@1 alice <text {"t":"x"}');
    const { outcome } = play(alice(`  - { client: alice, expect: { check: h.a, frame: { t: ok } } }`), many);
    expect(`${checks(outcome)} | ${failures(outcome)}`).toBe('h.a fail | h.a flood');
  });
});

describe('soft failures', () => {
  playRows([
    {
      it: 'let the scenario go on, each with its check',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: { check: s.a, frame: { t: a }, within: 1 s, verify: { check: s.b, frame: { n: 1 } } }, never: { check: s.c, frame: { t: c } } }
        - { client: alice, expect: { check: s.d, frame: { t: d } } }`),
      script: ['alice < { t: c }', 'alice < { t: what }', '@1500 alice < { t: a, n: 2 }', 'alice < { t: d }'],
      checks: 'frames.unasked fail, s.a fail, s.b fail, s.c fail, s.d pass',
      failures: 's.c forbidden, s.a too-late, s.b verify, frames.unasked stray',
    },
  ]);
});

describe('checks', () => {
  const outcomeOf = (steps: string, script: readonly string[] = []) => {
    const { outcome } = play(alice(steps), script, { schemas: toySchemas });
    return Object.fromEntries(
      outcome.checks.map(({ check, verdict, decisions }) => [check, `${verdict} ${decisions}`]),
    );
  };
  test('what has no check decides steps.done, and the built-in rows are decided by a clean run', () => {
    expect(
      outcomeOf('  - { client: alice, send: { t: say, text: hi }, expect: { frame: { t: ok } } }', [
        'alice < { t: ok, id: c1 }',
      ]),
    ).toEqual({ 'steps.done': 'pass 2', 'frames.unasked': 'pass 1', 'frames.valid': 'pass 1' });
  });
  test('where nothing came nothing had a form', () => {
    const { outcome } = play(
      `clients: { dan: { as: connected, transport: dgram } }\nsteps: [ { client: dan, send: { t: note } } ]`,
    );
    expect(outcome.checks.map(each => each.check)).toEqual(['frames.unasked']);
  });
  test.each([
    ['bytes that are no text', 'alice <bytes /w=='],
    ['text that is no JSON', 'alice <text {'],
    ['a schema', 'alice < { t: said }'],
    ['an unknown kind', 'alice < { t: never-heard-of }'],
    ['a size', `alice < { t: said, text: ${'x'.repeat(2_000)} }`],
  ])('%s that breaks its form decides frames.valid', (_, line) => {
    const { outcome } = play(
      alice('  - { client: alice, send: { t: say, text: hi }, expect: { frame: { t: ok } } }'),
      [line, 'alice < { t: ok, id: c1 }'],
      { schemas: toySchemas },
    );
    expect(failures(outcome)).toBe('frames.valid invalid-frame');
  });
  test('our own sizes are not judged', () => {
    expect(
      outcomeOf(`  - { client: alice, send: { t: say, text: { $repeat: [x, 5000] } }, expect: { frame: { t: ok } } }`, [
        'alice < { t: ok, id: c1 }',
      ])['steps.done'],
    ).toBe('pass 2');
  });
  test('a check has the worst of its decisions', () => {
    expect(
      outcomeOf(
        '  - { client: alice, expect: [ { check: c.x, frame: { t: noise } }, { check: c.x, frame: { t: noise } }, { check: c.x, frame: { t: noise } } ] }',
        ['alice < { t: noise }', 'alice < { t: noise }'],
      )['c.x'],
    ).toBe('fail 3');
  });
});

describe('recipes', () => {
  const scenario = `
    clients: { alice: connected, bob: user }
    steps:
      - { client: alice, send: { t: note }, expect: { check: r.a, frame: { t: a }, verify: { check: r.b, frame: {} } }, never: { check: r.c, frame: { t: c } } }
      - { client: bob, expect: { check: r.d, frame: {} } }`;
  playRows([
    {
      it: 'one that fails makes all checks not testable',
      scenario,
      script: ['bob < { t: no, id: c1 }'],
      checks: 'login.answered fail, r.a not-testable, r.b not-testable, r.c not-testable, r.d not-testable',
      failures: 'login.answered unmet',
    },
    {
      it: 'one that gives nothing makes them not testable where it is used',
      scenario: scenario.replace('send: { t: note }', 'send: { t: note, key: $(bob.key.of) }'),
      script: ['bob < { t: ok, id: c1, key: {} }'],
      checks:
        'login.answered pass, r.a not-testable, r.b not-testable, r.c not-testable, r.d not-testable, steps.done not-testable',
    },
  ]);
});

describe('finally', () => {
  const scenario = (steps: string, last: string) => `
    clients: { alice: connected, bob: connected }
    steps: [ ${steps} ]
    finally: [ ${last} ]`;
  const fine = '{ client: alice, send: { t: note } }';
  playRows([
    {
      it: 'runs after the sweep',
      scenario: scenario(fine, '{ client: bob, send: { t: bye } }'),
      checks: '',
      asked: [
        'alice connect',
        'bob connect',
        'alice > {"t":"note"}',
        'alice > {"t":"ping","topic":"main","id":"c2"}',
        'bob > {"t":"ping","topic":"main","id":"c1"}',
        'bob > {"t":"bye","id":"c2"}',
      ],
    },
    {
      it: 'decides no check',
      scenario: scenario(fine, '{ client: bob, send: { t: bye }, expect: { check: f.bye, frame: { t: ok } } }'),
      script: ['alice pong', 'bob pong', 'bob < { t: ok, id: c2 }'],
      checks: '',
    },
    {
      it: 'has no closed world',
      scenario: scenario(fine, '{ client: bob, send: { t: bye }, expect: { frame: { t: ok } } }'),
      script: ['alice pong', 'bob pong', 'bob < { t: what }', 'bob < { t: ok, id: c2 }'],
      checks: '',
      notes: [],
    },
    {
      it: 'its failures are notes, and it goes on',
      scenario: scenario(fine, '{ client: bob, expect: { frame: { t: never } } }, { client: alice, send: { t: bye } }'),
      checks: '',
      notes: ['in finally: it did not come: nothing was taken for 5 s'],
    },
    {
      it: 'runs after a hard failure as well',
      scenario: scenario('{ client: alice, expect: { check: f.a, frame: {} } }', '{ client: bob, close: {} }'),
      checks: 'f.a fail',
      failures: 'f.a unmet',
      notes: [],
    },
    {
      it: 'a connection that is over is a note',
      scenario: scenario('{ client: alice, expect: { check: f.a, frame: {} } }', '{ client: alice, send: { t: bye } }'),
      script: ['alice closed 1000'],
      checks: 'f.a fail',
      failures: 'f.a closed',
      notes: ['in finally: the connection is closed, so it cannot come'],
    },
    {
      it: 'a name that was never bound is a note',
      scenario: scenario(
        '{ client: alice, expect: { check: f.a, frame: { v: { $as: v } } } }',
        '{ client: bob, send: { t: bye, v: $(v) } }',
      ),
      checks: 'f.a fail',
      failures: 'f.a unmet',
      notes: [],
    },
  ]);
});
