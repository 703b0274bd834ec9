import { expect, it } from 'vitest';
import { sliceOf } from './byte-range.ts';

it.each([
  ['bytes=1-3', { first: 1, last: 3 }],
  ['bytes=1-', { first: 1, last: 4 }],
  ['bytes=1-99', { first: 1, last: 4 }],
  ['bytes=-2', { first: 3, last: 4 }],
  ['bytes=-99', { first: 0, last: 4 }],
  ['bytes=5-', 'unsatisfiable'],
  ['bytes=3-1', 'unsatisfiable'],
  ['bytes=-', undefined],
  ['bytes=0-1,3-4', undefined],
  ['lines=1-2', undefined],
  [undefined, undefined],
])('%s of five bytes is %j', (header, slice) => {
  expect(sliceOf(header, 5)).toEqual(slice);
});
