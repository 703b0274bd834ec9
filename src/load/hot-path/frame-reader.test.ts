import type { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as ws from 'ws';
import { createFrameReader, headRoomBytes, hotMaxBytes, readFrames } from './frame-reader.ts';
import { markerBytes, tagOf, writeMarker } from './marker.ts';
import { createMarkerFinder } from './marker-finder.ts';

// Exported by the package, and missing in its types.
const { Receiver } = ws as unknown as { readonly Receiver: new (options: object) => Writable };

interface Frame {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

function encode({ final, opcode, payload }: Frame): Buffer {
  const { length } = payload;
  const first = (final ? 0x80 : 0) | opcode;
  if (length < 126) return Buffer.concat([Buffer.from([first, length]), payload]);
  if (length < 65_536) return Buffer.concat([Buffer.from([first, 126, length >> 8, length & 0xff]), payload]);
  const header = Buffer.alloc(10);
  header[0] = first;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}

/** What a reader tells: messages, pings, the close. */
type Told = readonly string[];

function tell(data: Uint8Array, binary: boolean): string {
  return `${binary ? 'binary' : 'text'} ${Buffer.from(data).toString('base64')}`;
}

/** The oracle: `ws` reads everything. */
function readByWs(stream: Buffer): Told {
  const told: string[] = [];
  receive(told).write(stream);
  return told;
}

function receive(told: string[]): Writable {
  const receiver = new Receiver({ allowSynchronousEvents: true, skipUTF8Validation: true });
  receiver.on('message', (data: Buffer, binary: boolean) => told.push(tell(data, binary)));
  receiver.on('ping', (data: Buffer) => told.push(`ping ${data.toString('base64')}`));
  receiver.on('pong', (data: Buffer) => told.push(`pong ${data.toString('base64')}`));
  receiver.on('conclude', (code: number) => told.push(`close ${code}`));
  receiver.on('error', (error: Error & { code?: string }) => told.push(`error ${error.code}`));
  return receiver;
}

/** Ours, with `ws` for what is cold, in reads of the sizes given (the last one again and again). */
function readByUs(stream: Buffer, sizes: readonly number[]): Told {
  const told: string[] = [];
  const receiver = receive(told);
  const reader = createFrameReader();
  const area = Buffer.alloc(headRoomBytes + 70_000, 0x5a);
  const sink = {
    hot: (_: number, from: Buffer, start: number, end: number, binary: boolean) =>
      void told.push(tell(from.subarray(start, end), binary)),
    cold(_: number, bytes: Buffer) {
      if (!receiver.errored) receiver.write(bytes);
    },
  };
  for (let at = 0, k = 0; at < stream.length; k++) {
    const size = Math.min(sizes[Math.min(k, sizes.length - 1)]!, 70_000, stream.length - at);
    stream.copy(area, headRoomBytes, at, at + size);
    readFrames(reader, area, headRoomBytes, headRoomBytes + size, 0, 0, sink);
    at += size;
  }
  return told;
}

const length = fc.oneof(
  { weight: 6, arbitrary: fc.nat(300) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 125, 126, 127, hotMaxBytes, hotMaxBytes + 1, 70_123) },
);
const payload = fc.tuple(length, fc.nat(255)).map(([bytes, first]) => {
  const made = Buffer.alloc(bytes);
  for (let k = 0; k < bytes; k++) made[k] = (first + k * 7) & 0xff;
  return made;
});
const dataOpcode = fc.constantFrom(1, 2);
const control = fc
  .record({ opcode: fc.constantFrom(9, 10), size: fc.nat(125) })
  .map(({ opcode, size }): Frame => ({ final: true, opcode, payload: Buffer.alloc(size, 0x81) }));
const whole = fc.record({ opcode: dataOpcode, payload }).map((each): readonly Frame[] => [{ final: true, ...each }]);
const inFragments = fc
  .record({
    opcode: dataOpcode,
    pieces: fc.array(payload, { minLength: 2, maxLength: 4 }),
    between: fc.option(control),
  })
  .map(({ opcode, pieces, between }): readonly Frame[] =>
    pieces.flatMap((each, k) => {
      const frame = { final: k === pieces.length - 1, opcode: k === 0 ? opcode : 0, payload: each };
      return between && k > 0 ? [between, frame] : [frame];
    }),
  );
const conversation = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: whole },
      inFragments,
      control.map(each => [each]),
    ),
    { maxLength: 12 },
  )
  .map(parts => Buffer.concat(parts.flat().map(encode)));
const close = Buffer.from([0x88, 2, 0x03, 0xe8]);
const sizes = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 80_000 }), fc.integer({ min: 1, max: 20 })), {
  minLength: 1,
  maxLength: 60,
});

describe('reading frames tells what ws tells', () => {
  test('in reads of any size', () => {
    fc.assert(
      fc.property(conversation, sizes, (stream, chunks) => {
        expect(readByUs(stream, [...chunks, 1_000])).toEqual(readByWs(stream));
      }),
      { numRuns: 300 },
    );
  });

  test('byte by byte', () => {
    fc.assert(
      fc.property(conversation, stream => {
        fc.pre(stream.length < 20_000);
        expect(readByUs(stream, [1])).toEqual(readByWs(stream));
      }),
      { numRuns: 100 },
    );
  });

  test('up to a close, and nothing behind it', () => {
    fc.assert(
      fc.property(conversation, conversation, sizes, (before, behind, chunks) => {
        const stream = Buffer.concat([before, close, behind]);
        expect(readByUs(stream, [...chunks, 1_000])).toEqual(readByWs(Buffer.concat([before, close])));
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['a masked frame', Buffer.from([0x81, 0x82, 1, 2, 3, 4, 0, 0])],
    ['a reserved bit', Buffer.from([0xc1, 1, 0x61])],
    ['an unknown opcode', Buffer.from([0x83, 1, 0x61])],
    ['a continuation of nothing', Buffer.from([0x80, 1, 0x61])],
    ['a message inside of a message', Buffer.from([0x01, 1, 0x61, 0x81, 1, 0x62])],
    ['a ping that is too long', Buffer.from([0x89, 126, 0, 126])],
    ['a length beyond 2^53', Buffer.from([0x82, 127, 0xff, 0, 0, 0, 0, 0, 0, 0])],
  ])('of %s', async (_, wrong) => {
    const stream = Buffer.concat([encode({ final: true, opcode: 1, payload: Buffer.from('first') }), wrong]);
    const told = [readByWs(stream), readByUs(stream, [stream.length]), readByUs(stream, [1])];
    // Streams tell of errors in the next turn.
    await new Promise(setImmediate);
    expect(told[0]!.at(-1)).toMatch(/^error WS_ERR_/);
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });
});

test('a marker is found wherever a read has cut it', () => {
  const tag = tagOf(99);
  const messages = Array.from({ length: 5 }, (_, k) =>
    encode({ final: true, opcode: 1, payload: Buffer.from(`{"body":"${writeMarker(tag, 3, k + 1, 1_000 + k)}"}`) }),
  );
  const stream = Buffer.concat(messages);
  for (let size = 1; size < stream.length; size++) {
    const finder = createMarkerFinder(tag);
    const reader = createFrameReader();
    const area = Buffer.alloc(headRoomBytes + 1_000);
    const sequences: number[] = [];
    const sink = {
      hot(_: number, from: Buffer, start: number, end: number) {
        expect(finder.find(from, start, end)).toBe('sound');
        sequences.push(finder.sequence);
      },
      cold: () => expect.unreachable(),
    };
    for (let at = 0; at < stream.length; at += size) {
      const copied = stream.copy(area, headRoomBytes, at, Math.min(stream.length, at + size));
      readFrames(reader, area, headRoomBytes, headRoomBytes + copied, 0, 0, sink);
    }
    expect(sequences).toEqual([1, 2, 3, 4, 5]);
  }
  expect(markerBytes).toBe(25);
});
