/** Language, section 7. */
import { describe, expect, test } from 'vitest';
import { alice, both, playRows } from './rows.ts';
import { compile, play } from './stage.ts';
import { messages } from './told.ts';

describe('names', () => {
  const push =
    alice(`  - { client: alice, expect: { anyOrder: [ { check: n.sent, frame: { t: sent, v: { $as: v } } }, { check: n.push, frame: { t: push, v: { $as: v } } } ] } }
  - { client: alice, send: { t: note, v: $(v) } }`);
  playRows([
    {
      it: 'the first that is taken binds, the other is compared',
      scenario: push,
      script: ['alice < { t: sent, v: 1 }', 'alice < { t: push, v: 1 }'],
      checks: 'n.push pass, n.sent pass',
    },
    {
      it: 'in the other order as well',
      scenario: push,
      script: ['alice < { t: push, v: 1 }', 'alice < { t: sent, v: 1 }'],
      checks: 'n.push pass, n.sent pass',
    },
    {
      it: 'what is not equal is not taken',
      scenario: push,
      script: ['alice < { t: push, v: 1 }', 'alice < { t: sent, v: 2 }'],
      checks: 'n.push pass, n.sent fail',
      failures: 'n.sent unmet',
    },
    {
      it: 'numbers are equal by value',
      scenario: push,
      script: ['alice <text {"t":"push","v":1}', 'alice <text {"t":"sent","v":1.0}'],
      checks: 'n.push pass, n.sent pass',
    },
    {
      it: 'a name is known in later steps, of other clients too',
      scenario: both(`
        - { client: alice, expect: { check: n.bind, frame: { v: { $as: v } } } }
        - { client: bob, send: { t: note, v: $(v) }, expect: { check: n.use, frame: { w: $(v) } } }`),
      script: ['alice < { v: hi }', 'bob < { w: hi }'],
      checks: 'n.bind pass, n.use pass',
      asked: [
        'alice connect',
        'bob connect',
        'bob > {"t":"note","v":"hi"}',
        'alice > {"t":"ping","topic":"main","id":"c1"}',
        'bob > {"t":"ping","topic":"main","id":"c2"}',
      ],
    },
    {
      it: 'a name is known in the next item in order',
      scenario: alice(
        `  - { client: alice, expect: [ { check: n.bind, frame: { v: { $as: v } } }, { check: n.use, frame: { w: $(v) } } ] }`,
      ),
      script: ['alice < { v: 1 }', 'alice < { w: 1 }'],
      checks: 'n.bind pass, n.use pass',
    },
    {
      it: 'what is sent can bind, what the pack fills in as well',
      scenario: alice(`
        - { client: alice, send: { t: say, id: { $as: mine }, n: { $as: n, $repeat: [ab, 2] } } }
        - { client: alice, expect: { check: n.use, frame: { re: $(mine), n: $(n) } } }`),
      script: ['alice < { re: c1, n: abab }'],
      checks: 'n.use pass',
    },
    {
      it: "in a repeat a name is the turn's own, and a list afterwards",
      scenario: alice(`
        - { client: alice, expect: { repeat: [ { frame: { t: a, v: { $as: v } } }, { frame: { t: b, v: $(v) } } ], times: 2 } }
        - { client: alice, send: { t: note, first: $(v.0), all: $(v) } }`),
      script: ['alice < { t: a, v: 1 }', 'alice < { t: b, v: 1 }', 'alice < { t: a, v: 2 }', 'alice < { t: b, v: 2 }'],
      checks: '',
      asked: [
        'alice connect',
        'alice > {"t":"note","first":1,"all":[1,2]}',
        'alice > {"t":"ping","topic":"main","id":"c2"}',
      ],
    },
    {
      it: 'in a turn the value of the turn before is no match',
      scenario: alice(
        `  - { client: alice, expect: { repeat: [ { check: n.a, frame: { t: a, v: { $as: v } } }, { check: n.b, frame: { t: b, v: $(v) } } ], times: 2 } }`,
      ),
      script: ['alice < { t: a, v: 1 }', 'alice < { t: b, v: 1 }', 'alice < { t: a, v: 2 }', 'alice < { t: b, v: 1 }'],
      checks: 'n.a pass, n.b fail',
      failures: 'n.b unmet',
    },
    {
      it: 'a list of an open repeat has all that a barrier saw',
      scenario: alice(`
        - { client: alice, expect: { repeat: { frame: { t: a, v: { $as: v } } }, min: 1 }, until: barrier }
        - { client: alice, send: { t: note, all: $(v) } }`),
      script: ['alice < { t: a, v: 1 }', 'alice < { t: a, v: 2 }'],
      checks: '',
      asked: [
        'alice connect',
        'alice > {"t":"ping","topic":"main","id":"c1"}',
        'alice > {"t":"note","all":[1,2]}',
        'alice > {"t":"ping","topic":"main","id":"c3"}',
      ],
    },
    {
      it: 'a list of no turn is empty',
      scenario: alice(`
        - { client: alice, expect: { repeat: { frame: { t: a, v: { $as: v } } }, min: 0 }, until: barrier }
        - { client: alice, send: { t: note, all: $(v) } }`),
      checks: '',
      asked: [
        'alice connect',
        'alice > {"t":"ping","topic":"main","id":"c1"}',
        'alice > {"t":"note","all":[]}',
        'alice > {"t":"ping","topic":"main","id":"c3"}',
      ],
    },
    {
      it: 'wherever in the pattern it stands',
      scenario: alice(`
        - client: alice
          expect:
            repeat: { frame: { a: { $contains: [ { $as: v } ] }, j: { $json: { k: { $as: w } } }, l: [ { $string: {}, $as: x } ], o: { $oneOf: [ { $as: y } ] } } }
            min: 0
          until: barrier
        - { client: alice, send: { t: note, all: [ $(v), $(w), $(x), $(y) ] } }`),
      checks: '',
      asked: [
        'alice connect',
        'alice > {"t":"ping","topic":"main","id":"c1"}',
        'alice > {"t":"note","all":[[],[],[],[]]}',
        'alice > {"t":"ping","topic":"main","id":"c3"}',
      ],
    },
    {
      it: 'also where the next step begins at once',
      scenario: alice(`
        - { client: alice, expect: { repeat: { frame: { t: a, v: { $as: v } } }, min: 0, max: 2 } }
        - { client: alice, send: { t: note, all: $(v) } }`),
      checks: '',
      asked: ['alice connect', 'alice > {"t":"note","all":[]}', 'alice > {"t":"ping","topic":"main","id":"c2"}'],
    },
    {
      it: 'and all that came before a duration was over',
      scenario: alice(`
        - { client: alice, expect: { repeat: { frame: { t: a, v: { $as: v } } }, min: 1 }, until: 1 s }
        - { client: alice, send: { t: note, all: $(v) } }`),
      script: ['alice < { t: a, v: 1 }', 'alice < { t: a, v: 2 }'],
      checks: '',
      asked: ['alice connect', 'alice > {"t":"note","all":[1,2]}', 'alice > {"t":"ping","topic":"main","id":"c2"}'],
    },
    {
      it: 'a name of several clients goes to the client',
      scenario: both(`
        - { client: [alice, bob], send: { t: say }, expect: [ { frame: { t: ok, ip: { $as: ip } } }, { check: n.own, frame: { again: $(ip) } } ] }
        - { client: [alice, bob], send: { t: note, mine: $(self.ip), bobs: $(bob.ip) } }`),
      script: [
        'alice < { t: ok, id: c1, ip: 1 }',
        'bob < { t: ok, id: c1, ip: 2 }',
        'bob < { again: 2 }',
        'alice < { again: 1 }',
      ],
      checks: 'n.own pass',
      asked: [
        'alice connect',
        'bob connect',
        'alice > {"t":"say","id":"c1"}',
        'bob > {"t":"say","id":"c1"}',
        'alice > {"t":"note","mine":1,"bobs":2}',
        'bob > {"t":"note","mine":2,"bobs":2}',
        'alice > {"t":"ping","topic":"main","id":"c3"}',
        'bob > {"t":"ping","topic":"main","id":"c3"}',
      ],
    },
    {
      it: 'readings that contradict what was published are dropped',
      scenario: alice(`
        - { client: alice, expect: { oneOf: [ { frame: { v: { $as: v } } }, { inOrder: [ { frame: { w: { $as: v } } }, { check: n.more, frame: { t: more } } ] } ] } }
        - { client: alice, expect: { check: n.next, frame: { t: next } } }`),
      script: ['alice < { v: 1, w: 2 }', 'alice < { t: more }', 'alice < { t: next }'],
      checks: 'frames.unasked fail, n.next pass',
      failures: 'frames.unasked stray',
    },
    {
      it: 'a recipe gives names to its client, and its account',
      scenario: `
        clients: { bob: user }
        steps: [ { client: bob, send: { t: note, key: $(bob.key), name: $(self.account.name) } } ]`,
      script: ['bob < { t: ok, id: c1, key: 77 }'],
      checks: 'login.answered pass',
      asked: [
        'bob connect',
        'bob > {"t":"login","name":"u1","id":"c1"}',
        'bob > {"t":"note","key":77,"name":"u1"}',
        'bob > {"t":"ping","topic":"main","id":"c3"}',
      ],
    },
  ]);
});

describe('what the target did not give is not testable', () => {
  const given = (use: string) =>
    alice(`
    - { client: alice, expect: { check: n.given, frame: { t: x, v: { $as: v } } } }
    - { client: alice, ${use} }
    - { client: alice, expect: { check: n.behind, frame: {} } }`);
  const told = 'n.behind not-testable, n.given pass, n.use not-testable, steps.done not-testable';
  const row = (it: string, use: string, value = '{ a: 1 }', checks = told) => ({
    it,
    scenario: given(use),
    script: [`alice < { t: x, v: ${value} }`],
    checks,
  });
  const use = 'check: n.use';
  playRows([
    row('in what is sent', `send: { t: say, v: $(v.b) }, ${use}, expect: { frame: {} }`),
    row('in what is expected', `${use}, expect: { frame: { v: $(v.b) } }`),
    row('in what is forbidden', `${use}, never: { frame: { v: $(v.b) } }, until: barrier`),
    row('in text', `${use}, expect: { text: 'x $(v.b) y' }`),
    row('in connect', `connect: { path: "/$(v.b)" }, ${use}, expect: { frame: {} }`),
    row('in how late', `${use}, expect: { frame: {}, within: $(v.b) }`),
    row('in how early', `${use}, expect: { frame: {}, notBefore: $(v.b) }`),
    row('in how often is expected', `${use}, expect: { repeat: { frame: {} }, times: $(v.b) }`),
    row('in how often at least', `${use}, expect: { repeat: { frame: {} }, min: $(v.b), max: 9 }`),
    row('in how often is sent', `send: { t: say }, times: $(v.b), ${use}, expect: { frame: {} }`),
    row('in how long', `${use}, never: { frame: { t: y } }, until: $(v.b)`),
    row('a count that is text', `${use}, expect: { repeat: { frame: {} }, times: $(v.a) }`, '{ a: many }'),
    row('a count that is negative', `send: { t: say }, times: $(v.a), ${use}, expect: { frame: {} }`, '{ a: -1 }'),
    row(
      'a count that is half',
      `send: { t: say }, times: 3, window: $(v.a), ${use}, expect: { frame: {} }`,
      '{ a: 0.5 }',
    ),
    row('a duration without a unit', `${use}, expect: { frame: {}, within: $(v.a) }`, '{ a: 5 }'),
    row('a close code that is text', `close: { code: $(v.a) }, ${use}, expect: { closed: {} }`, '{ a: bye }'),
  ]);
  playRows([
    {
      it: 'a sum with the turn has its value in the turn',
      scenario: alice(`
        - { client: alice, expect: { check: n.given, frame: { t: x, v: { $as: v } } } }
        - { client: alice, expect: { check: n.use, repeat: { frame: { n: $(v.a + i) } }, times: 2 } }`),
      script: ['alice < { t: x, v: { a: 10 } }', 'alice < { n: 11 }', 'alice < { n: 12 }'],
      checks: 'n.given pass, n.use pass',
    },
    {
      it: 'none is a count: nothing is sent, and nothing expected',
      scenario: alice(`
        - { client: alice, expect: { check: n.given, frame: { t: x, v: { $as: v } } } }
        - { client: alice, send: { t: say }, times: $(v.a), expect: { repeat: { check: n.use, frame: {} }, times: $(v.a) } }`),
      script: ['alice < { t: x, v: { a: 0 } }'],
      checks: 'n.given pass',
    },
    {
      it: 'a name of the same expect that lacks the member is no failure of the item either',
      scenario: alice(
        `  - { client: alice, expect: [ { check: n.given, frame: { t: x, v: { $as: v } } }, { check: n.use, frame: { v: $(v.b) } } ] }`,
      ),
      script: ['alice < { t: x, v: { a: 1 } }', 'alice < { v: 1 }'],
      checks: 'n.given pass, n.use not-testable, steps.done not-testable',
    },
    {
      it: 'a further demand alone can be not testable: the scenario goes on',
      scenario: alice(`
        - { client: alice, expect: { check: n.given, frame: { t: x, v: { $as: v } }, verify: { check: n.use, frame: { w: $(v.b) } } } }
        - { client: alice, expect: { check: n.behind, frame: {} } }`),
      script: ['alice < { t: x, v: { a: 1 } }', 'alice < {}'],
      checks: 'n.behind pass, n.given pass, n.use not-testable',
    },
    {
      it: 'in what a source is asked',
      scenario: alice(`
        - { client: alice, expect: { check: n.given, frame: { t: x, v: { $as: v } } } }
        - { fetch: otp, with: { email: $(v.b) }, as: code }
        - { client: alice, expect: { check: n.behind, frame: {} } }`),
      script: ['alice < { t: x, v: { a: 1 } }'],
      checks: 'n.behind not-testable, n.given pass, steps.done not-testable',
    },
  ]);

  test('what is lacking is told', () => {
    const { outcome } = play(given(`send: { t: say, v: $(v.b) }`), ['alice < { t: x, v: { a: 1 } }']);
    expect(messages(outcome)[0]).toMatch(/^steps\.done not-testable not-testable: \$\(v\.b\) has no value: /);
  });
});

describe('names that are not surely bound', () => {
  test.each([
    [
      'twice',
      '- { client: alice, expect: { frame: { v: { $as: v } } } }\n  - { client: alice, expect: { frame: { v: { $as: v } } } }',
    ],
    [
      'too early',
      '- { client: alice, send: { t: say, v: $(v) } }\n  - { client: alice, expect: { frame: { v: { $as: v } } } }',
    ],
    [
      'of an optional',
      '- { client: alice, expect: [ { optional: { frame: { v: { $as: v } } } }, { frame: {} } ] }\n  - { client: alice, send: { t: say, v: $(v) } }',
    ],
    [
      'of an alternative',
      '- { client: alice, expect: { oneOf: [ { frame: { v: { $as: v } } }, { frame: {} } ] } }\n  - { client: alice, send: { t: say, v: $(v) } }',
    ],
    [
      'of a neighbour in any order',
      '- { client: alice, expect: { anyOrder: [ { frame: { v: { $as: v } } }, { frame: { w: $(v) } } ] } }',
    ],
  ])('%s', (_, steps) => expect(() => compile(alice(`  ${steps}`))).toThrow());
});
