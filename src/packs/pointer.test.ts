import { expect, test } from 'vitest';
import type { Value } from '../foundation/value.ts';
import { formatPointer, parsePointer, valueAt, withValueAt } from './pointer.ts';

test.each([
  ['', []],
  ['/', ['']],
  ['/type', ['type']],
  ['/a~1b/c~0d', ['a/b', 'c~d']],
  ['/*/id', ['*', 'id']],
])('pointer %j reads as %j and is written back', (text, members) => {
  expect(parsePointer(text)).toEqual(members);
  expect(formatPointer(members)).toBe(text);
});

test.each(['type', '/a~2', '/~'])('%j is no pointer', text => {
  expect(parsePointer(text)).toBeUndefined();
});

const frame: Value = { pub: { id: 'c1', content: [{ a: null }, { b: 2 }] }, extra: 'x' };

test.each<[string, Value | undefined]>([
  ['', frame],
  ['/pub/id', 'c1'],
  ['/pub/content/1/b', 2],
  ['/pub/content/0/a', null],
  ['/pub/content/2', undefined],
  ['/pub/content/01', undefined],
  ['/pub/content/length', undefined],
  ['/extra/length', undefined],
  ['/toString', undefined],
  ['/*/id', 'c1'],
  ['/pub/content/*/b', 2],
])('at %j lies %j', (text, value) => {
  expect(valueAt(frame, parsePointer(text)!)).toEqual(value);
});

test('a value is set in a copy, and only where there is an object to hold it', () => {
  expect(withValueAt({ pub: { topic: 't' } }, ['pub', 'id'], 'c1')).toEqual({ pub: { topic: 't', id: 'c1' } });
  expect(withValueAt({ pub: 5 }, ['pub', 'id'], 'c1')).toBeUndefined();
  expect(withValueAt({}, [], 'c1')).toBeUndefined();
  expect(Object.keys(withValueAt({}, ['__proto__'], 'c1')!)).toEqual(['__proto__']);
});
