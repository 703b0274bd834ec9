import { expect, test } from 'vitest';
import { drawUsers } from './draw-users.ts';

const draw = { channels: 5, usersOfChannel: 9, candidates: [1, 2, 3, 4, 5, 6, 7, 8], share: 10, seed: 'a' };

test('so many of a hundred of all, and no others', () => {
  const drawn = drawUsers(draw);
  expect(drawn.length).toBe(4);
  expect(new Set(drawn).size).toBe(4);
  expect(drawn.every(user => user < 45 && user % 9 > 0)).toBe(true);
  // Of few there is one at least, and of all nobody is left.
  expect(drawUsers({ ...draw, share: 0.1 }).length).toBe(1);
  expect([...drawUsers({ ...draw, share: 100 })].sort((a, b) => a - b)).toEqual(
    [...new Array(45).keys()].filter(user => user % 9 > 0),
  );
});

test('the same ones for the same seed, others for another', () => {
  expect(drawUsers(draw)).toEqual(drawUsers({ ...draw }));
  expect(drawUsers({ ...draw, seed: 'b' })).not.toEqual(drawUsers(draw));
});
