import { expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

const known = ['broadcast-twice', 'binary-accepted', 'token-dropped'];

it.each([
  ['broadcast-twic', 'broadcast-twice'],
  ['binary_accepted', 'binary-accepted'],
  ['dropped-token', undefined],
  ['', undefined],
  ['something else altogether', undefined],
])('nearest to %j is %s', (name, nearest) => {
  expect(nearestName(name, known)).toBe(nearest);
});
