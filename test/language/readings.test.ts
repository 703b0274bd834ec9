/** Language, section 6: readings, and replies. */
import { describe, expect, test } from 'vitest';
import { alice, both, playRows } from './rows.ts';
import { play } from './stage.ts';
import { checks, failures } from './told.ts';

describe('readings live on', () => {
  const step = (expectation: string) => `  - { client: alice, expect: ${expectation} }\n`;
  const a = '{ check: r.a, frame: { t: a } }';
  const b = '{ check: r.b, frame: { t: b } }';
  const c = '{ check: r.c, frame: { t: c } }';
  const letters = (word: string) => [...word].map(t => `alice < { t: ${t} }`);
  playRows([
    {
      it: 'the example of the page, late before 409',
      scenario: alice(
        step(
          `{ anyOrder: [ { inOrder: [ ${a}, ${b} ] }, ${c}, { optional: { check: r.late, frame: { t: late } } } ] }`,
        ) + step('{ check: r.no, frame: { t: z } }'),
      ),
      script: [...letters('abc'), 'alice < { t: late }', 'alice < { t: z }'],
      checks: 'r.a pass, r.b pass, r.c pass, r.late pass, r.no pass',
    },
    {
      it: 'late behind 409 is stray',
      scenario: alice(
        step(
          `{ anyOrder: [ { inOrder: [ ${a}, ${b} ] }, ${c}, { optional: { check: r.late, frame: { t: late } } } ] }`,
        ) + step('{ check: r.no, frame: { t: z } }'),
      ),
      script: [...letters('abcz'), 'alice < { t: late }'],
      checks: 'frames.unasked fail, r.a pass, r.b pass, r.c pass, r.no pass',
      failures: 'frames.unasked stray',
    },
    {
      it: 'b before a stays owed',
      scenario: alice(step(`{ anyOrder: [ { inOrder: [ ${a}, ${b} ] }, ${c} ] }`)),
      script: letters('bac'),
      checks: 'r.a pass, r.b fail, r.c pass',
      failures: 'r.b unmet',
    },
    {
      it: 'an open repeat goes on in the next step',
      scenario: alice(step(`{ repeat: ${a}, min: 1 }`) + step(b)),
      script: letters('aaab'),
      checks: 'r.a pass, r.b pass',
    },
    {
      it: 'and is over when what is behind it was taken',
      scenario: alice(step(`{ repeat: ${a}, min: 1 }`) + step(b)),
      script: letters('aba'),
      checks: 'frames.unasked fail, r.a pass, r.b pass',
      failures: 'frames.unasked stray',
    },
    {
      it: 'an alternative that begins another is read to its end',
      scenario: alice(step(`{ oneOf: [ ${a}, { inOrder: [ ${a}, ${b} ] } ] }`) + step(c)),
      script: letters('abc'),
      checks: 'r.a pass, r.b pass, r.c pass',
    },
    {
      it: 'or not begun',
      scenario: alice(step(`{ oneOf: [ ${a}, { inOrder: [ ${a}, ${b} ] } ] }`) + step(c)),
      script: letters('ac'),
      checks: 'r.a pass, r.c pass',
    },
    {
      it: 'what a later step begun is owed',
      scenario: alice(step(`{ oneOf: [ ${a}, { inOrder: [ ${a}, ${b}, ${b} ] } ] }`) + step(c)),
      script: letters('abc'),
      checks: 'r.a pass, r.b fail, r.c not-testable',
      failures: 'r.b unmet',
    },
    {
      it: 'until reads on for what readings can still take',
      scenario: alice(`  - { client: alice, expect: [ ${a}, { optional: ${b} } ], until: barrier }`),
      script: letters('ab'),
      checks: 'r.a pass, r.b pass',
    },
    {
      it: 'a barrier settles: what was optional is absent',
      scenario: alice(
        `  - { client: alice, expect: [ ${a}, { optional: ${b} } ], until: barrier }\n  - { client: alice, send: { t: note } }`,
      ),
      script: ['alice < { t: a }', 'alice pong', 'alice < { t: b }'],
      checks: 'frames.unasked fail, r.a pass',
      failures: 'frames.unasked stray',
    },
    {
      it: 'a barrier settles: what was begun is owed',
      scenario: alice(
        `  - { client: alice, expect: [ ${a}, { optional: [ ${b}, ${c} ] } ], until: barrier }\n  - { client: alice, expect: { check: r.next, frame: { t: z } } }`,
      ),
      script: letters('ab'),
      checks: 'r.a pass, r.b pass, r.c fail, r.next not-testable',
      failures: 'r.c unmet',
    },
    {
      it: 'the end sweep takes what remains',
      scenario: alice(step(`[ ${a}, { optional: ${b} } ]`)),
      script: letters('ab'),
      checks: 'r.a pass, r.b pass',
    },
    {
      it: 'the end sweep finds what was begun and is owed',
      scenario: alice(step(`[ ${a}, { optional: [ ${b}, ${c} ] } ]`)),
      script: letters('ab'),
      checks: 'r.a pass, r.b pass, r.c fail',
      failures: 'r.c unmet',
    },
    {
      it: 'an own close settles, too',
      scenario: alice(`${step(`[ ${a}, { optional: [ ${b}, ${c} ] } ]`)}  - { client: alice, close: {} }`),
      script: [...letters('ab'), 'alice closed'],
      checks: 'r.a pass, r.b pass, r.c fail',
      failures: 'r.c unmet',
    },
    {
      it: 'an own close takes what remains',
      scenario: alice(`${step(`[ ${a}, { optional: [ ${b}, ${c} ] } ]`)}  - { client: alice, close: {} }`),
      script: [...letters('abc'), 'alice closed'],
      checks: 'r.a pass, r.b pass, r.c pass',
    },
    {
      it: 'what is taken in several ways is decided when they have become one',
      scenario: alice(
        step(
          `{ oneOf: [ { inOrder: [ { check: r.first, frame: { t: a } }, ${b} ] }, { inOrder: [ { check: r.second, frame: { t: a } }, ${c} ] } ] }`,
        ),
      ),
      script: letters('ac'),
      checks: 'r.c pass, r.second pass',
    },
    {
      it: 'if it cannot be told, the first reading that may end decides',
      scenario: alice(
        `  - { client: alice, expect: { oneOf: [ { check: r.first, frame: { t: a } }, { check: r.second, frame: {} } ] }, until: barrier }`,
      ),
      script: letters('a'),
      checks: 'r.first pass',
    },
    {
      it: 'a lenient alternative is taken only if the strict one cannot be',
      scenario: alice(
        `  - { client: alice, expect: { check: r.code, oneOf: [ { closed: { code: 1009 } }, { grade: lenient, closed: { code: { $oneOf: [1002, 1009] } } } ] } }`,
      ),
      script: ['alice closed 1009'],
      checks: 'r.code pass',
    },
    {
      it: 'a lenient one passes and is marked',
      scenario: alice(
        `  - { client: alice, expect: { check: r.code, oneOf: [ { closed: { code: 1009 } }, { grade: lenient, closed: { code: { $oneOf: [1002, 1009] } } } ] } }`,
      ),
      script: ['alice closed 1002'],
      checks: 'r.code pass lenient',
    },
  ]);

  test('over 64 readings are a fault of the scenario', () => {
    const optionals = Array.from({ length: 9 }, () => '{ optional: { frame: {} } }').join(', ');
    const { outcome } = play(alice(step(`{ anyOrder: [ ${optionals}, ${a} ] }`)), letters('xxxxx'));
    expect(`${checks(outcome)} | ${failures(outcome)}`).toBe(
      'r.a not-testable, steps.done error | steps.done scenario',
    );
  });

  test('readings that bind the same in another order are equal', () => {
    const pairs = Array.from({ length: 5 }, (_, k) => `{ frame: { v: { $as: n${k} } } }`).join(', ');
    const { outcome } = play(
      alice(step(`{ anyOrder: [ ${pairs} ] }`)),
      Array.from({ length: 5 }, () => 'alice < { v: 1 }'),
    );
    expect(failures(outcome)).toBe('');
  });

  test('three thousand items that waited are all read', () => {
    const { outcome } = play(
      alice(`
      - { client: alice, send: { t: note } }
      - { client: alice, expect: { check: r.all, repeat: { frame: { n: $(i) } }, times: 3000 } }`),
      Array.from({ length: 3000 }, (_, k) => `alice < { n: ${k + 1} }`),
    );
    expect(checks(outcome)).toBe('r.all pass');
    const waited = play(
      both(`
      - { client: bob, send: { t: say }, expect: { frame: { t: ok } } }
      - { client: alice, expect: { check: r.all, repeat: { frame: { n: $(i) } }, times: 3000 } }`),
      [...Array.from({ length: 3000 }, (_, k) => `alice < { n: ${k + 1} }`), 'bob < { t: ok, id: c1 }'],
    );
    expect(checks(waited.outcome)).toBe('r.all pass');
  });
});

describe('replies', () => {
  playRows([
    {
      it: 'to several requests name no id by themselves',
      scenario: alice(
        `  - { client: alice, send: [ { t: say }, { t: say } ], expect: [ { check: p.one, frame: { t: ok } }, { check: p.two, frame: { t: ok } } ] }`,
      ),
      script: ['alice < { t: ok, id: c2 }', 'alice < { t: ok, id: c9 }'],
      checks: 'p.one pass, p.two pass',
    },
    {
      it: 'not to raw text either',
      scenario: alice(`  - { client: alice, raw: "x", expect: { check: p.one, frame: { t: no } } }`),
      script: ['alice < { t: no, id: c9 }'],
      checks: 'p.one pass',
    },
    {
      it: 'a pattern that names an id has its own',
      scenario: alice(`  - { client: alice, send: { t: say }, expect: { check: p.one, frame: { t: ok, id: $any } } }`),
      script: ['alice < { t: ok, id: c9 }'],
      checks: 'p.one pass',
    },
    {
      it: 'a reply without an id is none',
      scenario: alice(`  - { client: alice, send: { t: say }, expect: { check: p.one, frame: { t: ok } } }`),
      script: ['alice < { t: ok }'],
      checks: 'p.one fail',
      failures: 'p.one unmet',
    },
    {
      it: 'a frame of another kind asks for no id',
      scenario: alice(`  - { client: alice, send: { t: say }, expect: { check: p.one, frame: { t: said } } }`),
      script: ['alice < { t: said, id: c9 }'],
      checks: 'p.one pass',
    },
    {
      it: 'never is about all replies',
      scenario: alice(
        `  - { client: alice, send: { t: say }, never: { check: p.never, frame: { t: no } }, until: barrier }`,
      ),
      script: ['alice < { t: no, id: c9 }'],
      checks: 'p.never fail',
      failures: 'p.never forbidden',
    },
    {
      it: 'a request that names its id is asked for by it',
      scenario: alice(`  - { client: alice, send: { t: say, id: mine }, expect: { check: p.one, frame: { t: ok } } }`),
      script: ['alice < { t: ok, id: mine }'],
      checks: 'p.one pass',
    },
    {
      it: 'a request that is left open is asked for in later steps',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: [ { check: p.one, frame: { t: ok } }, { optional: { check: p.late, frame: { t: no } } } ] }
        - { client: alice, send: { t: say }, expect: { check: p.two, frame: { t: ok } } }`),
      script: ['alice < { t: ok, id: c1 }', 'alice < { t: no, id: c1 }', 'alice < { t: ok, id: c2 }'],
      checks: 'p.late pass, p.one pass, p.two pass',
    },
    {
      it: 'each of several clients has its own',
      scenario: both(`  - { client: [alice, bob], send: { t: say }, expect: { check: p.one, frame: { t: ok } } }`),
      script: ['alice < { t: ok, id: c1 }', 'bob < { t: ok, id: c1 }'],
      checks: 'p.one pass',
    },
  ]);
});
