import type { Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { listenRaw } from './raw-peers.ts';
import { evidenceOf, failuresOf, type Run, testRun } from './run-antiphon.ts';
import { writePack, writeTarget } from './small-pack.ts';

type Misbehaviour = (socket: Socket) => void;

/** Answers whole lines; `instead` is called with the id of an `ask`. */
function onLines(instead: (socket: Socket, id: string) => void): Misbehaviour {
  return socket => {
    let rest = '';
    socket.on('data', bytes => {
      const parts = (rest + bytes.toString('utf8')).split('\n');
      rest = parts.pop()!;
      for (const line of parts) {
        const { type, id } = JSON.parse(line) as { readonly type: string; readonly id: string };
        if (type === 'ping') socket.write(`{"type":"pong","id":"${id}"}\n`);
        else instead(socket, id);
      }
    });
  };
}

const right = (id: string) => `{"type":"answer","id":"${id}"}\n`;
const firstWrong = (wrong: string | Uint8Array) =>
  onLines((socket, id) => {
    socket.write(wrong);
    socket.write(right(id));
  });

const lines: Readonly<Record<string, Misbehaviour>> = {
  'closes-at-once': socket => socket.end(),
  'resets-at-once': socket => socket.resetAndDestroy(),
  'is-silent': () => {},
  'ends-in-a-line': onLines((socket, id) => socket.end(right(id).slice(0, 12))),
  'forgets-the-last-newline': onLines((socket, id) => socket.end(right(id).slice(0, -1))),
  'resets-in-a-step': onLines(socket => socket.resetAndDestroy()),
  'ends-behind-the-answer': onLines((socket, id) => socket.end(right(id))),
  'says-nothing-in-a-line': firstWrong('\n'),
  'breaks-utf8': firstWrong(Uint8Array.of(0x22, 0xff, 0xfe, 0x22, 0x0a)),
  'sends-nul': firstWrong('\0\0\0\n'),
  'breaks-json': firstWrong('{"type":\n'),
  'speaks-http': firstWrong('HTTP/1.1 400 Bad Request\r\n'),
  'nests-deep': firstWrong(`${'['.repeat(100_000)}\n`),
  'sends-ten-megabytes': firstWrong(`"${'x'.repeat(10 * 1_048_576)}"\n`),
  'sends-twenty-megabytes': firstWrong(`"${'x'.repeat(20 * 1_048_576)}"\n`),
  'ends-lines-with-crlf': onLines((socket, id) => socket.write(`${right(id).trim()}\r\n`)),
  'drips-its-lines': onLines((socket, id) => {
    const drip = (at: number) => {
      socket.write(right(id).slice(at, at + 1));
      if (at + 1 < right(id).length) setImmediate(() => drip(at + 1));
    };
    drip(0);
  }),
};

const ok = (body: string, head = '') =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${head}\r\n${body}`;
const onRequest =
  (say: (socket: Socket) => void): Misbehaviour =>
  socket =>
    socket.once('data', () => say(socket));
const says = (text: string) => onRequest(socket => socket.write(text, 'latin1'));
const answer = '{"type":"answer","id":"h"}';

const http: Readonly<Record<string, Misbehaviour>> = {
  'answers-well': says(ok(answer)),
  'speaks-bytes': onRequest(socket => socket.write(Uint8Array.from({ length: 200 }, (_, k) => (k * 11) % 256))),
  'speaks-http-2': says('HTTP/2 200\r\n\r\n'),
  'claims-a-negative-length': says('HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'),
  'claims-two-lengths': says('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'),
  'claims-more-and-ends': onRequest(socket => socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n${answer}`)),
  'claims-more-and-stays': says(`HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n${answer}`),
  'breaks-a-chunk': says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
  'says-proto-in-a-header': says(ok(answer, '__proto__: polluted\r\nconstructor: x\r\n')),
  'breaks-a-header': says('HTTP/1.1 200 OK\r\nno colon here\r\n\r\n'),
  'breaks-json': says(ok('{"type":')),
  'says-another-status': says('HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n'),
  'answers-twice': says(ok(answer) + ok(answer)),
  'ends-at-once': socket => socket.end(),
  'ends-after-the-request': onRequest(socket => socket.end()),
  'resets-after-the-request': onRequest(socket => socket.resetAndDestroy()),
  'is-silent': () => {},
  'sends-ten-megabytes': says(ok(`"${'x'.repeat(10 * 1_048_576)}"`)),
};

const scenarios = (transport: string, act: string, ports: Readonly<Record<string, number>>) => `antiphon: 1
scenario: What is asked is answered
protocol: small
transports: [${transport}]
cases:
${Object.entries(ports)
  .map(([name, port]) => `  - { name: ${transport}-${name}, port: ${port} }`)
  .join('\n')}
clients: { alice: offline }
steps:
  - client: alice
    connect: { host: 127.0.0.1, port: $(case.port) }
    ${act}
`;

const listenAll = async (all: Readonly<Record<string, Misbehaviour>>) =>
  Object.fromEntries(
    await Promise.all(Object.entries(all).map(async ([name, behave]) => [name, await listenRaw(behave)] as const)),
  );

let run: Run;

beforeAll(async () => {
  const askOnLines = 'send: { type: ask }\n    expect: { check: ask.answered, frame: { type: answer } }';
  const askOnHttp =
    'http: { method: GET, path: / }\n    expect: { check: ask.answered, http: { status: 200 }, frame: { type: answer } }';
  const pack = writePack({
    'lines.yaml': scenarios('lines', askOnLines, await listenAll(lines)),
    'http.yaml': scenarios('http', askOnHttp, await listenAll(http)),
  });
  const idle = await listenRaw(() => {});
  const target = writeTarget({ lines: `tcp://127.0.0.1:${idle}`, http: `http://127.0.0.1:${idle}` });
  run = await testRun([pack, '--target', target, '--timeout', '3s', '--jobs', '99']);
});

const closed = 'ask.answered closed: the connection was closed';
const unmet = 'ask.answered unmet: it did not come: nothing was taken for 3 s';
const invalid = 'frames.valid invalid-frame:';
const badHttp = `${invalid} bad-http: expected `;

test('a run of nothing but trouble ends, in little memory, with exit code 1', () => {
  expect(run.code).toBe(1);
  expect(run.results.complete).toBe(true);
  expect(run.peakBytes).toBeLessThan(400e6);
  expect(run.results.executions).toHaveLength(Object.keys(lines).length + Object.keys(http).length);
});

/** Name, what failed, and what the report shows last. */
type Row = readonly [name: string, failures: readonly string[], evidence: string];

function expectRow(transport: string, [name, failures, evidence]: Row): void {
  const execution = run.execution(`${transport}-${name}`);
  expect(failuresOf(execution)).toEqual(failures.map(each => expect.stringContaining(each)));
  expect(execution.verdict).toBe(failures.length > 0 ? 'fail' : 'pass');
  expect(evidenceOf(execution)).toContain(evidence);
}

describe('on lines', () => {
  const rows: readonly Row[] = [
    ['closes-at-once', [closed], ''],
    ['is-silent', [unmet], '{"type":"ask"'],
    ['ends-in-a-line', [`${invalid} expected the end of the line, came the end of the connection`, closed], ''],
    ['forgets-the-last-newline', [`${invalid} expected the end of the line`, 'steps.done closed'], ''],
    ['resets-in-a-step', [closed], 'ECONNRESET'],
    ['ends-behind-the-answer', ['steps.done closed: the connection was closed'], ''],
    ['says-nothing-in-a-line', [`${invalid} expected JSON, came an empty message`], ''],
    ['breaks-utf8', [`${invalid} expected text in UTF-8, came bytes that are none`], ''],
    ['sends-nul', [`${invalid} expected JSON, but at character 1: expected a value, U+0000 came`], ''],
    ['breaks-json', [`${invalid} expected JSON, but at character 9: expected a value, the end came`], ''],
    ['speaks-http', [`${invalid} expected JSON, but at character 1: expected a value, "H" came`], ''],
    ['nests-deep', [`${invalid} expected at most 4096 bytes, came 100000; expected JSON, but at character 513`], ''],
    ['sends-ten-megabytes', [`${invalid} expected at most 4096 bytes, came 10485762`], ''],
    ['sends-twenty-megabytes', [`${invalid} expected at most 4096 bytes, came 20971522`], ''],
    ['ends-lines-with-crlf', [], ''],
    ['drips-its-lines', [], ''],
  ];
  test.each(rows)('%s', (...row) => expectRow('lines', row));

  test('resets-at-once: refused or closed, as the network has it', () => {
    expect(failuresOf(run.execution('lines-resets-at-once'))).toEqual([
      expect.stringMatching(/^ask\.answered (refused|closed): /),
    ]);
  });
});

describe('over HTTP', () => {
  const rows: readonly Row[] = [
    ['answers-well', [], ''],
    ['speaks-bytes', [unmet], 'GET /'],
    ['speaks-http-2', [badHttp, closed], 'expected a status line (HTTP/1.1 200 OK), came "HTTP/2 200" bad-http'],
    ['claims-a-negative-length', [badHttp, closed], 'expected a Content-Length of digits, came "-1" bad-http'],
    ['claims-two-lengths', [badHttp, closed], 'expected a Content-Length of digits, came "3, 4" bad-http'],
    [
      'claims-more-and-ends',
      [badHttp, closed],
      'expected 73 more after 26 bytes of a body, came the end of the connection',
    ],
    ['claims-more-and-stays', [unmet], 'GET /'],
    ['breaks-a-chunk', [badHttp, closed], 'expected the size of a chunk, came "zz" bad-http'],
    ['says-proto-in-a-header', [], ''],
    ['breaks-a-header', [badHttp, closed], 'expected a header (name: value), came "no colon here" bad-http'],
    ['breaks-json', [`${invalid} expected JSON, but at character 9: expected a value, the end came`, unmet], ''],
    ['says-another-status', [unmet], 'HTTP 999'],
    ['answers-twice', ['frames.unasked stray: nothing asked for this, and nothing allows it'], ''],
    ['ends-at-once', [closed], ''],
    ['ends-after-the-request', [closed], ''],
    ['resets-after-the-request', [closed], 'ECONNRESET'],
    ['is-silent', [unmet], 'GET /'],
  ];
  test.each(rows)('%s', (...row) => expectRow('http', row));

  test('sends-ten-megabytes: no pass', () => expect(run.execution('http-sends-ten-megabytes').verdict).toBe('fail'));
});
