import type { Level } from '../../foundation/verdict.ts';
import type { Assignment } from '../options/read-assignment.ts';
import type { ReporterRequest } from '../options/read-reporter.ts';
import type { Shard } from '../options/read-shard.ts';

/** Options of `test` as the command line gives them. */
export interface TestOptions {
  readonly target?: string;
  /** Of the bundled server. */
  readonly configuration?: string;
  readonly jobs: number;
  readonly seed?: string;
  readonly shuffle: boolean;
  readonly repeat: number;
  /** Keeps the machine busy, and makes each repetition a run of its own. */
  readonly stress: boolean;
  readonly filter?: readonly string[];
  readonly tag?: readonly string[];
  readonly level?: Level;
  readonly shard?: Shard;
  readonly maxFailures?: number;
  /** Patience, in microseconds. */
  readonly timeout: number;
  readonly var?: readonly Assignment[];
  readonly reporter?: readonly ReporterRequest[];
  readonly reports: string;
  readonly name?: string;
  readonly quiet: boolean;
}

/** As if no option was given. */
export const defaultTestOptions: TestOptions = {
  jobs: 16,
  shuffle: false,
  repeat: 1,
  stress: false,
  // Language, section 8.
  timeout: 5_000_000,
  reports: 'reports',
  quiet: false,
};
