/**
 * A schedule is a pure function: it says when message n is due, and knows no clock. Instants are computed from n, not from the instant
 * before, so nothing adds up over a long run.
 */
import type { OpenPace } from '../../scenario/workload-plan.ts';
import { poissonSchedule } from './poisson.ts';

/** Message n, from 0, is due so many whole microseconds after the begin; infinite if it never is. Never earlier than message n - 1. */
export type DueAt = (n: number) => number;

export function createSchedule(pace: OpenPace, seed: string): DueAt {
  switch (pace.kind) {
    case 'rate':
      return n => dueAtRate(n, pace.perSecond);
    case 'poisson':
      return poissonSchedule(pace.perSecond, seed);
    case 'ramp':
      return rampSchedule(pace);
    case 'stairs':
      return stairsSchedule(pace);
    case 'burst':
      return n => Math.floor(n / pace.count) * pace.everyUs;
  }
}

/** How many messages are due before an instant. */
export function countBefore(dueAt: DueAt, endUs: number): number {
  if (dueAt(0) >= endUs) return 0;
  let most = 1;
  while (dueAt(most) < endUs) most *= 2;
  let least = Math.floor(most / 2);
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (dueAt(middle) < endUs) least = middle;
    else most = middle;
  }
  return most;
}

function dueAtRate(n: number, perSecond: number): number {
  return perSecond === 0 ? Number.POSITIVE_INFINITY : Math.floor((n * 1e6) / perSecond);
}

/** The count at t is a*t + (b - a)*t*t/(2*over), solved for t in the form that does not cancel. */
function rampSchedule({ fromPerSecond, toPerSecond, overUs }: OpenPace & { kind: 'ramp' }): DueAt {
  const overSeconds = overUs / 1e6;
  const countOfRamp = ((fromPerSecond + toPerSecond) / 2) * overSeconds;
  const growth = overSeconds === 0 ? 0 : (toPerSecond - fromPerSecond) / overSeconds;
  return n => {
    if (n === 0) return 0;
    if (n >= countOfRamp) return overUs + dueAtRate(n - countOfRamp, toPerSecond);
    // Rounding can make what stands under the root a little less than nothing at the end of a ramp down to zero.
    const root = Math.sqrt(Math.max(0, fromPerSecond * fromPerSecond + 2 * n * growth));
    return Math.min(overUs, Math.floor((2 * n * 1e6) / (fromPerSecond + root)));
  };
}

function stairsSchedule({ fromPerSecond, stepPerSecond, everyUs, toPerSecond }: OpenPace & { kind: 'stairs' }): DueAt {
  const perSecondAt = (step: number) => Math.min(toPerSecond, fromPerSecond + step * stepPerSecond);
  /** The rate does not change any more from this step on. */
  const lastStep = stepPerSecond === 0 ? 0 : Math.ceil((toPerSecond - fromPerSecond) / stepPerSecond);
  /** Messages before each step. */
  const before: number[] = [0];
  const countBeforeStep = (step: number) => {
    while (before.length <= step) before.push(before.at(-1)! + (perSecondAt(before.length - 1) * everyUs) / 1e6);
    return before[step]!;
  };
  let step = 0;
  return n => {
    if (n < countBeforeStep(step)) step = 0;
    while (step < lastStep && n >= countBeforeStep(step + 1)) step++;
    return Math.floor(step * everyUs + ((n - countBeforeStep(step)) * 1e6) / perSecondAt(step));
  };
}
