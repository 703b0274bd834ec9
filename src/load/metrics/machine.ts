/** Watches the processes of this machine during hold: the tool's, those of a target that we started, and all others. */
import { availableParallelism } from 'node:os';
import { cpuShareOf, memoryOf, type Processes, readProcesses, treeOf, useOf } from './processes.ts';

/** Shares are of one processor, so several may have more than 1 together; undefined where nobody can say. */
export interface MachineReport {
  readonly processors: number;
  /** This tool, with all its workers. */
  readonly ownCpuShare: number;
  readonly ownMemoryBytes: number;
  /** Everything that is neither the tool nor a target that it started. */
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
  /** All processes are looked at, which takes milliseconds: before anything is measured. */
  prepare(): void;
  /** Hold begins. */
  begin(): void;
  /** Hold is over; the first one counts. */
  end(): void;
  /** Undefined if hold never began. */
  report(): MachineReport | undefined;
}

/** `targetIds`: processes that we started as the target. */
export function watchMachine(targetIds: () => readonly number[]): Machine {
  let all: { readonly atMs: number; readonly processes: Processes | undefined } | undefined;
  let begun: Reading | undefined;
  let report: MachineReport | undefined;

  function prepare(): void {
    all ??= { atMs: performance.now(), processes: readProcesses() };
  }

  function end(): void {
    if (!begun || report) return;
    const nowMs = performance.now();
    const processes = readProcesses();
    const target = processes ? treeOf(processes, targetIds()) : new Set<number>();
    const own = without(processes ? treeOf(processes, [process.pid]) : new Set([process.pid]), target);
    report = {
      processors: availableParallelism(),
      ...ownUse(begun, own, processes, nowMs),
      othersCpuShare: all && othersShare(all, own, target, processes, nowMs),
      target: targetUse(begun, target, processes, nowMs),
    };
  }

  return {
    prepare,
    begin() {
      prepare();
      begun = takeReading(all?.processes, targetIds());
    },
    end,
    report() {
      end();
      return report;
    },
  };
}

interface Reading {
  readonly atMs: number;
  readonly ownCpuMs: number;
  /** Of what we started, the target among it. */
  readonly started: Processes;
}

function takeReading(known: Processes | undefined, targets: readonly number[]): Reading {
  const started = useOf(known ? treeOf(known, [process.pid, ...targets]) : []);
  return { atMs: performance.now(), ownCpuMs: ownCpuMs(), started };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Of this process to the microsecond; of workers that are processes of their own as the system counts. */
function ownUse(begun: Reading, own: ReadonlySet<number>, processes: Processes | undefined, nowMs: number) {
  const elapsedMs = Math.max(1, nowMs - begun.atMs);
  const workers = without(own, new Set([process.pid]));
  const workersShare = processes ? cpuShareOf(workers, begun.started, processes, elapsedMs) : 0;
  return {
    ownCpuShare: (ownCpuMs() - begun.ownCpuMs) / elapsedMs + workersShare,
    ownMemoryBytes: process.memoryUsage.rss() + (memoryOf(workers) ?? 0),
  };
}

function othersShare(
  all: { readonly atMs: number; readonly processes: Processes | undefined },
  own: ReadonlySet<number>,
  target: ReadonlySet<number>,
  processes: Processes | undefined,
  nowMs: number,
): number | undefined {
  if (!all.processes || !processes) return undefined;
  const others = without(without(new Set(processes.keys()), own), target);
  return cpuShareOf(others, all.processes, processes, Math.max(1, nowMs - all.atMs));
}

function targetUse(
  begun: Reading,
  target: ReadonlySet<number>,
  processes: Processes | undefined,
  nowMs: number,
): TargetUse | undefined {
  const memoryBytes = memoryOf(target);
  if (!processes || memoryBytes === undefined) return undefined;
  return { cpuShare: cpuShareOf(target, begun.started, processes, Math.max(1, nowMs - begun.atMs)), memoryBytes };
}

function without(ids: ReadonlySet<number>, left: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...ids].filter(id => !left.has(id)));
}
