import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenPace } from '../../scenario/workload-plan.ts';
import { warmUpPace } from './pace.ts';
import { countBefore, createSchedule } from './schedule.ts';

const perSecond = fc.double({ min: 0.1, max: 100_000, noNaN: true });
const spanUs = fc.integer({ min: 1_000, max: 600_000_000 });
const pace: fc.Arbitrary<OpenPace> = fc.oneof(
  fc.record({ kind: fc.constant('rate' as const), perSecond }),
  fc.record({ kind: fc.constant('poisson' as const), perSecond }),
  fc.record({
    kind: fc.constant('ramp' as const),
    fromPerSecond: fc.oneof(fc.constant(0), perSecond),
    toPerSecond: fc.oneof(fc.constant(0), perSecond),
    overUs: spanUs,
  }),
  fc.record({
    kind: fc.constant('stairs' as const),
    fromPerSecond: perSecond,
    stepPerSecond: fc.oneof(fc.constant(0), perSecond),
    everyUs: spanUs,
    toPerSecond: fc.oneof(
      fc.constant(Number.POSITIVE_INFINITY),
      fc.double({ min: 100_000, max: 200_000, noNaN: true }),
    ),
  }),
  fc.record({ kind: fc.constant('burst' as const), count: fc.integer({ min: 1, max: 5_000 }), everyUs: spanUs }),
);

/** Messages due in [0, endUs) if the rate is exact: the integral of the rate, one more for the message at 0. */
function idealCount(pace: OpenPace, endUs: number): number {
  const seconds = endUs / 1e6;
  if (pace.kind === 'rate' || pace.kind === 'poisson') return pace.perSecond * seconds;
  if (pace.kind === 'burst') return pace.count * Math.ceil(endUs / pace.everyUs);
  if (pace.kind === 'ramp') {
    const t = Math.min(endUs, pace.overUs) / 1e6;
    const over = pace.overUs / 1e6;
    const ramp = pace.fromPerSecond * t + ((pace.toPerSecond - pace.fromPerSecond) * t * t) / (2 * over);
    return ramp + pace.toPerSecond * Math.max(0, seconds - over);
  }
  let count = 0;
  for (let step = 0; step * pace.everyUs < endUs; step++) {
    const rate = Math.min(pace.toPerSecond, pace.fromPerSecond + step * pace.stepPerSecond);
    count += (rate * Math.min(pace.everyUs, endUs - step * pace.everyUs)) / 1e6;
  }
  return count;
}

describe('a schedule', () => {
  test('is in order, whatever the pace', () => {
    fc.assert(
      fc.property(pace, fc.nat(1_000_000), fc.string(), (each, from, seed) => {
        const dueAt = createSchedule(each, seed);
        let before = 0;
        for (let n = from; n < from + 50; n++) {
          const dueUs = dueAt(n);
          expect(dueUs).toBeGreaterThanOrEqual(before);
          before = dueUs;
        }
      }),
    );
  });

  test('is a function of the number alone: nothing depends on what was asked before', () => {
    fc.assert(
      fc.property(pace, fc.array(fc.nat(20_000), { maxLength: 20 }), fc.string(), (each, asked, seed) => {
        const dueAt = createSchedule(each, seed);
        expect(asked.map(dueAt)).toEqual(asked.map(n => createSchedule(each, seed)(n)));
      }),
      { numRuns: 30 },
    );
  });

  test('has as many messages as its rate makes in the time', () => {
    fc.assert(
      fc.property(pace, fc.integer({ min: 1, max: 60_000_000 }), (each, endUs) => {
        fc.pre(each.kind !== 'poisson');
        const ideal = idealCount(each, endUs);
        fc.pre(ideal < 1e7);
        expect(Math.abs(countBefore(createSchedule(each, ''), endUs) - ideal)).toBeLessThanOrEqual(1 + ideal * 1e-9);
      }),
    );
  });

  test('does not drift over a million messages', () => {
    for (const rate of [3, 7.7, 50, 333, 1000, 44_100]) {
      const dueAt = createSchedule({ kind: 'rate', perSecond: rate }, '');
      for (const n of [1, 999, 12_345, 1_000_000]) {
        expect(dueAt(n) - (n * 1e6) / rate).toBeGreaterThan(-1);
        expect(dueAt(n) - (n * 1e6) / rate).toBeLessThanOrEqual(0);
      }
    }
  });

  test('spreads independent messages with their mean rate and the spread of a Poisson process', () => {
    const dueAt = createSchedule({ kind: 'poisson', perSecond: 1000 }, 'some text');
    const messages = 1_000_000;
    // The sum of a million gaps lies within five standard deviations: 0.5 %.
    expect(Math.abs(dueAt(messages) / (messages * 1000) - 1)).toBeLessThan(0.005);
    const perSecond = new Array<number>(900).fill(0);
    for (let n = 0; n < messages; n++) {
      const second = Math.floor(dueAt(n) / 1e6);
      if (second < perSecond.length) perSecond[second]!++;
    }
    const mean = perSecond.reduce((sum, each) => sum + each, 0) / perSecond.length;
    const variance = perSecond.reduce((sum, each) => sum + (each - mean) ** 2, 0) / perSecond.length;
    expect(variance / mean).toBeGreaterThan(0.75);
    expect(variance / mean).toBeLessThan(1.25);
  });

  test('differs with the seed only where chance is asked for', () => {
    const poisson = { kind: 'poisson', perSecond: 10 } as const;
    expect(createSchedule(poisson, 'a')(5)).not.toBe(createSchedule(poisson, 'b')(5));
    const rate = { kind: 'rate', perSecond: 10 } as const;
    expect(createSchedule(rate, 'a')(5)).toBe(createSchedule(rate, 'b')(5));
  });

  test('sends nothing after a ramp down to zero', () => {
    const dueAt = createSchedule({ kind: 'ramp', fromPerSecond: 100, toPerSecond: 0, overUs: 2_000_000 }, '');
    expect(countBefore(dueAt, 1e12)).toBe(100);
    expect(dueAt(100)).toBeGreaterThan(1e12);
  });
});

test('warm-up goes at the pace with which hold begins', () => {
  expect(warmUpPace({ kind: 'ramp', fromPerSecond: 5, toPerSecond: 90, overUs: 1 })).toEqual({
    kind: 'rate',
    perSecond: 5,
  });
  expect(warmUpPace({ kind: 'burst', count: 3, everyUs: 7 })).toEqual({ kind: 'burst', count: 3, everyUs: 7 });
});
