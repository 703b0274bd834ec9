import { expect, it } from 'vitest';
import { mergeSpans } from './spans.ts';

const read = (text: string) =>
  text.split(' ').map(each => ({ low: Number(each.split('-')[0]), hi: Number(each.split('-')[1]) }));
const write = (spans: readonly { low: number; hi: number }[]) => spans.map(({ low, hi }) => `${low}-${hi}`).join(' ');

it.each([
  ['3-4 1-2', '1-2 3-4'],
  ['1-5 3-8', '1-8'],
  ['1-5 2-3', '1-5'],
  ['1-3 3-5', '1-5'],
  ['1-2 1-2', '1-2'],
  ['1-2 2-3', '1-2 2-3'],
  ['1-3 4-5', '1-3 4-5'],
])('%s becomes %s', (spans, merged) => {
  expect(write(mergeSpans(read(spans)))).toBe(merged);
});
