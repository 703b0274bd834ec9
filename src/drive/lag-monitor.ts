import type { Stalled } from '../evidence/events.ts';
import type { Clock } from '../foundation/clock.ts';

/** Measures how late our own event loop runs: a busy machine makes a run slower, never red (language, section 8). */
export interface LagMonitor {
  /** All lag so far, in microseconds. */
  totalUs(): number;
  /** Tells of each stall that is worth a line in the log, once that is written. Returns how to hear no more. */
  hear(listener: (stall: Stalled) => void): () => void;
  stop(): void;
}

/** Between two samples. Short enough to see a stall, long enough to cost nothing. */
const intervalMs = 20;

/** A lag that is worth a line in the log. */
const stallUs = 50_000;

export function startLagMonitor(clock: Clock, log: (stall: Stalled) => void): LagMonitor {
  const listeners = new Set<(stall: Stalled) => void>();
  let totalUs = 0;
  let expectedUs = clock.nowUs() + intervalMs * 1000;
  const timer = setInterval(() => {
    const t = clock.nowUs();
    const lagUs = t - expectedUs;
    // Timers are a millisecond late as a rule; that is no lag.
    if (lagUs > 2_000) totalUs += lagUs;
    if (lagUs > stallUs) {
      log({ event: 'stalled', t, lagUs });
      for (const listener of listeners) listener({ event: 'stalled', t, lagUs });
    }
    expectedUs = t + intervalMs * 1000;
  }, intervalMs);
  timer.unref();
  return {
    totalUs: () => totalUs,
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => clearInterval(timer),
  };
}
