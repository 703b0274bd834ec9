import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

describe('nearest', () => {
  const keys = ['client', 'check', 'connect', 'send', 'expect', 'never', 'until', 'within', 'notBefore'];

  it.each([
    ['clinet', 'client'],
    ['expct', 'expect'],
    ['wihtin', 'within'],
    ['notbefore', 'notBefore'],
    ['Send', 'send'],
    ['nevr', 'never'],
    ['xyz', undefined],
    ['response', undefined],
    ['send', undefined],
  ])('%s: %s', (word, expected) => expect(nearest(word, keys)).toBe(expected));

  it('prefers the first of equals', () => expect(nearest('cat', ['bat', 'hat'])).toBe('bat'));
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['abcd', 'acbd', 1],
  ])('%s to %s: %i', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

  it('is symmetric, and nothing for equal words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
