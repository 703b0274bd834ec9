import type { Floor } from '../calibration/floor.ts';
import type { TimingName } from '../ledger/timings.ts';
import type { TimingResult } from '../load-results.ts';
import { messagesNeeded } from './figures.ts';
import { holds, type Threshold } from './threshold.ts';

/**
 * The figure of the floor, if it misses the threshold too: then no server that does more than hand on could meet it here. A floor that was
 * measured while this machine was busy is no floor, nor is a percentile of too few messages.
 */
export function missedByFloorUs({ metric, operator, bound }: Threshold, floor: Floor): number | undefined {
  if (!floor.measured || floor.reasons.length > 0 || floor.messages < messagesNeeded(metric)) return undefined;
  const [, timing, statistic] = /^(\w+)\.(.+)$/.exec(metric) ?? [];
  const figure = figures[statistic ?? ''];
  const figureUs = figure && floor.timings[timing as TimingName]?.[figure];
  return figureUs === undefined || holds(operator, figureUs, bound) ? undefined : figureUs;
}

/** Those that a floor has. */
const figures: Readonly<Record<string, keyof Omit<TimingResult, 'count' | 'never' | 'hdr'>>> = {
  min: 'minUs',
  mean: 'meanUs',
  p50: 'p50Us',
  p90: 'p90Us',
  p95: 'p95Us',
  p99: 'p99Us',
  'p99.9': 'p999Us',
  max: 'maxUs',
};
