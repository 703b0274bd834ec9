import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { frame, listenRaw, listenWebSocket } from './raw-peers.ts';
import { failuresOf, type Run, testRun } from './run-antiphon.ts';
import { askingOn, writePack, writeTarget } from './small-pack.ts';

/** Writes as fast as the other side reads, for as long as the connection lives. */
function flood(socket: Socket, piece: string | Uint8Array): void {
  if (!socket.destroyed && socket.writable) socket.write(piece, () => setImmediate(() => flood(socket, piece)));
}

const times = (n: number, one: Uint8Array) => Buffer.concat(Array.from({ length: n }, () => one));

const floods: Readonly<Record<string, Uint8Array>> = {
  'what-is-ignored': times(500, frame(0x1, '{"type":"chatter"}')),
  'what-nothing-asked-for': times(500, frame(0x1, '{"type":"news"}')),
  'pings-and-pongs': times(250, Buffer.concat([frame(0x9, 'p'), frame(0xa, 'p')])),
};

const floodedWebSocket = `antiphon: 1
scenario: A server that does not stop talking
protocol: small
transports: [websocket]
cases: [${Object.keys(floods).map(name => `{ name: ${name} }`)}]
clients: { alice: offline }
steps:
  - client: alice
    connect: { path: "/$(case.name)" }
    send: { type: ask }
    expect: { check: ask.answered, frame: { type: answer } }
`;

/** Answers over HTTP that never come to their end: a beginning, and what is said again and again. */
const httpFloods: Readonly<Record<string, readonly [string, string]>> = {
  chunks: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', `ffff\r\n${'x'.repeat(0xffff)}\r\n`],
  headers: ['HTTP/1.1 200 OK\r\n', `X-More: ${'y'.repeat(8_000)}\r\n`],
  'interim-answers': ['', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_000)],
};

const floodedHttp = `antiphon: 1
scenario: An answer that never ends
protocol: small
transports: [http]
cases: [${Object.keys(httpFloods).map(name => `{ name: ${name} }`)}]
clients: { alice: connected }
steps:
  - client: alice
    http: { method: GET, path: "/$(case.name)" }
    expect: { check: ask.answered, http: { status: 200 } }
`;

const patienceMs = 200;
/**
 * Seconds on a machine that has nothing else to do. Patience grows by the lag that the floods make, five-fold at most; but each wait
 * ends with a turn of the loop, which takes long where a socket brings a million pings at once.
 */
const endsWithinMs = 200_000;
let run: Run;
let stopUdp = () => {};

beforeAll(async () => {
  const websocket = await listenWebSocket(({ socket, path, acceptance }) => {
    socket.write(acceptance);
    flood(socket, floods[path.slice(1)]!);
  });
  const lines = await listenRaw(socket => flood(socket, 'x'.repeat(60_000)));
  const http = await listenRaw(socket =>
    socket.once('data', bytes => {
      const [begin, again] = httpFloods[/^GET \/(\S+)/.exec(bytes.toString('latin1'))![1]!]!;
      socket.write(begin);
      flood(socket, again);
    }),
  );
  const udp = await listenUdp();
  const target = writeTarget({
    websocket: `ws://127.0.0.1:${websocket}/`,
    lines: `tcp://127.0.0.1:${lines}`,
    http: `http://127.0.0.1:${http}`,
    udp,
  });
  const files = {
    'websocket.yaml': floodedWebSocket,
    'http.yaml': floodedHttp,
    'line.yaml': askingOn('lines'),
    'udp.yaml': askingOn('udp'),
  };
  const options = ['--timeout', `${patienceMs}ms`, '--jobs', '2'];
  run = await testRun([writePack(files), '--target', target, ...options], { withinMs: endsWithinMs });
  stopUdp();
}, 2 * endsWithinMs);

test('every execution ends, however much comes', () => {
  expect(run.code).toBe(1);
  expect(run.results.complete).toBe(true);
});

test('memory and files stay bounded', () => {
  expect(run.peakBytes).toBeLessThan(600e6);
  expect(statSync(join(run.folder, 'results.json')).size).toBeLessThan(1e6);
  expect(statSync(join(run.folder, 'events.jsonl')).size).toBeLessThan(200e6);
});

// On a busy machine the handshake may take longer than this patience.
const unmet =
  /^ask\.answered (unmet: it did not come: nothing was taken for 200 ms$|refused: .*, came nothing within 200 ms)/;

test.each<[string, ...failures: RegExp[]]>([
  ['what-is-ignored', unmet],
  [
    'what-nothing-asked-for',
    /^ask\.answered (flood: more than 10000 messages came that nothing asked for$|unmet: |refused: )/,
  ],
  ['pings-and-pongs', unmet],
  ['chunks', unmet],
  [
    'headers',
    /^frames\.valid invalid-frame: bad-http: expected at most 65536 bytes of head/,
    /^ask\.answered closed: the connection was closed/,
  ],
  ['interim-answers', unmet],
  ['line', unmet],
  ['udp', unmet],
])('a flood of %s is no pass', (name, ...failures) => {
  expect(run.execution(name).verdict).toBe('fail');
  expect(failuresOf(run.execution(name))).toEqual(failures.map(failure => expect.stringMatching(failure)));
});

test('who answers in the middle of much that is ignored has answered', async () => {
  const chatter = times(20_000, frame(0x1, '{"type":"chatter"}'));
  const port = await listenWebSocket(peer => {
    peer.socket.write(peer.acceptance);
    peer.heard = text => {
      if (text === undefined) return peer.socket.end();
      const { type, id } = JSON.parse(text) as { readonly type: string; readonly id: string };
      peer.socket.write(chatter);
      peer.send({ type: type === 'ask' ? 'answer' : 'pong', id });
      peer.socket.write(chatter);
    };
  });
  const pack = writePack({ 'ask.yaml': askingOn('websocket') });
  const answered = await testRun([pack, '--target', `ws://127.0.0.1:${port}/`, '--timeout', '2s']);
  expect(failuresOf(answered.execution('ask'))).toEqual([]);
  expect(answered.code).toBe(0);
});

/** Answers the first datagram of everybody with datagrams without end; gives its address. */
async function listenUdp(): Promise<string> {
  const socket = createSocket('udp4').unref();
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.once('message', (_, { port, address }) => {
    const more = () => {
      for (let k = 0; k < 50; k++) socket.send('{"type":"news"}', port, address);
      again = setImmediate(more);
    };
    let again = setImmediate(more);
    // Nothing tells a UDP server that its client is gone.
    stopUdp = () => clearImmediate(again);
  });
  return `udp://127.0.0.1:${socket.address().port}`;
}

test('a flood of invalid frames does not flood the results', async () => {
  const garbage = times(2_000, frame(0x1, 'garbage'));
  const port = await listenWebSocket(peer => {
    peer.socket.write(Buffer.concat([Buffer.from(peer.acceptance), garbage]));
    peer.heard = text => text === undefined && peer.socket.end();
  });
  const pack = writePack({ 'ask.yaml': askingOn('websocket') });
  const flooded = await testRun([pack, '--target', `ws://127.0.0.1:${port}/`, '--timeout', '300ms']);
  expect(statSync(join(flooded.folder, 'results.json')).size).toBeLessThan(1e6);
});
