/** Where the workers of a run are to be, and whether their connections fit there. Nothing is opened before that is known. */
import { extname } from 'node:path';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Carrier, Placement } from './carrier.ts';
import { spareDescriptors } from './descriptor-limit.ts';
import { startProcess } from './process-carrier.ts';
import { startThread } from './thread-carrier.ts';

export interface PlacementWish {
  readonly workers: number;
  /** `auto`: threads where there is more than one; processes where all connections together are too many for one. */
  readonly placement: Placement | 'auto';
}

/** Throws if a process would have more connections than it may open. */
export function choosePlacement(
  { workers, placement }: PlacementWish,
  connections: number,
  descriptorLimit: number | undefined,
): Placement {
  const mostOfProcess = (descriptorLimit ?? Number.POSITIVE_INFINITY) - spareDescriptors;
  const inProcesses = placement === 'processes' || (placement === 'auto' && workers > 1 && connections > mostOfProcess);
  const ofProcess = inProcesses ? Math.ceil(connections / workers) : connections;
  if (ofProcess > mostOfProcess) {
    const enough = Math.ceil(connections / mostOfProcess);
    const message = `Expected at most ${mostOfProcess} connections in one process, which may have ${descriptorLimit} files open (ulimit -n) and keeps ${spareDescriptors} of them for itself; this would make ${ofProcess}. Take --workers ${enough} --workers-in processes, or raise the limit; nothing was opened.`;
    throw new AntiphonError('usage', 'too-few-descriptors', message);
  }
  if (inProcesses) return 'processes';
  if (placement !== 'auto') return placement;
  return workers > 1 ? 'threads' : 'here';
}

export function startCarrier(placement: Exclude<Placement, 'here'>, program: URL): Carrier {
  return placement === 'threads' ? startThread(program) : startProcess(program);
}

/** Beside this file, in the form that this file has. */
export const workerProgram = new URL(`./worker-program${extname(import.meta.url)}`, import.meta.url);
