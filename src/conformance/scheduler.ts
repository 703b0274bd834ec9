import type { Execution } from './selection.ts';

export interface SchedulerOptions {
  /** Executions at once. */
  readonly jobs: number;
  /** Connections at once. */
  readonly connections: number;
  /** Takes what an execution needs; undefined: not now, something is still in use. */
  readonly acquire: (execution: Execution) => Acquired | undefined;
  /** No further execution is begun. */
  readonly stopped: () => boolean;
}

export interface Acquired {
  run(): Promise<void>;
  release(): void;
}

/**
 * Those first that take long, so that the others run beside them, and those last that run alone, so that nobody waits for them. Else
 * as they are.
 */
export function startOrder(executions: readonly Execution[]): readonly Execution[] {
  const rank = ({ plan: { exclusive, tags } }: Execution) => (exclusive ? 2 : tags.includes('slow') ? 0 : 1);
  return [...executions].sort((a, b) => rank(a) - rank(b));
}

/**
 * Runs executions in order, as many at once as jobs, connections and accounts allow. An exclusive one runs alone. An execution
 * that must wait holds up those behind it, so that none waits for ever. Rejects with the first error, once what runs has ended.
 */
export async function runScheduled(executions: readonly Execution[], options: SchedulerOptions): Promise<void> {
  const waiting = [...executions];
  const running = new Set<Execution>();
  let connections = 0;
  let failed: { readonly error: unknown } | undefined;

  function mayStart({ plan }: Execution): boolean {
    if (running.size === 0) return true;
    const alone = plan.exclusive || [...running].some(each => each.plan.exclusive);
    return !alone && running.size < options.jobs && connections + plan.clients.length <= options.connections;
  }

  await new Promise<void>(resolve => {
    function startMore(): void {
      while (waiting.length > 0 && !options.stopped() && !failed) {
        const next = waiting[0]!;
        const acquired = mayStart(next) ? options.acquire(next) : undefined;
        if (!acquired) break;
        waiting.shift();
        void start(next, acquired);
      }
      if (running.size === 0) resolve();
    }

    async function start(execution: Execution, { run, release }: Acquired): Promise<void> {
      running.add(execution);
      connections += execution.plan.clients.length;
      try {
        await run();
      } catch (error) {
        failed ??= { error };
      }
      release();
      running.delete(execution);
      connections -= execution.plan.clients.length;
      startMore();
    }

    startMore();
  });
  if (failed) throw (failed as { readonly error: unknown }).error;
}
