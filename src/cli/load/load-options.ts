import type { Assignment } from '../options/read-assignment.ts';
import type { WorkerOptions } from '../options/worker-options.ts';

/** Options of `load` as the command line gives them. */
export interface LoadCommandOptions extends WorkerOptions {
  readonly target?: string;
  /** Of the bundled server. */
  readonly configuration?: string;
  readonly var?: readonly Assignment[];
  readonly seed?: string;
  /** Patience while users join, in microseconds. */
  readonly timeout: number;
  /** In microseconds; the grace before it. */
  readonly abortOnFail?: number | boolean;
  /** Measure the floor before; left out: if the load is long. */
  readonly calibrate?: boolean;
  /** The objective. */
  readonly findCapacity?: string;
  /** `subscribers=10,100`. */
  readonly sweep?: string;
  readonly reports: string;
  readonly name?: string;
  readonly quiet: boolean;
}
