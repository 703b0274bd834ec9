import { expect, it } from 'vitest';
import { cleared, merge } from './merge.ts';

it.each([
  ['x', undefined, 'x', false],
  ['x', null, 'x', false],
  ['x', 'x', 'x', true],
  ['x', cleared, undefined, true],
  [undefined, cleared, undefined, false],
  [{ a: 1 }, {}, { a: 1 }, false],
  [{ a: 1 }, { b: 2 }, { a: 1, b: 2 }, true],
  [{ a: 1, b: 2 }, { a: cleared }, { b: 2 }, true],
  [{ a: { x: 1 } }, { a: { y: 2 } }, { a: { x: 1, y: 2 } }, true],
  [{ a: 1 }, { a: null }, { a: 1 }, false],
  ['x', { a: 1 }, { a: 1 }, true],
  [{ a: 1 }, [1], [1], true],
])('%j changed by %j is %j', (old, given, value, isChanged) => {
  expect(merge(old, given)).toEqual({ value, isChanged });
});

it('leaves what it was given as it was', () => {
  const old = { a: { x: 1 } };
  merge(old, { a: { x: 2 } });
  expect(old).toEqual({ a: { x: 1 } });
});
