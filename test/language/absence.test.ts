/** Language, section 9. */
import { describe, expect, test } from 'vitest';
import { alice, both, playRows } from './rows.ts';
import { play } from './stage.ts';
import { checks, failures } from './told.ts';
import { toySchemas } from './toy-pack.ts';

const never = 'never: { check: a.never, frame: { t: bad } }';

describe('barriers', () => {
  playRows([
    {
      it: 'is sent when expect is met, and judges all before its answer',
      scenario: alice(
        `  - { client: alice, send: { t: say }, expect: { check: a.ok, frame: { t: ok } }, ${never}, until: barrier }`,
      ),
      script: ['alice < { t: ok, id: c1 }', 'alice < { t: bad }', 'alice pong'],
      checks: 'a.never fail, a.ok pass',
      failures: 'a.never forbidden',
      asked: [
        'alice connect',
        'alice > {"t":"say","id":"c1"}',
        'alice > {"t":"ping","topic":"main","id":"c2"}',
        'alice > {"t":"ping","topic":"main","id":"c3"}',
      ],
    },
    {
      it: 'judges nothing behind its answer',
      scenario: alice(`
        - { client: alice, ${never}, until: barrier }
        - { client: alice, expect: { check: a.later, frame: { t: bad } } }`),
      script: ['alice pong', 'alice < { t: bad }'],
      checks: 'a.later pass, a.never pass strong',
    },
    {
      it: 'takes parameters',
      scenario: alice(`  - { client: alice, ${never}, until: { barrier: { topic: grp } } }`),
      checks: 'a.never pass strong',
      asked: [
        'alice connect',
        'alice > {"t":"ping","topic":"grp","id":"c1"}',
        'alice > {"t":"ping","topic":"main","id":"c2"}',
      ],
    },
    {
      it: 'has its own answer only: that of another request is stray',
      scenario: alice(`  - { client: alice, send: { t: note }, until: barrier }`),
      script: ['alice < { t: pong, id: c9 }', 'alice pong'],
      checks: 'frames.unasked fail',
      failures: 'frames.unasked stray',
    },
    {
      it: 'may be answered in another way, if the pack says so',
      scenario: alice(`  - { client: alice, ${never}, until: barrier }`),
      script: ['alice < { t: no, id: c1, why: topic }'],
      checks: 'a.never pass strong',
    },
    {
      it: 'its answer is seen by nothing else',
      scenario: alice(
        `  - { client: alice, expect: { optional: { check: a.pong, frame: { t: pong } } }, never: { check: a.any, frame: {} }, until: barrier }`,
      ),
      checks: 'a.any pass strong',
    },
    {
      it: 'without an answer is hard',
      scenario: both(`
        - { client: alice, send: { t: say }, expect: { check: a.ok, frame: { t: ok } }, ${never}, until: barrier }
        - { client: bob, expect: { check: a.next, frame: {} } }`),
      silent: ['alice'],
      script: ['alice < { t: ok, id: c1 }'],
      checks: 'a.never not-testable, a.next not-testable, a.ok pass, steps.done fail',
      failures: 'steps.done barrier',
    },
    {
      it: 'that cannot be written is hard',
      scenario: alice(`  - { client: alice, ${never}, until: barrier }`),
      byHand: true,
      script: ['alice > written', 'alice > failed'],
      checks: 'a.never not-testable, steps.done fail',
      failures: 'steps.done closed',
    },
    {
      it: 'on a connection that has ended is hard',
      scenario: alice(`  - { client: alice, expect: { check: a.end, closed: {} }, ${never}, until: barrier }`),
      script: ['alice closed 1000'],
      checks: 'a.end pass, a.never not-testable, steps.done fail',
      failures: 'steps.done barrier',
    },
    {
      it: 'an end before its answer is hard',
      scenario: alice(`  - { client: alice, ${never}, until: barrier }`),
      silent: ['alice'],
      script: ['alice closed 1000'],
      checks: 'a.never not-testable, steps.done fail',
      failures: 'steps.done closed',
    },
    {
      it: 'several clients have one each',
      scenario: both(`  - { client: [alice, bob], ${never}, until: barrier }`),
      script: ['bob pong', 'bob < { t: x }', 'alice < { t: bad }', 'alice pong'],
      checks: 'a.never fail strong, frames.unasked fail',
      failures: 'a.never forbidden, frames.unasked stray',
    },
  ]);

  test('its answer has a form as well', () => {
    const { outcome } = play(
      alice(`  - { client: alice, ${never}, until: barrier }`),
      ['alice < { t: pong, id: c1, load: high }'],
      { schemas: toySchemas },
    );
    expect(`${checks(outcome)} | ${failures(outcome)}`).toBe(
      'a.never pass strong, frames.valid fail | frames.valid invalid-frame',
    );
  });
});

describe('grades', () => {
  const observed = (before: string, observer = 'bob') =>
    both(`${before}\n  - { client: ${observer}, ${never}, until: barrier }`);
  const row = (it: string, before: string, grade: string) => ({
    it,
    scenario: observed(before),
    script: ['alice < { t: ok, id: c1 }'],
    checks: `a.never pass ${grade}`,
  });
  playRows([
    row(
      'strong: whoever wrote last had its barrier before',
      '  - { client: alice, send: { t: say }, expect: { frame: { t: ok } }, until: barrier }',
      'strong',
    ),
    row(
      'own: whoever wrote last had none',
      '  - { client: alice, send: { t: say }, expect: { frame: { t: ok } } }',
      'own',
    ),
    row(
      'own: it wrote again behind it',
      '  - { client: alice, send: { t: say }, expect: { frame: { t: ok } }, until: barrier }\n  - { client: alice, send: { t: note } }',
      'own',
    ),
    row(
      'strong: the observer itself was the cause',
      '  - { client: alice, send: { t: say }, expect: { frame: { t: ok } } }\n  - { client: bob, send: { t: note } }',
      'strong',
    ),
  ]);
  playRows([
    {
      it: 'own: of two causes one had its barrier',
      scenario: `
        clients: { alice: connected, bob: connected, carol: connected }
        steps:
          - { client: [alice, carol], send: { t: note } }
          - { client: alice, until: barrier }
          - { client: bob, ${never}, until: barrier }`,
      checks: 'a.never pass own',
    },
    {
      it: 'strong: both had theirs',
      scenario: `
        clients: { alice: connected, bob: connected, carol: connected }
        steps:
          - { client: [alice, carol], send: { t: note } }
          - { client: [alice, carol], until: barrier }
          - { client: bob, ${never}, until: barrier }`,
      checks: 'a.never pass strong',
    },
    {
      it: 'own: the cause does its barrier at the same time, however the answers are logged',
      scenario: both(`
        - { client: alice, send: { t: note } }
        - { client: [alice, bob], ${never}, until: barrier }`),
      script: ['alice pong', 'bob pong'],
      checks: 'a.never pass own',
    },
    {
      it: 'own: the cause acts in this very step',
      scenario: both(`  - { client: [alice, bob], send: { t: note }, ${never}, until: barrier }`),
      script: ['alice pong', 'bob pong'],
      checks: 'a.never pass own',
    },
    {
      it: 'own: a barrier before a close proves nothing of the close',
      scenario: both(`
        - { client: alice, until: barrier }
        - { client: alice, close: {} }
        - { client: bob, ${never}, until: barrier }`),
      script: ['alice pong', 'alice closed 1000'],
      checks: 'a.never pass own',
    },
    {
      it: 'own: nor does one before connecting anew',
      scenario: both(`
        - { client: alice, until: barrier }
        - { client: alice, connect: {} }
        - { client: bob, ${never}, until: barrier }`),
      checks: 'a.never pass own',
    },
    {
      it: 'weak: a duration has passed',
      scenario: alice(`  - { client: alice, send: { t: say }, ${never}, until: 1 s }`),
      checks: 'a.never pass weak',
    },
    {
      it: 'weak: the quiet time of a transport',
      scenario: `
        clients: { dan: { as: connected, transport: dgram } }
        steps: [ { client: dan, send: { t: note }, ${never}, until: barrier } ]`,
      checks: 'a.never pass weak',
      asked: ['dan connect', 'dan > {"t":"note"}'],
    },
    {
      it: 'the weakest of several is told',
      scenario: both(`
        - { client: alice, ${never}, until: barrier }
        - { client: bob, ${never}, until: 20 ms }`),
      checks: 'a.never pass weak',
    },
  ]);
});

describe('until a duration', () => {
  const step = alice(
    `  - { client: alice, send: { t: say }, expect: { check: a.ok, frame: { t: ok } }, ${never}, until: 1 s }\n  - { client: alice, expect: { check: a.later, frame: { t: bad } } }`,
  );
  playRows([
    {
      it: 'counts from the origin of the step',
      scenario: step,
      script: ['@900 alice < { t: ok, id: c1 }', '@1001 alice < { t: bad }'],
      checks: 'a.later pass, a.never pass weak, a.ok pass',
    },
    {
      it: 'what comes before is judged',
      scenario: step,
      script: ['@900 alice < { t: ok, id: c1 }', '@999 alice < { t: bad }', 'alice < { t: bad }'],
      checks: 'a.later pass, a.never fail weak, a.ok pass'.replace(' weak', ''),
      failures: 'a.never forbidden',
    },
    {
      it: 'is over at once if the expect was met later',
      scenario: step,
      script: ['@1900 alice < { t: ok, id: c1 }', '@1901 alice < { t: bad }'],
      checks: 'a.later pass, a.never pass weak, a.ok pass',
    },
    {
      it: 'is no settlement: what is optional may come later',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: [ { check: a.ok, frame: { t: ok } }, { optional: { check: a.late, frame: { t: late } } } ], until: 1 s }
        - { client: alice, expect: { check: a.next, frame: { t: next } } }`),
      script: ['alice < { t: ok, id: c1 }', '@2000 alice < { t: late }', 'alice < { t: next }'],
      checks: 'a.late pass, a.next pass, a.ok pass',
    },
  ]);
});

describe('the end sweep', () => {
  playRows([
    {
      it: 'sees copies',
      scenario: alice(`  - { client: alice, send: { t: say }, expect: { check: a.ok, frame: { t: ok } } }`),
      script: ['alice < { t: ok, id: c1 }', 'alice < { t: ok, id: c1 }'],
      checks: 'a.ok pass, frames.unasked fail',
      failures: 'frames.unasked stray',
    },
    {
      it: 'sees leaks to clients that have done nothing',
      scenario: both(`  - { client: alice, send: { t: note } }`),
      script: ['bob < { t: secret }'],
      checks: 'frames.unasked fail',
      failures: 'frames.unasked stray',
    },
    {
      it: 'waits for nothing that comes behind the barrier',
      scenario: alice(`  - { client: alice, send: { t: note } }`),
      script: ['alice pong', 'alice < { t: late }'],
      checks: '',
    },
    {
      it: 'does no barrier on what has been closed',
      scenario: alice(`  - { client: alice, close: {} }`),
      script: ['alice closed 1000'],
      checks: '',
      asked: ['alice connect', 'alice close'],
    },
    {
      it: 'reads what waited for a client whose end nothing took',
      scenario: both(`  - { client: alice, send: { t: say }, expect: { check: a.ok, frame: { t: ok } } }`),
      script: ['bob < { t: secret }', 'bob closed 1000', 'alice < { t: ok, id: c1 }'],
      checks: 'a.ok pass, frames.unasked fail, steps.done fail',
      failures: 'frames.unasked stray, steps.done closed',
    },
    {
      it: 'an end in it that nothing took is hard',
      scenario: both(`  - { client: alice, send: { t: note } }`),
      script: ['alice closed 1011'],
      checks: 'steps.done fail',
      failures: 'steps.done closed',
    },
    {
      it: 'a barrier in it that is not answered is hard',
      scenario: alice(`  - { client: alice, send: { t: note } }`),
      silent: ['alice'],
      checks: 'steps.done fail',
      failures: 'steps.done barrier',
    },
    {
      it: 'is the quiet time where there is no barrier',
      scenario: `
        clients: { dan: { as: connected, transport: dgram } }
        steps: [ { client: dan, send: { t: note } } ]`,
      script: ['@199 dan < { t: late }'],
      checks: 'frames.unasked fail',
      failures: 'frames.unasked stray',
    },
    {
      it: 'and not longer',
      scenario: `
        clients: { dan: { as: connected, transport: dgram } }
        steps: [ { client: dan, send: { t: note } } ]`,
      script: ['@201 dan < { t: late }'],
      checks: '',
    },
    {
      it: 'is what has come where there is neither',
      scenario: `
        clients: { web: { as: connected, transport: web }, alice: connected }
        steps:
          - { client: web, http: { path: /a } }
          - { client: alice, send: { t: say }, expect: { check: a.ok, frame: { t: ok } } }`,
      script: ['web <http 200 { t: what }', 'alice < { t: ok, id: c1 }'],
      checks: 'a.ok pass, frames.unasked fail',
      failures: 'frames.unasked stray',
    },
    {
      it: 'an own close judges what comes before the end',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: [ { check: a.ok, frame: { t: ok } }, { optional: { check: a.late, frame: { t: late } } } ] }
        - { client: alice, close: {} }`),
      script: ['alice < { t: ok, id: c1 }', 'alice < { t: late }', 'alice < { t: late }', 'alice closed 1000'],
      checks: 'a.late pass, a.ok pass, frames.unasked fail',
      failures: 'frames.unasked stray',
    },
  ]);

  test('blames the last step of the client', () => {
    const { outcome, machine } = play(
      both(`
      - { client: bob, send: { t: note } }
      - { client: alice, send: { t: note } }`),
      ['bob < { t: secret }'],
    );
    const step = machine.plan.steps.find(each => each.kind === 'client' && each.act && each.clients.includes('bob'))!;
    expect(outcome.failures.map(each => [each.step, each.span.line])).toEqual([[step.index, step.span.line]]);
  });
});
