import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createClientFrames, serverFrame } from './client-frames.ts';

/** A frame as a client sends it (RFC 6455, section 5.3). */
function masked(payload: Uint8Array, opcode: number, mask: readonly number[]): Buffer {
  const frame = serverFrame(payload, opcode);
  const headerBytes = frame.length - payload.length;
  frame[1]! |= 0x80;
  const body = payload.map((byte, k) => byte ^ mask[k % 4]!);
  return Buffer.concat([frame.subarray(0, headerBytes), Buffer.from(mask), body]);
}

const byte = fc.integer({ min: 0, max: 255 });
const mask = fc.tuple(byte, byte, byte, byte);
const lengths = fc.oneof(fc.integer({ min: 0, max: 130 }), fc.constantFrom(125, 126, 65_535, 65_536, 70_000));
const message = lengths.chain(length => fc.record({ payload: fc.constant(new Uint8Array(length).fill(97)), mask }));

test('frames of a client are read whatever the pieces they come in', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), fc.integer({ min: 1, max: 40_000 }), (messages, pieceBytes) => {
      const wire = Buffer.concat(messages.map(each => masked(each.payload, 1, each.mask)));
      const read = createClientFrames();
      const found: Buffer[] = [];
      for (let at = 0; at < wire.length; at += pieceBytes)
        found.push(...read(wire.subarray(at, at + pieceBytes)).map(({ payload }) => payload));
      expect(found.map(({ length }) => length)).toEqual(messages.map(({ payload }) => payload.length));
      expect(found.every(payload => payload.every(each => each === 97))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('ws reads the frames that we write', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const texts = [0, 1, 125, 126, 65_535, 65_536].map(length => 'x'.repeat(length));
  const heard = await new Promise<readonly string[]>(resolve => {
    server.on('listening', () => {
      const client = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
      const all: string[] = [];
      client.on('message', data => {
        all.push(String(data));
        if (all.length === texts.length) resolve(all);
      });
    });
    server.on('connection', (_, request) => {
      for (const text of texts) request.socket.write(serverFrame(Buffer.from(text)));
    });
  });
  for (const client of server.clients) client.terminate();
  server.close();
  expect(heard.map(({ length }) => length)).toEqual(texts.map(({ length }) => length));
});
