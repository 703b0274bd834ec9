/** Language, section 6: what becomes of each thing that arrives. */
import { describe, expect, test } from 'vitest';
import { alice, both, playRows } from './rows.ts';
import { play } from './stage.ts';
import { checks, failures } from './told.ts';
import { toySchemas } from './toy-pack.ts';

const web = (steps: string) => `clients: { web: { as: connected, transport: web } }\nsteps:\n${steps}`;

describe('the five fates', () => {
  playRows([
    {
      it: 'foreign comes first: even what is asked for is not there',
      scenario: alice(`  - { client: alice, expect: { check: f.alien, frame: { t: alien } } }`),
      script: ['alice < { t: alien }'],
      checks: 'f.alien fail',
      failures: 'f.alien unmet',
    },
    {
      it: 'taken comes before forbidden',
      scenario: alice(
        `  - { client: alice, expect: { check: f.a, frame: { t: a } }, never: { check: f.never, frame: { t: a } }, until: barrier }`,
      ),
      script: ['alice < { t: a }'],
      checks: 'f.a pass, f.never pass strong',
    },
    {
      it: 'forbidden comes before ignored',
      scenario: alice(`  - { client: alice, never: { check: f.never, frame: { t: noise } }, until: barrier }`),
      script: ['alice < { t: noise }'],
      checks: 'f.never fail',
      failures: 'f.never forbidden',
    },
    {
      it: 'ignored comes before stray',
      scenario: alice(`  - { client: alice, until: barrier }`),
      script: ['alice < { t: noise }', 'alice < { t: what }'],
      checks: 'frames.unasked fail',
      failures: 'frames.unasked stray',
    },
    {
      it: 'every violation of a never is told, of the first that matches',
      scenario: alice(
        `  - { client: alice, never: [ { check: f.a, frame: { t: a } }, { check: f.any, frame: {} } ], until: barrier }`,
      ),
      script: ['alice < { t: a }', 'alice < { t: b }', 'alice < { t: a }'],
      checks: 'f.a fail, f.any fail',
      failures: 'f.a forbidden, f.any forbidden, f.a forbidden',
    },
    {
      it: 'without until never covers what comes before the last item',
      scenario: alice(`
        - { client: alice, expect: { check: f.b, frame: { t: b } }, never: { check: f.never, frame: { t: a } } }
        - { client: alice, expect: { check: f.a, frame: { t: a } } }`),
      script: ['alice < { t: b }', 'alice < { t: a }'],
      checks: 'f.a pass, f.b pass, f.never pass',
    },
    {
      it: 'and what came before the step, too',
      scenario: alice(`
        - { client: alice, send: { t: note } }
        - { client: alice, expect: { check: f.b, frame: { t: b } }, never: { check: f.never, frame: { t: a } } }`),
      script: ['alice < { t: a }', 'alice < { t: b }'],
      checks: 'f.b pass, f.never fail',
      failures: 'f.never forbidden',
    },
    {
      it: 'a forbidden end is told, and then it is over',
      scenario: alice(
        `  - { client: alice, expect: { check: f.a, frame: { t: a } }, never: { check: f.open, closed: {} } }`,
      ),
      script: ['alice closed 1000'],
      checks: 'f.a fail, f.open fail',
      failures: 'f.open forbidden, f.a unmet',
    },
    {
      it: 'what an HTTP client must not be told',
      scenario: web(
        `  - { client: web, http: { path: /a }, expect: { check: f.a, http: { status: 404 } }, never: { check: f.secret, frame: { secret: $any } } }`,
      ),
      script: ['web <http 200 { secret: 1 }', 'web <http 404'],
      checks: 'f.a pass, f.secret fail',
      failures: 'f.secret forbidden',
    },
  ]);
});

describe('the nearest list of what is ignored counts alone', () => {
  const ignoring = (client: string, { ofScenario = '', ofStep = '' } = {}) => `
    clients: { alice: ${client} }
    ${ofScenario}
    steps: [ { client: alice, connect: {}, ${ofStep} until: barrier } ]`;
  test.each<readonly [string, string, number]>([
    ['the pack', ignoring('offline'), 2],
    ['the actor', ignoring('lonely'), 2],
    ['the scenario', ignoring('lonely', { ofScenario: 'ignore: [ { t: lull }, { t: hum } ]' }), 1],
    ['the client', ignoring('{ as: lonely, ignore: { t: hum } }', { ofScenario: 'ignore: [ { t: lull } ]' }), 2],
    ['the step', ignoring('{ as: offline, ignore: { t: hum } }', { ofStep: 'ignore: [ {} ],' }), 0],
    ['an empty list', ignoring('offline', { ofStep: 'ignore: [],' }), 3],
  ])('%s', (_, scenario, strays) => {
    const { outcome } = play(scenario, ['alice < { t: noise }', 'alice < { t: lull }', 'alice < { t: hum }']);
    expect(outcome.failures.map(({ failure }) => failure!.kind)).toEqual(Array.from({ length: strays }, () => 'stray'));
  });

  test('in the end sweep that of the client', () => {
    const scenario = `
      clients: { alice: { as: connected, ignore: { t: hum } } }
      steps: [ { client: alice, send: { t: note }, ignore: [], until: barrier } ]`;
    const { outcome } = play(scenario, ['alice pong', 'alice < { t: hum }', 'alice < { t: noise }']);
    expect(failures(outcome)).toBe('frames.unasked stray');
  });
});

describe('strays', () => {
  playRows([
    {
      it: 'of a step that stays unmet are evidence and decide nothing',
      scenario: alice(`  - { client: alice, send: { t: say }, expect: { check: s.ok, frame: { t: ok } } }`),
      script: ['alice < { t: no, id: c1 }', 'alice < { t: what }'],
      checks: 's.ok fail',
      failures: 's.ok unmet',
    },
    {
      it: 'of a step that is met after all are failures',
      scenario: alice(`  - { client: alice, send: { t: say }, expect: { check: s.ok, frame: { t: ok } } }`),
      script: ['alice < { t: no, id: c1 }', 'alice < { t: ok, id: c1 }'],
      checks: 'frames.unasked fail, s.ok pass',
      failures: 'frames.unasked stray',
    },
    {
      it: 'an answer to another request is stray',
      scenario: alice(`  - { client: alice, send: { t: say }, expect: { check: s.ok, frame: { t: ok } } }`),
      script: ['alice < { t: ok, id: c7 }', 'alice < { t: ok, id: c1 }'],
      checks: 'frames.unasked fail, s.ok pass',
      failures: 'frames.unasked stray',
    },
    {
      it: 'in the end sweep they are blamed on the last step of the client',
      scenario: both(`
        - { client: alice, send: { t: note } }
        - { client: bob, send: { t: note } }`),
      script: ['alice < { t: what }'],
      checks: 'frames.unasked fail',
      failures: 'frames.unasked stray',
    },
  ]);

  test('evidence holds all that came, and what came nearest', () => {
    const { outcome } = play(alice(`  - { client: alice, expect: { check: s.ok, frame: { t: ok, n: 1 } } }`), [
      'alice < { t: what }',
      'alice < { t: ok, n: 2 }',
      'alice < { t: noise }',
    ]);
    const failure = outcome.failures[0]!.failure!;
    expect(failure.meanwhile!.map(each => each.text)).toEqual(['{"t":"what"}', '{"t":"ok","n":2}']);
    expect(failure.nearest!.arrival.text).toBe('{"t":"ok","n":2}');
  });

  test('what breaks its schema is evidence, too, and one failure', () => {
    const options = { schemas: toySchemas };
    const { outcome } = play(
      alice(`  - { client: alice, expect: { check: s.said, frame: { t: said, text: hi } } }`),
      ['alice < { t: said }'],
      options,
    );
    expect(failures(outcome)).toBe('frames.valid invalid-frame, s.said unmet');
    expect(outcome.failures[1]!.failure!.nearest!.arrival.text).toBe('{"t":"said"}');
    const met = play(
      alice(`  - { client: alice, expect: { check: s.said, frame: { t: said, text: hi } } }`),
      ['alice < { t: said }', 'alice < { t: said, text: hi }'],
      options,
    );
    expect(failures(met.outcome)).toBe('frames.valid invalid-frame');
  });

  test('what breaks its schema and is taken fails only that', () => {
    const { outcome } = play(
      alice(`  - { client: alice, expect: { check: s.said, frame: { t: said } } }`),
      ['alice < { t: said }'],
      { schemas: toySchemas },
    );
    expect(`${checks(outcome)} | ${failures(outcome)}`).toBe(
      'frames.valid fail, s.said pass | frames.valid invalid-frame',
    );
  });
});
