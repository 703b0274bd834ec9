import { expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

const known = ['batch-reversed', 'binary-accepted', 'body-truncated'];

it.each([
  ['batch-reverse', 'batch-reversed'],
  ['binary_accepted', 'binary-accepted'],
  ['truncated-body', undefined],
  ['', undefined],
  ['something else altogether', undefined],
])('nearest to %j is %s', (name, nearest) => {
  expect(nearestName(name, known)).toBe(nearest);
});
