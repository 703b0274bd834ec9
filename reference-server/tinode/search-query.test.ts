import { expect, it } from 'vitest';
import { readQuery } from './search-query.ts';

it.each([
  ['', [], []],
  ['a', ['a'], []],
  ['  A  b ', ['a', 'b'], []],
  ['a,b', [], ['a', 'b']],
  ['a , b', [], ['a', 'b']],
  ['a b,c', ['a'], ['b', 'c']],
  ['a,b c', ['c'], ['a', 'b']],
  ['a,', [], ['a']],
  ['"a b" c', ['a b', 'c'], []],
])('%j needs %j and one of %j', (text, all, any) => {
  expect(readQuery(text)).toEqual({ all, any });
});

it.each(['a,,b', 'a, ,b', 'a"b"', '"a', '"a"b'])('cannot read %j', text => {
  expect(readQuery(text)).toBeUndefined();
});
