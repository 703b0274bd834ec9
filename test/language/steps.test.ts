/** Language, section 5: acts, and the other steps. */
import { describe, expect, test } from 'vitest';
import { alice, both, playRows } from './rows.ts';
import { compile, play } from './stage.ts';
import { messages } from './told.ts';

describe('acts', () => {
  playRows([
    {
      it: 'connects as the pack and the target say',
      scenario: `
        clients: { alice: offline }
        steps: [ { client: alice, connect: {} } ]`,
      checks: '',
      asked: ['alice connect', 'alice > {"t":"ping","topic":"main","id":"c1"}'],
    },
    {
      it: 'connects as the step says, then acts',
      scenario: `
        clients: { alice: offline }
        steps:
          - client: alice
            connect: { host: there, port: 81, path: /chat, query: { q: 1 }, headers: { X-Key: $(pack.colour) }, subprotocols: [toy], pong: false }
            send: { t: note }`,
      checks: '',
      asked: [
        'alice connect host=there port=81 path=/chat query={"q":"1"} headers={"X-Key":"blue"} subprotocols=["toy"] pong=false',
        'alice > {"t":"note"}',
        'alice > {"t":"ping","topic":"main","id":"c2"}',
      ],
    },
    {
      it: 'sends a list one after another, each with a number of its own',
      scenario: alice(
        `  - { client: alice, send: [ { t: say }, { t: note }, { t: say, id: mine }, { t: say, id: $absent } ] }`,
      ),
      checks: '',
      asked: [
        'alice connect',
        'alice > {"t":"say","id":"c1"}',
        'alice > {"t":"note"}',
        'alice > {"t":"say","id":"mine"}',
        'alice > {"t":"say"}',
        'alice > {"t":"ping","topic":"main","id":"c5"}',
      ],
    },
    {
      it: 'a step that only sends does not wait, and reads nothing',
      scenario: alice(`
        - { client: alice, send: { t: say } }
        - { client: alice, send: { t: note } }
        - { client: alice, expect: { check: say.ok, frame: { t: ok } } }`),
      script: ['alice < { t: ok, id: c1 }'],
      checks: 'say.ok pass',
      asked: [
        'alice connect',
        'alice > {"t":"say","id":"c1"}',
        'alice > {"t":"note"}',
        'alice > {"t":"ping","topic":"main","id":"c3"}',
      ],
    },
    {
      it: 'raw text and bytes leave as they are',
      scenario: alice(`
        - { client: alice, raw: "{broken" }
        - { client: alice, raw: { $hex: "00ff" } }
        - { client: alice, raw: hi, opcode: binary }
        - { client: alice, raw: hi, opcode: ping }
        - { client: alice, raw: "GET /", wire: true }`),
      checks: '',
      asked: [
        'alice connect',
        'alice > {broken raw',
        'alice > bytes 00ff raw binary',
        'alice > hi raw binary',
        'alice > hi ping',
        'alice > GET / wire',
        'alice > {"t":"ping","topic":"main","id":"c1"}',
      ],
    },
    {
      it: 'times repeats a list, and $(i) is the turn',
      scenario: alice(`  - { client: alice, send: [ { t: note, n: $(i) }, { t: note } ], times: 2 }`),
      checks: '',
      asked: [
        'alice connect',
        'alice > {"t":"note","n":1}',
        'alice > {"t":"note"}',
        'alice > {"t":"note","n":2}',
        'alice > {"t":"note"}',
        'alice > {"t":"ping","topic":"main","id":"c5"}',
      ],
    },
    {
      it: 'together holds all but the last write, cut goes with each',
      scenario: alice(`
        - { client: alice, send: [ { t: note }, { t: note } ], together: true }
        - { client: alice, send: { t: note }, cut: [2, 4], every: 10 ms }
        - { client: alice, send: { t: note }, cut: each }`),
      checks: '',
      asked: [
        'alice connect',
        'alice > {"t":"note"} hold',
        'alice > {"t":"note"}',
        'alice > {"t":"note"} cut=2,4 every=10000us',
        'alice > {"t":"note"} cut=each',
        'alice > {"t":"ping","topic":"main","id":"c5"}',
      ],
    },
    {
      it: 'reading stops and goes on',
      scenario: alice(`
        - { client: alice, reading: stop }
        - { client: alice, reading: go }`),
      checks: '',
      asked: [
        'alice connect',
        'alice reading stop',
        'alice reading go',
        'alice > {"t":"ping","topic":"main","id":"c1"}',
      ],
    },
    {
      it: 'what has stopped reading reads again in the end sweep',
      scenario: alice(`  - { client: alice, reading: stop }`),
      checks: '',
      asked: [
        'alice connect',
        'alice reading stop',
        'alice reading go',
        'alice > {"t":"ping","topic":"main","id":"c1"}',
      ],
    },
    {
      it: 'a half close waits for nothing, and no barrier is done on what is half closed',
      scenario: alice(`  - { client: alice, close: { half: true }, expect: { check: bye.said, frame: { t: bye } } }`),
      script: ['alice < { t: bye }'],
      checks: 'bye.said pass',
      asked: ['alice connect', 'alice close half'],
    },
    {
      it: 'an abort is asked for, and its end needs no item',
      scenario: alice(`  - { client: alice, close: { abort: true } }`),
      script: ['alice closed 1006'],
      checks: '',
      asked: ['alice connect', 'alice close abort'],
    },
    {
      it: 'an own close waits for the end, and judges what comes before it',
      scenario: alice(`  - { client: alice, close: { code: 1000 } }`),
      script: ['alice < { t: noise }', 'alice < { t: what }', 'alice closed 1000'],
      checks: 'frames.unasked fail',
      failures: 'frames.unasked stray',
    },
    {
      it: 'an own close may ask for the code that the target answers with',
      scenario: alice(
        `  - { client: alice, close: { code: 1000 }, expect: { check: bye.code, closed: { code: 1000 } } }`,
      ),
      script: ['alice closed 1000'],
      checks: 'bye.code pass',
    },
    {
      it: 'an own close that is answered with another code is one failure',
      scenario: alice(
        `  - { client: alice, close: { code: 1000 }, expect: { check: bye.code, closed: { code: 1000 } } }`,
      ),
      script: ['alice closed 1002'],
      checks: 'bye.code fail',
      failures: 'bye.code unmet',
    },
    {
      it: 'an own close that never ends fails when patience is over',
      scenario: alice(`  - { client: alice, close: {} }`),
      script: ['@6000 alice < { t: noise }'],
      checks: 'steps.done fail',
      failures: 'steps.done unmet',
    },
    {
      it: 'an HTTP client asks, and its answer has status 200 where nothing else is said',
      scenario: `
        clients: { web: { as: connected, transport: web } }
        steps:
          - { client: web, http: { path: /a, query: { q: x y } }, expect: { check: web.get, frame: { t: ok } } }
          - { client: web, http: { path: /b, json: { t: say } }, expect: { check: web.post, http: {} } }
          - { client: web, send: { t: say }, expect: { check: web.frame, http: { status: 201 }, frame: { t: ok } } }`,
      script: ['web <http 200 { t: ok }', 'web <http 200', 'web <http 201 { t: ok, id: c1 }'],
      checks: 'web.frame pass, web.get pass, web.post pass',
      asked: ['web connect', 'web > GET /a?q=x+y', 'web > POST /b {"t":"say"}', 'web > POST  {"t":"say","id":"c1"}'],
    },
    {
      it: 'several clients do it at once, each on its own stream',
      scenario: both(`  - { client: [alice, bob], send: { t: say }, expect: { check: say.ok, frame: { t: ok } } }`),
      script: ['bob < { t: ok, id: c1 }', 'alice < { t: ok, id: c1 }'],
      checks: 'say.ok pass',
      asked: [
        'alice connect',
        'bob connect',
        'alice > {"t":"say","id":"c1"}',
        'bob > {"t":"say","id":"c1"}',
        'alice > {"t":"ping","topic":"main","id":"c2"}',
        'bob > {"t":"ping","topic":"main","id":"c2"}',
      ],
    },
  ]);
});

describe('other steps', () => {
  const otp = alice(`
    - { fetch: otp, with: { email: a@b.c }, as: code }
    - { client: alice, send: { t: say, code: $(code) }, expect: { check: say.ok, frame: { t: ok } } }`);
  playRows([
    {
      it: 'a fetched fact is a name',
      scenario: otp,
      script: ['fetched 1234', 'alice < { t: ok, id: c1 }'],
      checks: 'say.ok pass',
      asked: [
        'alice connect',
        'fetch otp {"email":"a@b.c"}',
        'alice > {"t":"say","code":1234,"id":"c1"}',
        'alice > {"t":"ping","topic":"main","id":"c2"}',
      ],
    },
    {
      it: 'a failed fetch is hard',
      scenario: otp,
      script: ['fetched failed'],
      checks: 'say.ok not-testable, steps.done fail',
      failures: 'steps.done fetch',
    },
    {
      it: 'what becomes of connections at a restart is items like any other',
      scenario: both(`
        - restart: target
        - { client: [alice, bob], expect: { check: server.restarts, closed: {} } }
        - { client: alice, connect: {} }`),
      script: ['alice closed 1001', 'restarted', 'bob closed 1001'],
      checks: 'server.restarts pass',
    },
    {
      it: 'a target that does not come back is hard',
      scenario: alice(`
        - restart: target
        - { client: alice, expect: { check: server.restarts, closed: {} } }`),
      script: ['restarted failed'],
      checks: 'server.restarts not-testable, steps.done fail',
      failures: 'steps.done fetch',
    },
    {
      it: 'a loop is unrolled',
      scenario: alice(`
        - forEach: { word: [one, two] }
          steps:
            - { client: alice, send: { t: say, text: $(word) }, expect: { check: say.$(word), frame: { t: ok } } }`),
      script: ['alice < { t: ok, id: c1 }', 'alice < { t: ok, id: c2 }'],
      checks: 'say.one pass, say.two pass',
    },
  ]);
});

test('an answer needs a transport of role server, which is said', () => {
  const { outcome } = play(alice(`  - { client: alice, answer: { call: { t: x }, with: { t: y } } }`));
  expect(messages(outcome)).toEqual([
    'steps.done error scenario: the target calls nobody here: standing answers are for clients on a transport of `kind: grpc` and `role: server`',
  ]);
});

test('the default check of a step is that of its items', () => {
  const { plan } = compile(
    alice(
      `  - { client: alice, check: say.ok, expect: [ { frame: {} }, { check: say.other, frame: {} } ], never: { frame: { t: x } } }`,
    ),
  );
  const [, step] = plan.steps;
  expect(step!.kind === 'client' && step!.never.map(each => each.check)).toEqual(['say.ok']);
});
