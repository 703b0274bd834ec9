import { basename } from 'node:path';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Suite } from '../../suites/suite.ts';

/** The one that is named; of a folder its only one. */
export function workloadOf({ selectedWorkloads, pack }: Suite, named: string): string {
  const [first, ...others] = selectedWorkloads;
  if (first !== undefined && others.length === 0) return first;
  const came = first === undefined ? 'there is none' : `there are ${selectedWorkloads.join(', ')}`;
  const message = `Expected one workload of ${pack} under ${named}; ${came}. Name the file of one.`;
  throw new AntiphonError('usage', 'workload-not-named', message);
}

/** What its run is called if nobody says otherwise. */
export function nameOfLoad({ pack }: Suite, workload: string): string {
  return `${pack}-${basename(workload).replace(/\.ya?ml$/, '')}`;
}
