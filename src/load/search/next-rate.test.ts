import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LoadVerdict } from '../judge/verdict.ts';
import { type Bracket, bracketOf, nextRate, precision, type RateRange, type RateStep } from './next-rate.ts';

const range: RateRange = { firstPerSecond: 50, leastPerSecond: 1, mostPerSecond: 10_000 };

/** Searches a target that is simulated; `say` also hears how often it has been asked before. */
function search(
  say: (perSecond: number, asked: number) => LoadVerdict,
  within: RateRange = range,
): { readonly found: Bracket; readonly steps: readonly RateStep[] } {
  const steps: RateStep[] = [];
  for (;;) {
    const next = nextRate(steps, within);
    if ('found' in next) return { found: next.found, steps };
    if (steps.length === 100) throw new Error('the search does not end');
    const perSecond = next.tryPerSecond;
    steps.push({ perSecond, verdict: say(perSecond, steps.length) });
  }
}

const capacity =
  (most: number) =>
  (perSecond: number): LoadVerdict =>
    perSecond <= most ? 'pass' : 'fail';

const ratesOf = (steps: readonly RateStep[]) => steps.map(({ perSecond }) => perSecond);

test('doubles, then halves what is between', () => {
  const { found, steps } = search(capacity(330));
  expect(ratesOf(steps)).toEqual([50, 100, 200, 400, 300, 350, 325, 338]);
  expect(found).toEqual({ passedPerSecond: 325, failedPerSecond: 338 });
});

test('goes down first where the first rate is too much', () => {
  const { found, steps } = search(capacity(7));
  expect(ratesOf(steps).slice(0, 4)).toEqual([50, 25, 12.5, 6.25]);
  expect(found.passedPerSecond).toBeLessThanOrEqual(7);
  expect(found.failedPerSecond).toBeGreaterThan(7);
});

test('a target that always meets the objective: at least the greatest rate', () => {
  const { found, steps } = search(() => 'pass');
  expect(found).toEqual({ passedPerSecond: 10_000 });
  expect(ratesOf(steps)).toEqual([50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000]);
});

test('a target that never meets it: not even the least rate', () => {
  const { found, steps } = search(() => 'fail');
  expect(found).toEqual({ failedPerSecond: 1 });
  expect(ratesOf(steps)).toEqual([50, 25, 12.5, 6.25, 3.125, 1.5625, 1]);
});

describe('an inconclusive step', () => {
  test('is made once more', () => {
    const { found, steps } = search((perSecond, asked) => (asked === 2 ? 'inconclusive' : capacity(330)(perSecond)));
    expect(ratesOf(steps).slice(0, 5)).toEqual([50, 100, 200, 200, 400]);
    expect(found).toEqual({ passedPerSecond: 325, failedPerSecond: 338 });
  });

  test('that stays inconclusive is no upper end: the search goes on below it', () => {
    const { found, steps } = search(perSecond => (perSecond > 250 ? 'inconclusive' : 'pass'));
    expect(ratesOf(steps)).toEqual([50, 100, 200, 400, 400, 300, 300, 250, 275, 275, 263, 263]);
    expect(found).toEqual({ passedPerSecond: 250, undecidedPerSecond: 263 });
  });

  test('between what passed and what failed leaves the bracket wide, and is told of', () => {
    const { found } = search(perSecond => (perSecond >= 400 ? 'fail' : perSecond > 250 ? 'inconclusive' : 'pass'));
    expect(found).toEqual({ passedPerSecond: 250, failedPerSecond: 400, undecidedPerSecond: 263 });
  });

  test('everywhere: nothing is known', () => {
    const { found, steps } = search(() => 'inconclusive');
    expect(found).toEqual({ undecidedPerSecond: 1 });
    expect(steps.length).toBe(14);
  });

  test('above a rate that failed does not matter', () => {
    const { found } = search(perSecond => (perSecond === 50 ? 'inconclusive' : capacity(10)(perSecond)));
    expect(found).toEqual({ passedPerSecond: 9.74, failedPerSecond: 10.1 });
  });
});

test('what passed above a rate that failed is luck', () => {
  const steps: readonly RateStep[] = [
    { perSecond: 100, verdict: 'fail' },
    { perSecond: 200, verdict: 'pass' },
    { perSecond: 50, verdict: 'pass' },
  ];
  expect(bracketOf(steps)).toEqual({ passedPerSecond: 50, failedPerSecond: 100 });
});

describe('of any capacity', () => {
  const rate = fc.double({ min: 1, max: 9_999, noNaN: true });

  test('the bracket holds it, and is narrow', () => {
    fc.assert(
      fc.property(rate, rate, (most, firstPerSecond) => {
        const { found, steps } = search(capacity(most), { ...range, firstPerSecond });
        expect(found.passedPerSecond).toBeLessThanOrEqual(most);
        expect(found.failedPerSecond).toBeGreaterThan(most);
        expect(found.failedPerSecond! - found.passedPerSecond!).toBeLessThanOrEqual(
          // Rates of three digits cannot always be nearer to each other.
          Math.max(precision, 0.01) * found.failedPerSecond!,
        );
        expect(steps.length).toBeLessThan(25);
      }),
    );
  });

  test('a machine that is sometimes the limit widens the bracket, but never moves it off', () => {
    fc.assert(
      fc.property(rate, fc.array(fc.boolean(), { minLength: 100, maxLength: 100 }), (most, busy) => {
        const { found, steps } = search((perSecond, asked) =>
          busy[asked] ? 'inconclusive' : capacity(most)(perSecond),
        );
        expect(found.passedPerSecond ?? 0).toBeLessThanOrEqual(most);
        expect(found.failedPerSecond ?? Number.POSITIVE_INFINITY).toBeGreaterThan(most);
        for (const end of [found.passedPerSecond, found.failedPerSecond])
          if (end !== undefined)
            expect(steps).toContainEqual({ perSecond: end, verdict: end <= most ? 'pass' : 'fail' });
      }),
    );
  });
});
