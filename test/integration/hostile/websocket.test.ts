import { beforeAll, describe, expect, test } from 'vitest';
import { listenWebSocket } from './raw-peers.ts';
import { evidenceOf, failuresOf, type Run, testRun } from './run-antiphon.ts';
import { writePack } from './small-pack.ts';
import { ends, frames, handshakes, oddities } from './websocket-misbehaviours.ts';

const all = { ...handshakes, ...frames, ...ends, ...oddities };

/** One run against all of them at once: the path says what the server is to do wrong. */
const scenario = `antiphon: 1
scenario: What is asked is answered
protocol: small
transports: [websocket]
cases:
${Object.keys(all)
  .map(name => `  - { name: ${name} }`)
  .join('\n')}
clients: { alice: offline }
steps:
  - client: alice
    connect: { path: "/$(case.name)" }
    send: { type: ask }
    expect: { check: ask.answered, frame: { type: answer } }
`;

let run: Run;

beforeAll(async () => {
  const port = await listenWebSocket(peer => all[peer.path.slice(1)]?.(peer));
  const target = `ws://127.0.0.1:${port}/`;
  run = await testRun([writePack({ 'ask.yaml': scenario }), '--target', target, '--timeout', '700ms', '--jobs', '99']);
});

const refused = 'ask.answered refused';
const closed = 'ask.answered closed';
const invalid = 'frames.valid invalid-frame';
const answer = 'expected an answer to the WebSocket handshake by HOST, came';

test('a run of nothing but trouble ends, in little memory, with exit code 1', () => {
  expect(run.code).toBe(1);
  expect(run.peakBytes).toBeLessThan(400e6);
  expect(run.results.executions).toHaveLength(Object.keys(all).length);
  expect(run.results.complete).toBe(true);
});

describe('a handshake that fails is a refused connection, and says why', () => {
  test.each<[keyof typeof handshakes, string]>([
    ['refuses-401', 'expected an upgrade to WebSocket (101) by HOST, came 401 Unauthorized: no ticket'],
    ['refuses-404', 'expected an upgrade to WebSocket (101) by HOST, came 404 Not Found'],
    ['refuses-without-end', 'expected an upgrade to WebSocket (101) by HOST, came 503 Busy: wait'],
    ['speaks-another-protocol', `${answer} Parse Error: Expected HTTP/`],
    ['speaks-bytes', `${answer} Parse Error: Expected HTTP/`],
    ['is-silent', `${answer} nothing within 700 ms: see whether the target answers there, or allow more time`],
    ['closes-after-the-request', `${answer} the end of the connection`],
    ['resets-after-the-request', `${answer} read ECONNRESET`],
    ['closes-in-the-handshake', `${answer} the end of the connection`],
    ['accepts-another-key', `${answer} Invalid Sec-WebSocket-Accept header`],
    ['forgets-the-upgrade', `expected an upgrade to WebSocket (101) by HOST, came 101 without an upgrade`],
    ['chooses-a-subprotocol', `${answer} Server sent a subprotocol but none was requested`],
    ['has-endless-headers', `${answer} Parse Error: Header overflow`],
  ])('%s', (name, why) => {
    const execution = run.execution(name);
    expect(execution.verdict).toBe('fail');
    expect(failuresOf(execution)).toEqual([expect.stringContaining(`${refused}: the connection was refused (${why}`)]);
  });

  test('is asked for every one', () => expect(Object.keys(handshakes)).toHaveLength(13));
});

describe('a message with something wrong in it is a finding, and the scenario goes on', () => {
  test.each<[keyof typeof frames, string]>([
    ['answers-over-the-limit', 'expected at most 4096 bytes, came 5037'],
    ['sends-binary', 'expected a text message, came a binary one'],
    ['breaks-utf8', 'expected text in UTF-8, came bytes that are none'],
    ['breaks-json', 'expected JSON, but at character 16: expected a member name in quotes, the end came'],
    ['says-nothing-in-a-frame', 'expected JSON, came an empty message'],
    ['nests-deep', 'expected at most 4096 bytes, came 200000; expected JSON, but at character 513: expected at most'],
    ['repeats-a-member', '/id: expected every member once, this one came twice or more'],
    ['calls-its-kind-proto', 'expected a frame of a kind that has a schema, came the kind "__proto__"'],
    ['calls-its-kind-constructor', 'expected a frame of a kind that has a schema, came the kind "constructor"'],
    ['says-a-huge-integer', `/number: expected an integer, came ${'9'.repeat(20)}`],
    ['says-a-huge-exponent', '/number: expected an integer, came'],
    ['breaks-its-schema', '/number: expected an integer, came "five"'],
    ['sends-ten-megabytes', 'expected at most 4096 bytes, came 10485787'],
    ['fragments-ten-megabytes', 'expected at most 4096 bytes, came 10485762'],
  ])('%s', (name, why) => {
    const execution = run.execution(name);
    expect(execution.verdict).toBe('fail');
    expect(failuresOf(execution)).toEqual([expect.stringContaining(`${invalid}: ${why}`)]);
    // It was answered all the same.
    expect(execution.checks.find(({ check }) => check === 'ask.answered')).toMatchObject({ verdict: 'pass' });
  });

  test('a member called __proto__ is a member like any other', () => {
    expect(run.execution('says-proto').verdict).toBe('pass');
    expect(failuresOf(run.execution('says-only-proto'))).toEqual([
      `${invalid}: expected a frame of a kind that has a schema, came a frame without one`,
      'ask.answered unmet: it did not come: nothing was taken for 700 ms',
    ]);
  });
});

describe('broken framing ends the connection, and the report names the rule', () => {
  test.each<[keyof typeof frames, string]>([
    ['masks-its-frames', 'MASK must be clear'],
    ['sets-a-reserved-bit', 'RSV1 must be clear'],
    ['uses-a-reserved-opcode', 'invalid opcode 3'],
    ['uses-a-reserved-control', 'invalid opcode 11'],
    ['fragments-a-ping', 'FIN must be set'],
    ['pings-too-long', 'invalid payload length 126'],
    ['continues-nothing', 'invalid opcode 0'],
    ['begins-twice', 'invalid opcode 1'],
    ['claims-a-negative-length', 'payload length > 2^53 - 1'],
    ['claims-an-exabyte', 'payload length > 2^53 - 1'],
    ['fragments-for-ever', 'and 16384 fragments, came more'],
  ])('%s', (name, why) => {
    const execution = run.execution(name);
    expect(execution.verdict).toBe('fail');
    expect(failuresOf(execution)).toEqual([
      expect.stringMatching(/^frames\.valid invalid-frame: (bad-frame|too-long): /),
      expect.stringContaining(closed),
    ]);
    expect(evidenceOf(execution)).toContain(why);
  });
});

describe('a close frame with something wrong in it is a finding too', () => {
  test.each<[keyof typeof ends, string]>([
    ['closes-with-half-a-code', 'invalid payload length 1'],
    ['closes-with-a-forbidden-code', 'invalid status code 1005'],
  ])('%s', (name, why) => {
    const execution = run.execution(name);
    expect(execution.verdict).toBe('fail');
    expect(failuresOf(execution)).toEqual([
      `${invalid}: bad-frame: Invalid WebSocket frame: ${why}`,
      expect.stringContaining(closed),
    ]);
    expect(evidenceOf(execution)).toContain(why);
  });
});

describe('an end at any moment fails what was waited for, at once', () => {
  test.each<[keyof typeof ends, string, string]>([
    ['closes-after-the-handshake', closed, '1006'],
    ['resets-after-the-handshake', closed, '1006 ECONNRESET'],
    ['ends-in-a-frame', closed, '1006'],
    ['ends-in-a-fragment', closed, '1006'],
    ['ends-in-a-step', closed, '1006'],
    ['resets-in-a-step', closed, '1006 ECONNRESET'],
    ['closes-in-a-step', closed, '4001'],
    ['closes-with-broken-words', closed, '1000'],
    ['closes-and-stays', closed, '1000'],
    ['ends-at-the-barrier', 'steps.done closed', '1006'],
    ['ends-behind-the-answer', 'steps.done closed', '1006'],
    ['leaves-the-barrier-unanswered', 'steps.done barrier: the barrier was not answered within 700 ms', ''],
    ['never-answers', 'ask.answered unmet: it did not come: nothing was taken for 700 ms', ''],
    ['answers-twice', 'frames.unasked stray: nothing asked for this, and nothing allows it', ''],
  ])('%s', (name, failure, evidence) => {
    const execution = run.execution(name);
    expect(execution.verdict).toBe('fail');
    expect(failuresOf(execution)).toEqual([expect.stringContaining(failure)]);
    expect(evidenceOf(execution)).toContain(evidence);
    expect(execution.durationMs).toBeLessThan(5_000);
  });

  test('is asked for every one', () => expect(Object.keys(ends)).toHaveLength(16));
});

test.each(Object.keys(oddities))('%s: strange, and allowed', name => {
  expect(failuresOf(run.execution(name))).toEqual([]);
  expect(run.execution(name).verdict).toBe('pass');
});
