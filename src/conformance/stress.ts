import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

export interface Stress {
  readonly threads: number;
  /** Resolves when none spins any more. */
  stop(): Promise<void>;
}

/** Keeps every core busy. Threads of this process: whatever ends it, and be it SIGKILL, ends them. */
export function startStress(threads = availableParallelism()): Stress {
  const spinning = Array.from({ length: threads }, () => {
    const worker = new Worker('for (;;);', {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 },
    });
    worker.unref();
    return worker;
  });
  return {
    threads,
    async stop() {
      await Promise.all(spinning.map(worker => worker.terminate()));
    },
  };
}
