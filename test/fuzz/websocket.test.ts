import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startClock } from '../../src/foundation/clock.ts';
import type { ConnectionSink } from '../../src/transports/connection.ts';
import { openConnection } from '../../src/transports/open-connection.ts';
import { runs } from './fuzz-runs.ts';

const { nowUs } = startClock();

/** Bytes that begin like frames of a server, more often than not. */
const frames = fc
  .array(
    fc.oneof(
      fc.tuple(fc.integer({ min: 0, max: 255 }), fc.string({ maxLength: 30 })).map(([first, text]) => {
        const payload = Buffer.from(text).subarray(0, 125);
        return Buffer.concat([Buffer.of(first, payload.length), payload]);
      }),
      fc.uint8Array({ maxLength: 12 }).map(bytes => Buffer.from(bytes)),
    ),
    { maxLength: 8 },
  )
  .map(all => Buffer.concat(all));

/** What the server says to the next connection: before the handshake is answered, and behind the answer. */
let next: { readonly head: string | undefined; readonly bytes: Uint8Array } = {
  head: undefined,
  bytes: Buffer.alloc(0),
};

const server = createServer(socket => {
  socket.on('error', () => {});
  socket.once('data', request => {
    const key = /^sec-websocket-key: *(\S+)/im.exec(String(request))?.[1] ?? '';
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    const head = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
    socket.end(Buffer.concat([Buffer.from(next.head ?? head, 'latin1'), next.bytes]));
  });
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

/** Names of what a sink was told, until the connection was over. */
function story(): Promise<readonly string[]> {
  const told: string[] = [];
  return new Promise(resolve => {
    const over = (what: string) => () => resolve([...told, what]);
    const sink: ConnectionSink = {
      opened: () => told.push('opened'),
      item: () => told.push('item'),
      note: () => {},
      refused: over('refused'),
      closed: over('closed'),
    };
    const { port } = server.address() as AddressInfo;
    openConnection(
      'websocket',
      {
        kind: 'websocket',
        url: `ws://127.0.0.1:${port}/`,
        headers: {},
        subprotocols: [],
        pong: true,
        timeoutUs: 5_000_000,
        keepBytes: 10_000,
      },
      nowUs,
      sink,
    );
  });
}

test('whatever frames come, a connection is opened, has items and is closed, in this order', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async bytes => {
      next = { head: undefined, bytes };
      expect((await story()).join(' ')).toMatch(/^opened( item)* closed$/);
    }),
    runs(150),
  );
});

test('whatever comes in the place of a handshake, it is refused', async () => {
  const head = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('HTTP/1.1 101 \r\n', 'HTTP/1.1 200 OK\r\n\r\n', 'HTTP/1.1 500\r\nContent-Length: -1\r\n\r\n'),
  );
  await fc.assert(
    fc.asyncProperty(head, frames, async (text, bytes) => {
      next = { head: text, bytes };
      expect(await story()).toEqual(['refused']);
    }),
    runs(100),
  );
});
