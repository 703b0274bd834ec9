import { runHttpWorker } from '../http/http-worker.ts';
import { runWorker, type WorkerSurroundings } from './worker.ts';
import type { WorkerPort } from './worker-protocol.ts';

/** The worker that the transport of the workload asks for, wherever it is. */
export function startWorker(port: WorkerPort, surroundings: WorkerSurroundings): void {
  const { ground, workload } = surroundings;
  const isHttp = ground.pack.transports.get(workload.plan.transport)?.kind === 'http';
  (isHttp ? runHttpWorker : runWorker)(port, surroundings);
}
