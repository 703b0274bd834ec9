/** Language, section 5: windows and paces, and frames that break their schema. */
import { describe, expect, test } from 'vitest';
import { alice } from './rows.ts';
import { play } from './stage.ts';
import { checks, failures } from './told.ts';
import { toySchemas } from './toy-pack.ts';

describe('windows and paces', () => {
  const windowed = alice(`
    - client: alice
      send: { t: say, n: $(i) }
      times: 4
      window: 2
      expect: { check: say.ok, repeat: { frame: { t: ok, id: c$(i) } }, times: 4 }`);

  test('a window holds back what would be the third unanswered request', () => {
    const written = (...script: string[]) => play(windowed, script, { cut: true }).asked.length - 1;
    expect(written()).toBe(2);
    expect(written('alice < { t: noise }')).toBe(2);
    expect(written('alice < { t: ok, id: c1 }')).toBe(3);
    expect(written('alice < { t: ok, id: c1 }', 'alice < { t: ok, id: c2 }')).toBe(4);
  });

  test('an answer to something else makes no room', () => {
    expect(play(windowed, ['alice < { t: ok, id: zzz }'], { cut: true }).asked.length).toBe(3);
  });

  test('a windowed step is met when all is answered', () => {
    const { outcome } = play(
      windowed,
      [1, 2, 3, 4].map(n => `alice < { t: ok, id: c${n} }`),
    );
    expect(checks(outcome)).toBe('say.ok pass');
  });

  test('a pace puts the same time between all turns', () => {
    const { log, outcome } = play(
      alice(`
      - { client: alice, send: { t: note, n: $(i) }, times: 5, every: 300 ms }`),
    );
    const times = log.filter(event => event.event === 'written' && event.text?.includes('note')).map(event => event.t);
    expect(times).toEqual([0, 300_000, 600_000, 900_000, 1_200_000]);
    expect(failures(outcome)).toBe('');
  });

  test('patience does not run while our own pace holds the next write back', () => {
    const { outcome, log } = play(
      alice(`
      - client: alice
        send: { t: note, n: $(i) }
        times: 3
        every: 6 s
        expect: { check: say.echo, repeat: { frame: { n: $(i) } }, times: 3 }`),
      ['@10 alice < { n: 1 }', '@6010 alice < { n: 2 }', '@12010 alice < { n: 3 }'],
    );
    expect(checks(outcome)).toBe('say.echo pass');
    expect(log.filter(event => event.event === 'due').map(event => event.t)).toEqual([6_000_000, 12_000_000]);
  });

  test('what comes while a step only sends is left to the step behind it', () => {
    const { outcome } = play(
      alice(`
      - { client: alice, send: { t: note, n: $(i) }, times: 3, every: 1 s }
      - { client: alice, expect: { check: say.echo, repeat: { frame: { n: $any } }, times: 3 } }`),
      ['@10 alice < { n: 1 }', '@1010 alice < { n: 2 }', '@2010 alice < { n: 3 }'],
    );
    expect({ checks: checks(outcome), failures: failures(outcome) }).toEqual({ checks: 'say.echo pass', failures: '' });
  });

  test('where the connection ends while a step only sends, its next write fails', () => {
    const { outcome } = play(
      alice(`
      - { client: alice, send: { t: note, n: $(i) }, times: 3, every: 1 s }
      - { client: alice, expect: { check: say.closed, closed: { code: 1000 } } }`),
      ['@10 alice closed 1000'],
    );
    expect({ checks: checks(outcome), failures: failures(outcome) }).toEqual({
      checks: 'say.closed not-testable, steps.done fail',
      failures: 'steps.done closed',
    });
  });

  test('a pace and a window hold both', () => {
    const steps = alice(`
      - client: alice
        send: { t: say, n: $(i) }
        times: 3
        every: 1 s
        window: 1
        expect: { check: say.ok, repeat: { frame: { t: ok, id: c$(i) } }, times: 3 }`);
    const { log, outcome } = play(steps, [
      '@100 alice < { t: ok, id: c1 }',
      '@2500 alice < { t: ok, id: c2 }',
      '@3600 alice < { t: ok, id: c3 }',
    ]);
    expect(checks(outcome)).toBe('say.ok pass');
    const times = log.filter(event => event.event === 'written' && event.text?.includes('say')).map(event => event.t);
    expect(times).toEqual([0, 1_000_000, 2_500_000]);
  });
});

describe('frames that break their schema', () => {
  const outcomeOf = (steps: string, script: readonly string[] = []) => {
    const { outcome, asked } = play(alice(steps), script, { schemas: toySchemas });
    return { told: `${checks(outcome)} | ${failures(outcome)}`, sent: asked.slice(1) };
  };

  test.each([
    ['a valid frame leaves', '- { client: alice, send: { t: say, text: hi } }', ' | ', 2],
    [
      'an invalid one is a fault of the scenario, and does not leave',
      '- { client: alice, send: { t: say, text: 5 } }',
      'steps.done error | steps.done scenario',
      0,
    ],
    [
      'one of an unknown kind, too',
      '- { client: alice, send: { t: shout } }',
      'steps.done error | steps.done scenario',
      0,
    ],
    [
      'nor do valid ones before it in the list',
      '- { client: alice, send: [ { t: say, text: hi }, { t: say, text: 5 } ] }',
      'steps.done error | steps.done scenario',
      0,
    ],
    ['`invalid` lets it go', '- { client: alice, send: { t: say, text: 5 }, invalid: true }', ' | ', 2],
    [
      '`invalid` is content with one of several',
      '- { client: alice, send: [ { t: say, text: hi }, { t: say, text: 5 } ], invalid: true }',
      ' | ',
      3,
    ],
    [
      '`invalid` without an invalid frame is a fault',
      '- { client: alice, send: { t: say, text: hi }, invalid: true }',
      'steps.done error | steps.done scenario',
      undefined,
    ],
    [
      'so it is over all turns',
      '- { client: alice, send: { t: say, text: hi }, times: 2, invalid: true }',
      'steps.done error | steps.done scenario',
      undefined,
    ],
    ['raw text is not validated', '- { client: alice, raw: "{\\"t\\":\\"say\\"}" }', ' | ', 2],
  ])('%s', (_, steps, told, sent) => {
    const came = outcomeOf(steps);
    expect(came.told).toBe(told);
    if (sent !== undefined) expect(came.sent.length).toBe(sent);
  });

  test('an invalid frame stays one when its answer comes', () => {
    const steps = `- { client: alice, send: { t: say, text: 5 }, times: 1, window: 1, invalid: true, expect: [ { check: say.ok, frame: { t: ok } }, { check: say.too, frame: { t: ok } } ] }`;
    const { outcome } = play(alice(steps), ['alice < { t: ok, id: c1 }', 'alice < { t: ok, id: c1 }'], {
      schemas: toySchemas,
    });
    expect(checks(outcome)).toBe('say.ok pass, say.too pass');
  });
});
