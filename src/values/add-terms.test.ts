import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../foundation/value.ts';
import { addTerms, durationUsOf, narrowInteger } from './add-terms.ts';
import { NotThere } from './follow-path.ts';

describe('addTerms', () => {
  const plus = { sign: 1 } as const;
  const minus = { sign: -1 } as const;

  it.each<[readonly Value[], Value]>([
    [[7, 1], 8],
    [[2, 7], 9],
    [['2 s', '5 ms'], '2005000 us'],
    [['-5 us', '7 us'], '2 us'],
    [[9007199254740991, 1], 9007199254740992n],
    [[1n, 2], 3],
  ])('%o', (values, sum) => {
    expect(addTerms(values, [plus, plus])).toBe(sum);
  });

  it('refuses what is neither', () => {
    expect(addTerms([1.5, 1], [plus, plus])).toEqual(
      new NotThere('expected integers or durations to add, a number came'),
    );
    expect(addTerms([2n ** 60n, null], [plus, plus])).toEqual(
      new NotThere('expected integers or durations to add, null came'),
    );
    expect(addTerms(['2 s', 1], [plus, plus])).toEqual(new NotThere('expected durations to add, a number came'));
  });

  it('is exact at any size', () => {
    const integer = fc
      .bigInt({ min: -(2n ** 70n), max: 2n ** 70n })
      .chain(wide => fc.constantFrom(wide, wide % 1000n, wide % 2n ** 53n));
    fc.assert(
      fc.property(fc.array(fc.tuple(integer, fc.constantFrom(plus, minus)), { minLength: 1 }), terms => {
        const sum = addTerms(
          terms.map(([value]) => narrowInteger(value)),
          terms.map(([, sign]) => sign),
        );
        expect(sum).toBe(narrowInteger(terms.reduce((total, [value, { sign }]) => total + BigInt(sign) * value, 0n)));
      }),
    );
  });
});

describe('durationUsOf', () => {
  it.each<[Value, number | undefined]>([
    ['20 ms', 20_000],
    ['-3 us', -3],
    ['soon', undefined],
    ['-', undefined],
    [5, undefined],
    [null, undefined],
  ])('%o', (value, us) => {
    expect(durationUsOf(value)).toBe(us);
  });
});
