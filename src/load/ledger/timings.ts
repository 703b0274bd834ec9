import { createHistogram, fold, type Histogram } from '../metrics/histogram.ts';

/** What a run times, each in microseconds from the due instant, but for service (from the write) and skew (from the first receipt). */
export const timingNames = [
  'sendDelay',
  'delivery',
  'service',
  'ack',
  'timeToFirst',
  'timeTo50',
  'timeTo95',
  'timeTo99',
  'timeToLast',
  'skew',
] as const;

export type TimingName = (typeof timingNames)[number];

export type Timings = Readonly<Record<TimingName, Histogram>>;

export function createTimings(): Timings {
  return Object.fromEntries(timingNames.map(name => [name, createHistogram()])) as unknown as Timings;
}

export function foldTimings(timings: Timings): void {
  for (const name of timingNames) fold(timings[name]);
}
