import { addCounters, type Counters, createCounters } from '../ledger/counters.ts';
import type { SecondResult } from '../load-results.ts';
import { distributionOf } from '../metrics/distribution.ts';
import { addCounts } from '../metrics/histogram.ts';
import type { SecondOfWorker } from './worker-protocol.ts';

/** Puts the seconds of all workers together; a second is told when every worker has told of it. */
export function createSeconds(workers: number, tell: (second: SecondResult, counters: Counters) => void) {
  const waiting = new Map<number, SecondOfWorker[]>();
  let before = createCounters();
  return (told: SecondOfWorker): void => {
    const parts = [...(waiting.get(told.second) ?? []), told];
    waiting.set(told.second, parts);
    if (parts.length < workers) return;
    waiting.delete(told.second);
    const counters = createCounters();
    for (const part of parts) addCounters(counters, part.counters);
    const { second, ...figures } = secondOf(parts, counters, before);
    before = counters;
    tell({ second, ...figures }, counters);
  };
}

function secondOf(parts: readonly SecondOfWorker[], counters: Counters, before: Counters): SecondResult {
  const delivery = distributionOf(merged(parts.map(part => part.delivery)));
  const sendDelay = distributionOf(merged(parts.map(part => part.sendDelay)));
  return {
    second: parts[0]!.second,
    publishes: counters.sent - before.sent,
    deliveries: counters.delivered + counters.late - before.delivered - before.late,
    counters,
    deliveryP50Us: delivery?.percentileUs(5_000),
    deliveryP90Us: delivery?.percentileUs(9_000),
    deliveryP99Us: delivery?.percentileUs(9_900),
    deliveryMaxUs: delivery?.maxUs,
    sendDelayP99Us: sendDelay?.percentileUs(9_900),
    loopDelayP99Us: Math.max(...parts.map(({ rig }) => rig.loopDelayP99Us)),
    runQueueShare: greatest(parts.map(({ rig }) => rig.runQueueShare)),
  };
}

/** Undefined where one of them cannot say. */
function greatest(shares: readonly (number | undefined)[]): number | undefined {
  const known = shares.filter(share => share !== undefined);
  return known.length < shares.length ? undefined : Math.max(...known);
}

function merged(counts: readonly Uint32Array[]): ArrayLike<number> {
  if (counts.length === 1) return counts[0]!;
  const sum = new Float64Array(counts[0]!.length);
  for (const each of counts) addCounts(sum, each);
  return sum;
}
