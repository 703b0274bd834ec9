import { AntiphonError } from '../../foundation/errors.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import { isCut } from '../engine/share.ts';

/**
 * What a workload over HTTP can be: users who ask, each as soon as it was answered. autocannon, which sends, has a mode with a rate as
 * well; it sends the requests of each second at its beginning, so that no schedule of ours would be kept.
 */
export function ensureHttpFits({ plan, publish, disrupt, channels }: WorkloadPlan, workers: number): void {
  const why = publish.some(({ to }) => to.length > 0)
    ? 'names who must receive what is sent; over HTTP there are replies only: write `to: []`'
    : publish.some(({ pace }) => pace.kind !== 'inFlight')
      ? 'has a schedule at which nobody can ask over HTTP; write `schedule: { inFlight: 1 }`'
      : disrupt.length > 0
        ? 'disrupts users, which is not possible over HTTP; leave `disrupt` out'
        : isCut(channels, workers)
          ? `has ${channels} channels, which ${workers} workers cannot share; take a number of workers that divides them`
          : undefined;
  if (why === undefined) return;
  const message = `The workload ${plan.id} was expected to be one for ${plan.transport}, which is HTTP; it ${why}. Nothing was run.`;
  throw new AntiphonError('usage', 'workload-does-not-fit', message);
}
