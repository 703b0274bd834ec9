import { expect, test } from 'vitest';
import type { Value } from '../../foundation/value.ts';
import { match } from '../../values/match.ts';
import { patternOf, scopeOf, type Written } from '../../values/testing.ts';
import { withoutOmitted } from './omit-members.ts';

const frame: Value = { desc: { acs: { want: 'R' } }, sub: [{ user: 'u', acs: { want: 'R' } }] };

function matchesWithout(at: string, pattern: Written): boolean {
  const left = withoutOmitted(patternOf(pattern), [{ at: at.split('/').slice(1) }]);
  return match(left, frame, {}, scopeOf()) !== null;
}

test.each<[string, string, Written]>([
  ['a member', '/desc/acs/mode', { desc: { acs: { want: 'R', mode: 'R' } } }],
  ['members of the elements of a list', '/sub/*/acs/mode', { sub: [{ acs: { want: 'R', mode: 'R' } }] }],
  ['of a set', '/sub/*/acs/mode', { sub: { $set: [{ user: 'u', acs: { mode: 'R' } }] } }],
  ['of those it must contain', '/sub/*/acs/mode', { sub: { $contains: [{ user: 'u', acs: { mode: 'R' } }] } }],
  ['of each element', '/sub/*/acs/mode', { sub: { $each: { acs: { want: 'R', mode: 'R' } } } }],
  ['in an alternative', '/desc/acs/mode', { desc: { acs: { $oneOf: [{ mode: 'R' }, { want: 'W' }] } } }],
])('what the transport cannot carry is not asked for: %s', (_, at, pattern) => {
  expect(matchesWithout('/elsewhere', pattern)).toBe(false);
  expect(matchesWithout(at, pattern)).toBe(true);
});

test('that it is absent, and all the rest, is asked for', () => {
  expect(matchesWithout('/desc/acs/want', { desc: { acs: { want: '$absent' } } })).toBe(false);
  expect(matchesWithout('/sub/*/acs/mode', { sub: { $set: [{ user: 'v', acs: { mode: 'R' } }] } })).toBe(false);
});
