import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepBytesUpTo } from './kept-bytes.ts';
import { cutPieces } from './pieces.ts';

describe('pieces of a message', () => {
  it.each<readonly [string, readonly number[], readonly string[]]>([
    ['abc', [], ['abc']],
    ['abc', [1], ['a', 'bc']],
    ['abc', [2, 1], ['a', 'b', 'c']],
    ['abc', [0, 1, 1, 3, 9, -1], ['a', 'bc']],
    ['', [1], ['']],
  ])('%s at %j', (text, cutAt, pieces) => {
    expect(cutPieces(Buffer.from(text), cutAt).map(piece => Buffer.from(piece).toString())).toEqual(pieces);
  });
});

describe('bytes that are kept', () => {
  it('are the beginning, and the others are counted', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 })), fc.nat(2000), (pieces, limit) => {
        const all = Buffer.concat(pieces);
        const kept = keepBytesUpTo(limit);
        for (const piece of pieces) kept.append(piece);
        expect(kept.sizeBytes()).toBe(all.length);
        const { bytes, droppedBytes = 0 } = kept.take();
        expect(Buffer.from(bytes).equals(all.subarray(0, limit))).toBe(true);
        expect(droppedBytes).toBe(Math.max(0, all.length - limit));
        expect(kept.sizeBytes()).toBe(0);
      }),
    );
  });
});
