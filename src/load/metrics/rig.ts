/** Watches this machine while it measures: whether the tool itself, or something else on it, was the limit. */
import { readdirSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

/** Shares are of the time that was watched; a share of a processor may be more than 1 for several. */
export interface RigReport {
  /** Processor time of this process. */
  readonly ownCpuShare: number;
  /** Processor time of all other processes, a target on this machine among them; undefined where nobody can say. */
  readonly othersCpuShare: number | undefined;
  readonly loopDelayP99Us: number;
  readonly gcShare: number;
  readonly gcLongestUs: number;
  /** How long this thread could have run and had to wait; undefined where nobody can say. */
  readonly runQueueShare: number | undefined;
  readonly memoryBytes: number;
}

export interface Rig {
  /** Begins anew: what was before does not count. */
  reset(): void;
  report(): RigReport;
  stop(): void;
}

/** Of the event loop's delay, in milliseconds; a delay is as much longer than it is late. */
const resolutionMs = 2;

export function watchRig(): Rig {
  const loopDelay = monitorEventLoopDelay({ resolution: resolutionMs });
  loopDelay.enable();
  const gc = { totalMs: 0, longestMs: 0 };
  const observer = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) {
      gc.totalMs += duration;
      gc.longestMs = Math.max(gc.longestMs, duration);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  let begun = takeReading();
  return {
    reset() {
      loopDelay.reset();
      Object.assign(gc, { totalMs: 0, longestMs: 0 });
      begun = takeReading();
    },
    report() {
      const now = takeReading();
      const elapsedMs = Math.max(1, now.atMs - begun.atMs);
      return {
        ownCpuShare: (now.ownCpuMs - begun.ownCpuMs) / elapsedMs,
        othersCpuShare: othersShare(begun, now, elapsedMs),
        loopDelayP99Us: Math.max(0, Math.round(loopDelay.percentile(99) / 1_000 - resolutionMs * 1_000)),
        gcShare: gc.totalMs / elapsedMs,
        gcLongestUs: Math.round(gc.longestMs * 1_000),
        runQueueShare:
          now.waitedMs === undefined || begun.waitedMs === undefined
            ? undefined
            : (now.waitedMs - begun.waitedMs) / elapsedMs,
        memoryBytes: process.memoryUsage.rss(),
      };
    },
    stop() {
      loopDelay.disable();
      observer.disconnect();
    },
  };
}

interface Reading {
  readonly atMs: number;
  readonly ownCpuMs: number;
  readonly waitedMs: number | undefined;
  /** Processor time by process. */
  readonly others: ReadonlyMap<string, number> | undefined;
}

function takeReading(): Reading {
  const { user, system } = process.cpuUsage();
  return {
    atMs: performance.now(),
    ownCpuMs: (user + system) / 1_000,
    waitedMs: waitedMs(),
    others: cpuOfOthersMs(),
  };
}

/** Summed by process, for the totals that some virtual machines give are seconds off. A process that ended meanwhile is left out. */
function othersShare(begun: Reading, now: Reading, elapsedMs: number): number | undefined {
  if (!begun.others || !now.others) return undefined;
  let sumMs = 0;
  for (const [id, cpuMs] of now.others) sumMs += Math.max(0, cpuMs - (begun.others.get(id) ?? 0));
  return sumMs / elapsedMs;
}

/** Linux: the second number of `schedstat` is the time spent waiting for a processor, in nanoseconds. */
function waitedMs(): number | undefined {
  const waited = readText('/proc/thread-self/schedstat')?.split(' ')[1];
  return waited === undefined ? undefined : Number(waited) / 1e6;
}

function cpuOfOthersMs(): ReadonlyMap<string, number> | undefined {
  const own = String(process.pid);
  try {
    const ids = readdirSync('/proc').filter(name => /^\d+$/.test(name) && name !== own);
    return new Map(ids.map(id => [id, cpuOfMs(readText(`/proc/${id}/stat`))]));
  } catch {
    return undefined;
  }
}

/** Behind the name of the program, which may hold anything and ends with the last `)`: utime and stime are the 12th and 13th. */
function cpuOfMs(stat: string | undefined): number {
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields ? (Number(fields[11]) + Number(fields[12])) * tickMs : 0;
}

/** USER_HZ is 100 on every Linux that Node runs on. */
const tickMs = 10;

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
