import { expect, test } from 'vitest';
import { createGrpcDecoder, grpcMessage } from './grpc-decoder.ts';

const bytes = (...all: number[]) => Uint8Array.from(all);

test('messages are whole however they are cut', () => {
  const stream = Buffer.concat([grpcMessage(bytes(1, 2, 3)), grpcMessage(bytes()), grpcMessage(bytes(4))]);
  for (let size = 1; size <= stream.length; size++) {
    const decoder = createGrpcDecoder(100);
    const found = [];
    for (let at = 0; at < stream.length; at += size) found.push(...decoder.push(stream.subarray(at, at + size)));
    expect(found.map(each => [...each.bytes])).toEqual([[1, 2, 3], [], [4]]);
    expect(decoder.end()).toBeUndefined();
  }
});

test('of a long message the beginning is kept', () => {
  const [message] = createGrpcDecoder(2).push(grpcMessage(bytes(1, 2, 3)));
  expect(message).toEqual({ bytes: bytes(1, 2), droppedBytes: 1, compressed: false });
});

test('a message that does not end, and one that says that it is compressed', () => {
  const decoder = createGrpcDecoder(100);
  expect(decoder.push(bytes(1, 0, 0, 0, 1, 7))).toEqual([{ bytes: bytes(7), compressed: true }]);
  expect(decoder.push(bytes(0, 0, 0, 0, 2, 8))).toEqual([]);
  expect(decoder.end()).toEqual({ bytes: bytes(8), compressed: false });
  expect(decoder.push(bytes(0, 0))).toEqual([]);
  expect(decoder.end()).toEqual({ bytes: bytes(), compressed: false });
});
