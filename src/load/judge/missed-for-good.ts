import type { Counters } from '../ledger/counters.ts';
import { countOf } from './figures.ts';
import { holds, type Threshold } from './threshold.ts';

/** Thresholds that no rest of the run can save: counts only grow. A percentile may recover, and what must be reached may be yet. */
export function missedForGood(thresholds: readonly Threshold[], counters: Counters): readonly Threshold[] {
  return thresholds.filter(({ metric, operator, bound }) => {
    const count = countOf(metric, counters);
    if (count === undefined || holds(operator, count, bound)) return false;
    return operator === '<' || operator === '<=' || (operator === '==' && count > bound);
  });
}
