import { expect, it } from 'vitest';
import { allows, intersectModes } from './access-mode.ts';

it.each([
  ['JRWP', 'JRWPS', 'JRWP'],
  ['PWRJ', 'JRP', 'JRP'],
  ['JRWPASDO', 'JRWPASDO', 'JRWPASDO'],
  ['JR', 'WP', 'N'],
  ['N', 'JRWP', 'N'],
])('of %s wanted and %s given, %s counts', (want, given, mode) => {
  expect(intersectModes(want, given)).toBe(mode);
});

it('allows what its letters say', () => {
  expect(allows('JRP', 'R')).toBe(true);
  expect(allows('JRP', 'W')).toBe(false);
  expect(allows('N', 'J')).toBe(false);
});
