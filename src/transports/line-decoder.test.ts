import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncomingMessage } from './connection.ts';
import { createLineDecoder } from './line-decoder.ts';

const keepBytes = 8;

function decode(chunks: readonly Uint8Array[], limit = keepBytes): readonly unknown[] {
  const decoder = createLineDecoder(limit);
  const lines: IncomingMessage[] = chunks.flatMap(chunk => [...decoder.push(chunk)]);
  const rest = decoder.end();
  return [...lines, ...(rest ? [rest] : [])].map(({ bytes, ...about }) => ({
    text: Buffer.from(bytes).toString('latin1'),
    ...about,
  }));
}

describe('a stream of lines', () => {
  it.each([
    ['', []],
    ['\n', [{ text: '' }]],
    ['a\nb\n', [{ text: 'a' }, { text: 'b' }]],
    ['a\r\nb', [{ text: 'a' }, { text: 'b', unterminated: true }]],
    ['a\rb\n', [{ text: 'a\rb' }]],
    ['a\r\r\n', [{ text: 'a\r' }]],
    ['\r\n\r', [{ text: '' }, { text: '\r', unterminated: true }]],
    ['12345678\n', [{ text: '12345678' }]],
    ['12345678\r\n', [{ text: '12345678' }]],
    ['1234567\r\n', [{ text: '1234567' }]],
    ['123456789\n', [{ text: '12345678', droppedBytes: 1 }]],
    ['1234567890\r\nb\n', [{ text: '12345678', droppedBytes: 2 }, { text: 'b' }]],
    ['1234567890', [{ text: '12345678', droppedBytes: 2, unterminated: true }]],
  ])('%j', (text, expected) => {
    expect(decode([Buffer.from(text, 'latin1')])).toEqual(expected);
  });

  it('is the same however it is cut into reads', () => {
    const byte = fc.constantFrom(0x0a, 0x0d, 0x61, 0xff);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.array(byte, { maxLength: 60 }),
        fc.array(fc.nat(120)),
        (any, typical, cuts) => {
          const bytes = Uint8Array.from([...any, ...typical]);
          const ends = [...cuts.filter(cut => cut < bytes.length), bytes.length].sort((a, b) => a - b);
          const chunks = ends.map((end, k) => bytes.subarray(ends[k - 1] ?? 0, end));
          expect(decode(chunks)).toEqual(decode([bytes]));
          expect(decode([...bytes].map(each => Uint8Array.of(each)))).toEqual(decode([bytes]));
        },
      ),
    );
  });
});
