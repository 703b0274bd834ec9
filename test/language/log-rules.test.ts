/** Language, section 1: what a re-judge takes from the log; and what of a failure is kept. */
import { expect, test } from 'vitest';
import type { LogEvent } from '../../src/evidence/events.ts';
import { alice, both } from './rows.ts';
import { judge, play } from './stage.ts';
import { checks, failures, messages } from './told.ts';

const asking = alice(`  - { client: alice, send: { t: say, n: 1 }, expect: { check: l.ok, frame: { t: ok } } }`);

function rewritten(log: readonly LogEvent[], from: string, to: string): readonly LogEvent[] {
  return log.map(event => (event.event === 'written' && event.text === from ? { ...event, text: to } : event));
}

test('what was written is taken from the log, its id too', () => {
  const { log, machine } = play(asking, ['alice < { t: ok, id: other }']);
  const outcome = judge(machine, rewritten(log, '{"t":"say","n":1,"id":"c1"}', '{"t":"say","n":2,"id":"other"}'));
  expect({ checks: checks(outcome), diverged: outcome.diverged }).toEqual({ checks: 'l.ok pass', diverged: true });
});

test('a log without what the scenario asks for is judged as far as it goes', () => {
  const { log, machine } = play(asking, ['alice < { t: ok, id: c1 }']);
  for (let k = 0; k < log.length; k++) expect(judge(machine, log.slice(0, k)).complete).toBe(false);
  expect(judge(machine, log).complete).toBe(true);
});

test('the first twenty failures are kept, the others are counted', () => {
  const { outcome } = play(
    alice(`  - { client: alice, send: { t: note }, never: { check: l.never, frame: { t: bad } }, until: barrier }`),
    Array.from({ length: 25 }, () => 'alice < { t: bad }'),
  );
  expect(outcome.failures.map(({ failure }) => failure!.nearest !== undefined)).toEqual(
    Array.from({ length: 20 }, () => true),
  );
  expect(outcome.checks.find(({ check }) => check === 'l.never')!.decisions).toBe(25);
  expect(outcome.notes).toEqual(['l.never failed 5 more times']);
});

test('failures come in the order of the scenario, whatever came first', () => {
  const { outcome } = play(
    both(`
      - { client: [alice, bob], expect: { check: l.a, frame: { t: a }, verify: { check: l.n, frame: { n: 1 } } } }
      - { client: bob, expect: { check: l.b, frame: { t: b } } }`),
    ['bob < { t: a, n: 2 }', 'alice < { t: a, n: 3 }'],
  );
  expect(outcome.failures.map(({ step, client, check }) => `${step} ${client} ${check}`)).toEqual([
    '2 0 l.n',
    '2 1 l.n',
    '3 1 l.b',
  ]);
});

test('frames are counted', () => {
  const { outcome } = play(asking, ['alice < { t: batch, of: [ { t: noise }, { t: ok, id: c1 } ] }']);
  expect([outcome.framesSent, outcome.framesReceived]).toEqual([2, 3]);
});

test.each([
  [
    'more than a million writes',
    'send: { t: note }, times: 1000001',
    'the step writes more than 1000000 times: send less often',
  ],
  [
    'a filler in too small a frame',
    'send: { t: note, x: { $fill: 5 } }',
    '$fill asks for a frame of 5 bytes, but the frame has 19 without any filler: ask for more, or send less beside it',
  ],
])('%s are a fault of the scenario', (_, act, message) => {
  const { outcome } = play(alice(`  - { client: alice, ${act} }`));
  expect([failures(outcome), messages(outcome)[0]]).toEqual([
    'steps.done scenario',
    `steps.done error scenario: ${message}`,
  ]);
});

test('a filled frame has exactly so many bytes', () => {
  const { asked } = play(alice(`  - { client: alice, send: { t: say, x: { $fill: 100 } } }`));
  expect(asked[1]!.length - 'alice > '.length).toBe(100);
});

test('the bodies of HTTP requests', () => {
  const { asked, outcome } = play(`
    clients: { web: { as: connected, transport: web } }
    steps:
      - { client: web, http: { path: "/a?x=1", query: { y: 2 }, body: plain, headers: { X-One: 1 } } , times: 2 }
      - { client: web, http: { form: [ { name: file, filename: a.txt, type: text/plain, content: hi } ] } }
      - { client: web, send: [ { t: say }, { t: note } ] }`);
  expect(failures(outcome)).toBe('');
  expect(asked.slice(1)).toEqual([
    'web > POST /a?x=1&y=2 plain',
    'web > POST /a?x=1&y=2 plain',
    'web > POST  --antiphon-abcd1234\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhi\r\n--antiphon-abcd1234--\r\n',
    'web > POST  {"t":"say","id":"c1"}',
    'web > POST  {"t":"note"}',
  ]);
});
