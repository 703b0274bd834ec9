/** Whether this machine was the limit, and why, in words. */
import { formatDurationUs } from '../../foundation/duration.ts';
import type { SecondResult } from '../load-results.ts';
import { distributionOf } from '../metrics/distribution.ts';
import type { Measured } from './figures.ts';

/** From where on this machine says more about itself than about the target. */
const limits = { sendDelayP99Us: 10_000, underrunShare: 0.001, loopDelayP99Us: 50_000, runQueueShare: 0.25 } as const;

/** Of a whole run; nothing if it was healthy. */
export function whyUnhealthy({ counters, timings, rigs }: Measured): readonly string[] {
  const sendDelayP99Us = distributionOf(timings.sendDelay)?.percentileUs(9_900) ?? 0;
  const reasons: string[] = [];
  if (sendDelayP99Us > limits.sendDelayP99Us)
    reasons.push(
      `messages left ${formatDurationUs(sendDelayP99Us)} late at p99: this machine did not keep the schedule`,
    );
  if (counters.underrun > counters.intended * limits.underrunShare)
    reasons.push(`${counters.underrun} of ${counters.intended} messages were never sent: this machine was behind`);
  for (const { loopDelayP99Us, runQueueShare = 0 } of rigs) {
    if (loopDelayP99Us > limits.loopDelayP99Us)
      reasons.push(`the event loop stood still for ${formatDurationUs(loopDelayP99Us)} at p99`);
    if (runQueueShare > limits.runQueueShare)
      reasons.push(
        `for ${percentText(runQueueShare)} of the time a processor had to be waited for: something else runs here`,
      );
  }
  return [...new Set(reasons)];
}

/** Of one second, in a word or two: while a load runs. Undefined if it was healthy. */
export function ailmentOf({ sendDelayP99Us = 0, loopDelayP99Us, runQueueShare = 0 }: SecondResult): string | undefined {
  if (sendDelayP99Us > limits.sendDelayP99Us) return `${formatDurationUs(sendDelayP99Us)} behind`;
  if (loopDelayP99Us > limits.loopDelayP99Us) return `loop stood ${formatDurationUs(loopDelayP99Us)}`;
  return runQueueShare > limits.runQueueShare
    ? `waits ${Math.round(runQueueShare * 100)} % for a processor`
    : undefined;
}

export function percentText(share: number): string {
  return `${Number((share * 100).toFixed(3))} %`;
}
