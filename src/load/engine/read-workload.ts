import { AntiphonError } from '../../foundation/errors.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { AccountMode } from '../../packs/file-types.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import { overlayOf, type Suite } from '../../suites/suite.ts';
import type { LoadOptions, LoadTarget } from './run-load.ts';
import { type Variation, varyWorkload } from './vary-workload.ts';

/** The workload as it is run: settled for its target, which it fits, and with what is to be other than in the file. */
export function readWorkload({
  suite,
  workload: name,
  target,
  variation = {},
}: Pick<LoadOptions, 'suite' | 'workload' | 'target' | 'variation'>): WorkloadPlan {
  const { accountMode } = target.header;
  const pack = suite.packFor(overlayOf(target.header));
  const workload = settleWorkload({ suite, workload: name, accountMode, pack, variation });
  ensureFits(workload, target);
  return workload;
}

export interface WorkloadChoice {
  readonly suite: Suite;
  /** Logical name. */
  readonly workload: string;
  readonly accountMode: AccountMode;
  readonly pack: Pack;
  readonly variation?: Variation;
}

/** Likewise, for a target that is not there. */
export function settleWorkload({
  suite,
  workload: name,
  accountMode,
  pack,
  variation = {},
}: WorkloadChoice): WorkloadPlan {
  const problems: string[] = [];
  const workload = suite.workloadOf(
    name,
    accountMode,
    pack,
    ({ message, span }) => problems.push(`${span.file}:${span.line}: ${message}`),
    variation.roleCounts,
  );
  if (workload && problems.length === 0) return varyWorkload(workload, variation);
  const message = `The workload ${name} was expected to be one that can be run; ${problems[0] ?? 'it cannot be read'}. \`antiphon lint ${suite.pack}\` lists all problems.`;
  throw new AntiphonError('scenario', 'workload-unreadable', message);
}

/** Before anything runs: what the target cannot do is no finding. */
function ensureFits({ plan, channels }: WorkloadPlan, target: LoadTarget): void {
  const { capabilities, endpoints, accountMode } = target.header;
  const needs = plan.needs.find(need => (capabilities[need.replace(/^!/, '')] === true) === need.startsWith('!'));
  const clients = plan.clients.length * channels;
  const accounts = plan.clients.filter(({ account }) => account).length * channels;
  const why =
    needs !== undefined
      ? `needs ${needs}, which the target does not declare`
      : endpoints[plan.transport] === undefined
        ? `runs on ${plan.transport}, for which the target has no endpoint`
        : clients > target.connectionLimit
          ? `makes ${clients} connections, the target takes ${target.connectionLimit}`
          : accountMode === 'list' && accounts > target.accounts.length
            ? `needs ${accounts} accounts, the target lists ${target.accounts.length}`
            : undefined;
  if (why === undefined) return;
  const message = `The workload ${plan.id} was expected to fit the target; it ${why}. Change one of them; nothing was run.`;
  throw new AntiphonError('usage', 'workload-does-not-fit', message);
}
