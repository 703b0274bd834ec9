/** Watches a thread that measures: whether it, and not the target, was the limit. */
import { type IntervalHistogram, monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { readThreadUse, type ThreadUse } from './processes.ts';

/** Of one worker. Shares are of the time that was watched, and of one processor; undefined where nobody can say. */
export interface RigReport {
  /** Processor time of its thread. */
  readonly cpuShare: number | undefined;
  /** What of that was only waiting for the instant of the next message, awake: it is there for whoever needs it. */
  readonly spinShare: number;
  /** How long the thread could have run and had to wait. */
  readonly runQueueShare: number | undefined;
  readonly loopDelayP99Us: number;
  readonly gcShare: number;
  readonly gcLongestUs: number;
  /** Of its process. */
  readonly memoryBytes: number;
}

/** One second of a worker. */
export type RigSecond = Pick<RigReport, 'loopDelayP99Us' | 'runQueueShare'>;

export interface Rig {
  /** Begins anew: what was before does not count. */
  reset(): void;
  /** Since the last one. */
  second(): RigSecond;
  report(): RigReport;
  stop(): void;
}

/** Of the event loop's delay, in milliseconds; a delay is as much longer than it is late. */
const resolutionMs = 2;

/** `spunUs`: how long the thread has waited awake so far. */
export function watchRig(spunUs: () => number): Rig {
  const [whole, ofSecond] = [1, 2].map(() => monitorEventLoopDelay({ resolution: resolutionMs })) as [
    IntervalHistogram,
    IntervalHistogram,
  ];
  for (const each of [whole, ofSecond]) each.enable();
  const gc = { totalMs: 0, longestMs: 0 };
  const observer = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) {
      gc.totalMs += duration;
      gc.longestMs = Math.max(gc.longestMs, duration);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  let begun = takeReading(spunUs());
  let secondBegun = begun;
  return {
    reset() {
      for (const each of [whole, ofSecond]) each.reset();
      Object.assign(gc, { totalMs: 0, longestMs: 0 });
      begun = takeReading(spunUs());
      secondBegun = begun;
    },
    second() {
      const now = takeReading(spunUs());
      const second = { loopDelayP99Us: p99Us(ofSecond), runQueueShare: share(secondBegun, now, 'waitedMs') };
      ofSecond.reset();
      secondBegun = now;
      return second;
    },
    report() {
      const now = takeReading(spunUs());
      return {
        cpuShare: share(begun, now, 'ranMs'),
        spinShare: (now.spunUs - begun.spunUs) / 1_000 / elapsedMs(begun, now),
        runQueueShare: share(begun, now, 'waitedMs'),
        loopDelayP99Us: p99Us(whole),
        gcShare: gc.totalMs / elapsedMs(begun, now),
        gcLongestUs: Math.round(gc.longestMs * 1_000),
        memoryBytes: process.memoryUsage.rss(),
      };
    },
    stop() {
      for (const each of [whole, ofSecond]) each.disable();
      observer.disconnect();
    },
  };
}

interface Reading {
  readonly atMs: number;
  readonly spunUs: number;
  readonly thread: ThreadUse | undefined;
}

function takeReading(spunUs: number): Reading {
  return { atMs: performance.now(), spunUs, thread: readThreadUse() };
}

function elapsedMs(begun: Reading, now: Reading): number {
  return Math.max(1, now.atMs - begun.atMs);
}

function share(begun: Reading, now: Reading, use: keyof ThreadUse): number | undefined {
  if (!begun.thread || !now.thread) return undefined;
  return (now.thread[use] - begun.thread[use]) / elapsedMs(begun, now);
}

/** The percentile of nothing is no number. */
function p99Us(loopDelay: IntervalHistogram): number {
  const delayUs = Math.round(loopDelay.percentile(99) / 1_000 - resolutionMs * 1_000);
  return Number.isFinite(delayUs) ? Math.max(0, delayUs) : 0;
}
