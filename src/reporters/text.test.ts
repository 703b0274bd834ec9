import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf, padEnd, shorten, takeCells, windowOf, wrap, wrapExactly } from './cells.ts';
import { printable, printableLines } from './printable.ts';

const family = '\u{1f468}\u200d\u{1f469}';

test.each([
  ['plain ~!', 'plain ~!'],
  ['Grüße, 日本 👍', 'Grüße, 日本 👍'],
  ['\u001b[31mred\u0007', '\\u{1b}[31mred\\u{7}'],
  ['a\tb\r\nc', 'a\\tb\\r\\nc'],
  ['\u009b2J\u007f', '\\u{9b}2J\\u{7f}'],
  ['\u202eexe.\u2066', '\\u{202e}exe.\\u{2066}'],
  ['a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
  ['\ud800 \udc00', '\\u{d800} \\u{dc00}'],
  ['\u{e0041}', '\\u{e0041}'],
  ['\u2028\uffff', '\\u{2028}\\u{ffff}'],
])('%j is shown as %s', (text, shown) => expect(printable(text)).toBe(shown));

test('lines stay lines', () => expect(printableLines('a\r\nb\n\tc')).toEqual(['a', 'b', '\\tc']));

test.each([
  ['plain', 5],
  ['', 0],
  ['é', 1],
  ['e\u0301', 1],
  ['日本', 4],
  ['한글', 4],
  ['👍', 2],
  [family, 4],
])('%j takes %i cells', (text, cells) => expect(cellsOf(text)).toBe(cells));

test.each([
  ['abcdefghij', 10, 'abcdefghij'],
  ['abcdefghijk', 10, 'abcdef…ijk'],
  ['日本語日本語', 8, '日本…語'],
  ['abcdefgh\u0301', 6, 'abcd…h\u0301'],
  ['👍👍👍👍👍', 7, '👍👍…👍'],
])('%j shortened to %i cells is %s', (text, cells, short) => expect(shorten(text, cells)).toBe(short));

test('a text is padded by cells', () => expect(padEnd('日', 4)).toBe('日  '));

test.each([
  ['one two three', 8, ['one two', 'three']],
  ['one two three', 7, ['one two', 'three']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['a bcdefghij', 6, ['a bcde', 'fghij']],
  ['', 4, ['']],
])('prose %j in %i cells', (text, cells, lines) => expect(wrap(text, cells)).toEqual(lines));

test.each([
  ['{"a":1,"b":2}', 8, ['{"a":1,', '"b":2}']],
  ['"a  b  c"', 4, ['"a  ', 'b  c', '"']],
])('a frame %j in %i cells', (text, cells, lines) => expect(wrapExactly(text, cells)).toEqual(lines));

test.each([
  ['abcdefghij', 0, 10, 'abcdefghij'],
  ['abcdefghij', 0, 6, 'abcde…'],
  ['abcdefghij', 4, 4, '…fg…'],
  ['abcdefghij', 6, 9, '…hij'],
])('the window of %j behind %i of %i cells is %s', (text, skipped, cells, shown) =>
  expect(windowOf(text, skipped, cells)).toBe(shown),
);

describe('whatever the text', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 });
  const cells = fc.integer({ min: 10, max: 60 });

  test('nothing is wider than its room, and no character is cut in two', () => {
    fc.assert(
      fc.property(text, cells, (any, room) => {
        for (const cut of [
          shorten(any, room),
          takeCells(any, room),
          windowOf(any, 5, room),
          ...wrap(any, room),
          ...wrapExactly(any, room),
        ]) {
          expect(cellsOf(cut)).toBeLessThanOrEqual(room);
          expect(/\p{Cs}/u.test(cut)).toBe(false);
        }
      }),
    );
  });

  test('the lines of a frame are the frame', () => {
    fc.assert(
      fc.property(text, cells, (any, room) => {
        expect(wrapExactly(any, room).join('')).toBe(any);
      }),
    );
  });
});
