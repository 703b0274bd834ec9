/** What the processes of this machine have used. Linux tells it in /proc; elsewhere nobody can say. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessUse {
  readonly parentId: number;
  /** Since it began. */
  readonly cpuMs: number;
}

export type Processes = ReadonlyMap<number, ProcessUse>;

/** All processes; undefined where nobody can say. One that ends meanwhile is left out. */
export function readProcesses(): Processes | undefined {
  let names: readonly string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return undefined;
  }
  const ids = names.filter(name => /^\d+$/.test(name)).map(Number);
  const found = useOf(ids);
  return found.size === 0 ? undefined : found;
}

export function useOf(ids: Iterable<number>): Processes {
  const found = new Map<number, ProcessUse>();
  for (const id of ids) {
    const use = parseStat(readText(`/proc/${id}/stat`) ?? '');
    if (use) found.set(id, use);
  }
  return found;
}

/** Behind the name of the program, which may hold anything and ends with the last `)`, utime and stime are the 12th and 13th field. */
export function parseStat(text: string): ProcessUse | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [parentId, userTicks, systemTicks] = [1, 11, 12].map(k => Number(fields[k]));
  if (!Number.isFinite(parentId) || !Number.isFinite(userTicks) || !Number.isFinite(systemTicks)) return undefined;
  return { parentId: parentId!, cpuMs: (userTicks! + systemTicks!) * tickMs };
}

/** USER_HZ is 100 on every Linux that Node runs on. */
const tickMs = 10;

/** A process with all that it has started, and they. */
export function treeOf(processes: Processes, roots: Iterable<number>): ReadonlySet<number> {
  const tree = new Set<number>(roots);
  const children = new Map<number, number[]>();
  for (const [id, { parentId }] of processes) children.set(parentId, [...(children.get(parentId) ?? []), id]);
  // A set that grows is walked to its end.
  for (const id of tree) for (const child of children.get(id) ?? []) tree.add(child);
  return tree;
}

/** What these processes have used between two readings, as a share of one processor. */
export function cpuShareOf(ids: Iterable<number>, begun: Processes, now: Processes, elapsedMs: number): number {
  let sumMs = 0;
  for (const id of ids) sumMs += Math.max(0, (now.get(id)?.cpuMs ?? 0) - (begun.get(id)?.cpuMs ?? 0));
  return sumMs / elapsedMs;
}

/** Resident memory of each; those of which nobody can say are left out. */
export function memoryOf(ids: Iterable<number>): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const id of ids) {
    const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(readText(`/proc/${id}/status`) ?? '')?.[1];
    if (kilobytes !== undefined) found.set(id, Number(kilobytes) * 1_024);
  }
  return found;
}

/** Of the thread that asks: on a processor, and waiting for one. */
export interface ThreadUse {
  readonly ranMs: number;
  readonly waitedMs: number;
}

/** The first two numbers of `schedstat`, in nanoseconds. */
export function readThreadUse(): ThreadUse | undefined {
  const [ran, waited] = (readText('/proc/thread-self/schedstat') ?? '').split(' ');
  if (ran === undefined || waited === undefined) return undefined;
  return { ranMs: Number(ran) / 1e6, waitedMs: Number(waited) / 1e6 };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
