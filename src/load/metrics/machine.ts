/** Watches the processes of this machine during hold: the tool's, those of a target that we started, and all others. */
import { availableParallelism } from 'node:os';
import { cpuShareOf, memoryOf, type Processes, readProcesses, treeOf, useOf } from './processes.ts';

/** Shares are of one processor, so several may have more than 1 together; undefined where nobody can say. */
export interface MachineReport {
  readonly processors: number;
  /** This tool, with all its workers. */
  readonly ownCpuShare: number;
  /** At the end of hold, as that of the target. */
  readonly ownMemoryBytes: number;
  /** Everything that is neither the tool nor a target that it started, from before warm-up until after drain. */
  readonly othersCpuShare: number | undefined;
  /** Undefined too if the target was not ours to start. */
  readonly target: TargetUse | undefined;
}

export interface TargetUse {
  readonly cpuShare: number;
  /** At the end. */
  readonly memoryBytes: number;
}

export interface Machine {
  /** All processes are looked at, which takes milliseconds: before anything is measured. The last one before hold counts. */
  prepare(): void;
  /** Hold begins. */
  begin(): void;
  /** Hold is over; the first one counts. */
  end(): void;
  /** All processes are looked at once more: when nothing is measured any more. Undefined if hold never began. */
  report(): MachineReport | undefined;
}

/** `targetIds`: processes that we started as the target. */
export function watchMachine(targetIds: () => readonly number[]): Machine {
  let before: Survey | undefined;
  let begun: Reading | undefined;
  let ended: Reading | undefined;
  let report: MachineReport | undefined;
  return {
    prepare() {
      before = survey();
    },
    begin() {
      before ??= survey();
      begun = takeReading(before, targetIds());
    },
    end() {
      if (begun && before) ended ??= takeReading(before, targetIds());
    },
    report() {
      this.end();
      if (before && begun && ended) report ??= reportOf(before, begun, ended, survey(), targetIds());
      return report;
    },
  };
}

/** All processes. */
interface Survey {
  readonly atMs: number;
  readonly processes: Processes | undefined;
}

/** Only ourselves and what we have started, for nothing is to be held up by it. */
interface Reading {
  readonly atMs: number;
  readonly ownCpuMs: number;
  readonly started: Processes;
  readonly memoryBytes: ReadonlyMap<number, number>;
}

function survey(): Survey {
  return { atMs: performance.now(), processes: readProcesses() };
}

function takeReading({ processes }: Survey, targets: readonly number[]): Reading {
  const started = useOf(processes ? treeOf(processes, [process.pid, ...targets]) : []);
  const { user, system } = process.cpuUsage();
  const memoryBytes = memoryOf(started.keys());
  return { atMs: performance.now(), ownCpuMs: (user + system) / 1_000, started, memoryBytes };
}

/** Others are watched from before warm-up until after drain, the rest in hold. */
function reportOf(
  before: Survey,
  begun: Reading,
  ended: Reading,
  after: Survey,
  targetIds: readonly number[],
): MachineReport {
  // What was started in hold was not looked at when it ended; what has ended since is in no survey.
  const now = new Map([...(after.processes ?? []), ...ended.started]);
  const target = treeOf(now, targetIds);
  const own = without(treeOf(now, [process.pid]), target);
  const workers = without(own, new Set([process.pid]));
  const elapsedMs = Math.max(1, ended.atMs - begun.atMs);
  const share = (ids: ReadonlySet<number>) => cpuShareOf(ids, begun.started, now, elapsedMs);
  return {
    processors: availableParallelism(),
    // Of this process to the microsecond; of workers that are processes of their own as the system counts.
    ownCpuShare: (ended.ownCpuMs - begun.ownCpuMs) / elapsedMs + share(workers),
    ownMemoryBytes:
      (ended.memoryBytes.get(process.pid) ?? process.memoryUsage.rss()) + sumOf(ended.memoryBytes, workers),
    othersCpuShare: othersShare(before, after, new Set([...own, ...target])),
    target: targetIds.some(id => ended.memoryBytes.has(id))
      ? { cpuShare: share(target), memoryBytes: sumOf(ended.memoryBytes, target) }
      : undefined,
  };
}

function othersShare(before: Survey, after: Survey, ours: ReadonlySet<number>): number | undefined {
  if (!before.processes || !after.processes) return undefined;
  const others = without(new Set(after.processes.keys()), ours);
  return cpuShareOf(others, before.processes, after.processes, Math.max(1, after.atMs - before.atMs));
}

function sumOf(bytes: ReadonlyMap<number, number>, ids: ReadonlySet<number>): number {
  return [...ids].reduce((sum, id) => sum + (bytes.get(id) ?? 0), 0);
}

function without(ids: ReadonlySet<number>, left: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...ids].filter(id => !left.has(id)));
}
