/** The bundled Tinode server under clients of gRPC that misbehave: each is answered clearly or cut, and the others are served. */
import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startReferenceServer } from '../../../reference-server/index.ts';

const loop = '/pbx.Node/MessageLoop';
const connections = 10;

let server: RunningServer;
let host: string;
const defects: string[] = [];

beforeAll(async () => {
  const log = (line: string) => {
    if (line.includes('defect')) defects.push(line);
  };
  server = await startReferenceServer('tinode', { limits: { messageBytes: 4096 }, log });
  host = new URL(server.endpoints.find(({ transport }) => transport === 'grpc')!.url).host;
});

afterEach(() => expect(defects).toEqual([]));
afterAll(() => server.stop());

interface Said {
  readonly path?: string;
  readonly contentType?: string;
  readonly bytes?: Uint8Array;
  /** Ends our side, or cancels the call, once the bytes are on the way; otherwise the server has to end. */
  readonly last?: 'end' | 'cancel';
}

interface Ended {
  /** Of the call; undefined if it has none. */
  readonly status: number | undefined;
  readonly http: number | undefined;
}

async function open(): Promise<ClientHttp2Session> {
  const session = connect(`http://${host}`);
  session.on('error', () => {});
  await once(session, 'remoteSettings');
  return session;
}

/** One call on a connection of its own, to its end. */
async function call({ path = loop, contentType = 'application/grpc', bytes, last }: Said): Promise<Ended> {
  const session = await open();
  const stream = session.request(
    { ':method': 'POST', ':path': path, 'content-type': contentType, te: 'trailers' },
    { endStream: false },
  );
  let heard: Readonly<Record<string, unknown>> = {};
  const hear = (headers: object) => {
    heard = { ...heard, ...headers };
  };
  stream
    .on('response', hear)
    .on('trailers', hear)
    .on('error', () => {})
    .resume();
  if (bytes) stream.write(bytes);
  if (last === 'end') stream.end();
  if (last === 'cancel') stream.close(constants.NGHTTP2_CANCEL);
  // What ends a call without taking our side's end leaves it half open.
  stream.once('end', () => stream.end());
  await once(stream, 'close');
  session.destroy();
  const status = heard['grpc-status'];
  return { status: status === undefined ? undefined : Number(status), http: heard[':status'] as number | undefined };
}

function framed(message: string | Uint8Array, sizeBytes = message.length): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(sizeBytes, 1);
  return Buffer.concat([head, Buffer.from(message)]);
}

/** hi with the id h and the version 0.25. */
const hi = framed('\x0a\x09\x0a\x01h\x1a\x040.25');

/** A good client: what it is answered to hi. */
async function greet(): Promise<string> {
  const session = await open();
  const stream = session.request({
    ':method': 'POST',
    ':path': loop,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.write(hi);
  const [answer] = await once(stream, 'data');
  session.destroy();
  return String(answer);
}

const cases: readonly (readonly [string, Said, Ended])[] = [
  ['says what is no message', { bytes: framed('\x07junk') }, { status: 13, http: 200 }],
  ['says a text that is not UTF-8', { bytes: framed(Buffer.from('0a030a01ff', 'hex')) }, { status: 13, http: 200 }],
  ['says a message that ends too early', { bytes: framed('\x0a\x7fhi') }, { status: 13, http: 200 }],
  ['says more than the limit', { bytes: framed('x'.repeat(4097)) }, { status: 8, http: 200 }],
  ['announces four gigabytes', { bytes: framed('', 0xffffffff) }, { status: 8, http: 200 }],
  ['announces more than it says, and ends', { bytes: framed('hi', 100), last: 'end' }, { status: 0, http: 200 }],
  ['ends in the middle of a head', { bytes: Buffer.from([0, 0, 0]), last: 'end' }, { status: 0, http: 200 }],
  ['says nothing, and ends', { last: 'end' }, { status: 0, http: 200 }],
  ['says hi, and ends', { bytes: hi, last: 'end' }, { status: 0, http: 200 }],
  ['cancels', { bytes: hi, last: 'cancel' }, { status: undefined, http: undefined }],
  ['cancels within a message', { bytes: hi.subarray(0, 7), last: 'cancel' }, { status: undefined, http: undefined }],
  ['calls what there is not', { path: '/pbx.Node/Nothing', last: 'end' }, { status: 12, http: 200 }],
  ['does not speak gRPC', { contentType: 'text/plain', last: 'end' }, { status: undefined, http: 415 }],
];

test.each(cases)('ten clients, each of which %s', async (_, said, ended) => {
  const all = await Promise.all(Array.from({ length: connections }, () => call(said)));
  expect(all).toEqual(Array.from({ length: connections }, () => ended));
  expect(await greet()).toContain('created');
});

const begin = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00';

test.each([
  ['HTTP/1.1', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['nothing that HTTP knows', '\x00\x01\x02\x03 junk \xff\xfe'.repeat(10)],
  ['a frame that HTTP/2 forbids', `${begin}\x00\x00\x04\x00\x00\x00\x00\x00\x00junk`],
  ['a frame that is too long', `${begin}\xff\xff\xff\x00\x00\x00\x00\x00\x01`],
])('ten connections that carry %s are given up', async (_, bytes) => {
  const all = await Promise.all(Array.from({ length: connections }, () => carry(Buffer.from(bytes, 'latin1'))));
  for (const ended of all) expect(ended).toMatch(/^(closed|goaway [1-9]\d*)$/);
  expect(await greet()).toContain('created');
});

/** How the server ends a connection that carries these bytes: Node says why it gives up HTTP/2, and leaves closing to the client. */
async function carry(bytes: Uint8Array): Promise<string> {
  const { hostname, port } = new URL(`http://${host}`);
  const socket = connectTcp(Number(port), hostname);
  let heard = Buffer.alloc(0);
  const ended = new Promise<string>(resolve => {
    socket.once('error', () => {}).once('close', () => resolve('closed'));
    socket.on('data', chunk => {
      heard = Buffer.concat([heard, chunk]);
      const code = goawayIn(heard);
      if (code !== undefined) resolve(`goaway ${code}`);
    });
  });
  socket.write(bytes);
  const how = await ended;
  socket.destroy();
  return how;
}

/** RFC 9113, section 6.8: the error code in a GOAWAY frame, if there is one. */
function goawayIn(bytes: Buffer): number | undefined {
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    if (bytes[at + 3] === 0x7 && at + 17 <= bytes.length) return bytes.readUInt32BE(at + 13);
  }
  return undefined;
}

test('ten connections that break off leave nothing behind', async () => {
  const sessions = await Promise.all(Array.from({ length: connections }, open));
  for (const session of sessions) {
    const stream = session.request({
      ':method': 'POST',
      ':path': loop,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream.on('error', () => {});
    stream.write(hi);
    await once(stream, 'data');
    session.destroy();
  }
  expect(await greet()).toContain('created');
});
