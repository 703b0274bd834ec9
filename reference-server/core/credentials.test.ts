import { expect, it } from 'vitest';
import { createCredentials } from './credentials.ts';

const accounts = [
  { id: 'alice', token: 'one' },
  { id: 'alice', token: 'two' },
  { id: '__proto__', token: 'three' },
];

it.each([
  ['alice', 'one', true],
  ['alice', 'two', true],
  ['alice', 'three', false],
  ['alice', '', false],
  ['__proto__', 'three', true],
  ['bob', 'one', false],
])('%s with %j: %s', (user, token, admitted) => {
  expect(createCredentials(accounts, false).admit(user, token)).toBe(admitted);
});

it('knows those who are listed, and in demo mode those who have been admitted', () => {
  const listed = createCredentials(accounts, false);
  listed.admit('bob', 'any');
  expect(['alice', 'bob', 'constructor'].map(listed.knows)).toEqual([true, false, false]);

  const demo = createCredentials(accounts, true);
  expect(demo.admit('bob', '')).toBe(false);
  expect(demo.knows('bob')).toBe(false);
  expect(demo.admit('bob', 'any')).toBe(true);
  expect(demo.knows('bob')).toBe(true);
  expect(demo.admit('alice', 'any')).toBe(true);
});
