import type { LoadVerdict } from '../judge/verdict.ts';
import type { LoadEnd, LoadResults } from '../load-results.ts';

/** One run of a search or sweep: what decided it, and where the rest of it is. Times in whole microseconds. */
export interface LoadStep {
  /** The rate a second, the size in bytes, or how many users: what is different from step to step. */
  readonly value: number;
  /** Folder of the run, below that of the search. */
  readonly run: string;
  readonly ended: LoadEnd;
  readonly verdict: LoadVerdict;
  readonly reasons: readonly string[];
  readonly connections: number;
  readonly publishesPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly lost: number;
  readonly late: number;
  /** Left out if nothing was delivered. */
  readonly deliveryP50Us?: number | undefined;
  readonly deliveryP99Us?: number | undefined;
  readonly deliveryP999Us?: number | undefined;
}

export function stepOf(value: number, run: string, results: LoadResults): LoadStep {
  const { ended, verdict, reasons, connections, counters, perSecond, timings } = results;
  const { delivery } = timings;
  return {
    value,
    run,
    ended,
    verdict,
    reasons,
    connections,
    publishesPerSecond: perSecond.publishes,
    deliveriesPerSecond: perSecond.deliveries,
    lost: counters.lost,
    late: counters.late,
    ...(delivery && {
      deliveryP50Us: delivery.p50Us,
      deliveryP99Us: delivery.p99Us,
      deliveryP999Us: delivery.p999Us,
    }),
  };
}

/** Nothing was measured of what the step was for. */
export function isCutShort({ ended }: LoadStep): boolean {
  return ended === 'interrupted' || ended === 'not-joined';
}
