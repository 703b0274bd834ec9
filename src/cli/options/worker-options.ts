import { Option } from '@commander-js/extra-typings';
import { readCount } from './read-whole-number.ts';

/** As the command line gives them, wherever a load is run. */
export interface WorkerOptions {
  readonly workers: number;
  readonly workersIn: 'auto' | 'threads' | 'processes';
}

export function workersOption() {
  return new Option('--workers <n>', 'share the load among so many workers').argParser(readCount).default(1);
}

export function workersInOption() {
  return new Option('--workers-in <place>', 'where they run; auto: processes if one may not open so many connections')
    .choices(['auto', 'threads', 'processes'] as const)
    .default('auto' as const);
}

/** What a run is told of them. */
export function placementOf({ workers, workersIn }: WorkerOptions) {
  return { workers, placement: workersIn };
}
