import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMembership } from './membership.ts';

it('answers from both sides', () => {
  const membership = createMembership();
  membership.assign('one', ['alice', 'bob']);
  membership.assign('two', ['alice']);
  membership.assign('one', ['bob', 'carol']);
  expect([...membership.membersOf('one')]).toEqual(['bob', 'carol']);
  expect([...membership.groupsOf('alice')]).toEqual(['two']);
  expect([...membership.groupsOf('carol')]).toEqual(['one']);
  membership.drop('one');
  membership.drop('never was');
  expect([...membership.membersOf('one')]).toEqual([]);
  expect([...membership.groupsOf('bob')]).toEqual([]);
});

it('keeps both sides consistent through any history', () => {
  const groups = ['g', 'h', '__proto__'];
  const users = ['a', 'b', 'constructor'];
  const step = fc.record({ group: fc.constantFrom(...groups), users: fc.option(fc.subarray(users)) });
  fc.assert(
    fc.property(fc.array(step), steps => {
      const membership = createMembership();
      for (const { group, users: assigned } of steps) {
        if (assigned) membership.assign(group, assigned);
        else membership.drop(group);
      }
      for (const group of groups) {
        for (const user of users) {
          expect(membership.groupsOf(user).has(group)).toBe(membership.membersOf(group).has(user));
        }
      }
    }),
  );
});
