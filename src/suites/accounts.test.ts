import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planOf } from '../conformance/testing.ts';
import { createAccountPool, makeAccounts, uniqueOf } from './accounts.ts';

test('unique is 8 letters and digits, the same for one seed and execution, another for others', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (seed, id) => {
      expect(uniqueOf(seed, id)).toMatch(/^[a-z][a-z0-9]{7}$/);
      expect(uniqueOf(seed, id)).toBe(uniqueOf(seed, id));
    }),
  );
  const many = new Set(Array.from({ length: 20_000 }, (_, k) => uniqueOf('seed', `execution ${k}`)));
  expect(many.size).toBe(20_000);
});

test('accounts are made from the templates, numbered in the order of the clients that need one', () => {
  const made = makeAccounts(planOf({ clients: 3, accounts: 2 }), { user: 'u$(n)-$(unique)', n: '$(n)' }, 'abcdefgh');
  expect(made).toEqual({ c0: { user: 'u1-abcdefgh', n: 1 }, c1: { user: 'u2-abcdefgh', n: 2 } });
});

test('a listed account is used by one execution at a time', () => {
  const pool = createAccountPool([{ user: 'ann' }, { user: 'ben' }, { user: 'cleo' }]);
  const first = pool.lease(planOf({ clients: 2, accounts: 2 }))!;
  expect(first.accounts).toEqual({ c0: { user: 'ann' }, c1: { user: 'ben' } });
  expect(pool.lease(planOf({ clients: 2, accounts: 2 }))).toBeUndefined();
  const second = pool.lease(planOf({ clients: 1, accounts: 1 }))!;
  expect(second.accounts).toEqual({ c0: { user: 'cleo' } });
  first.release();
  expect(pool.lease(planOf({ clients: 1, accounts: 1 }))!.accounts).toEqual({ c0: { user: 'ann' } });
});
