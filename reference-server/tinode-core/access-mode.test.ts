import { expect, it } from 'vitest';
import {
  allows,
  allowsAny,
  covers,
  intersectModes,
  readMode,
  subtractModes,
  uniteModes,
  writeDelta,
} from './access-mode.ts';

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

it.each([
  ['PWRJ', 'JRWP'],
  ['jr', 'JR'],
  ['N', 'N'],
  ['nx', 'N'],
  ['', 'N'],
  ['JN', undefined],
  ['JX', undefined],
])('reads %j as %s', (text, mode) => {
  expect(readMode(text)).toBe(mode);
});

it('puts modes together and takes them apart', () => {
  expect([uniteModes('JP', 'RJ'), uniteModes('N', 'N')]).toEqual(['JRP', 'N']);
  expect([subtractModes('JRWP', 'RP'), subtractModes('JR', 'JRW')]).toEqual(['JW', 'N']);
  expect([covers('JRWP', 'JR'), covers('JR', 'JRW'), covers('N', 'N')]).toEqual([true, false, true]);
  expect([allowsAny('JRS', ['A', 'S']), allowsAny('N', ['A', 'S'])]).toEqual([true, false]);
});

it.each([
  ['JRW', 'JRPS', '+PS-W'],
  ['JRW', 'JR', '-W'],
  ['N', 'JR', '+JR'],
  ['JR', 'N', '-JR'],
  ['JR', 'JR', ''],
])('tells what changes from %s to %s: %s', (before, after, delta) => {
  expect(writeDelta(before, after)).toBe(delta);
});
