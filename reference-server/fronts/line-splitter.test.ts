import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './line-splitter.ts';

function split(...reads: readonly (string | Uint8Array)[]) {
  const splitter = createLineSplitter();
  const lines = reads.flatMap(read => splitter.push(Buffer.from(read)).map(line => Buffer.from(line).toString()));
  return { lines, openBytes: splitter.openBytes() };
}

describe('a stream of bytes', () => {
  it.each([
    [['one\ntwo\n'], ['one', 'two'], 0],
    [['o', 'n', 'e', '\n'], ['one'], 0],
    [['one\r\n\r\ntwo\r', '\n'], ['one', '', 'two'], 0],
    [['one\ntw'], ['one'], 2],
    [['a\rb\n'], ['a\rb'], 0],
  ])('%j has the lines %j', (reads, lines, openBytes) => {
    expect(split(...reads)).toEqual({ lines, openBytes });
  });

  it('has the same lines however it is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '☃', '\n', '\r\n') });
    fc.assert(
      fc.property(text, fc.array(fc.nat(100)), (stream, cuts) => {
        const bytes = Buffer.from(stream);
        const at = [0, ...cuts.map(cut => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
        const reads = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(split(...reads)).toEqual(split(bytes));
      }),
    );
  });
});
