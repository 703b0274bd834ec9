import type { ExecutionBegin, ExecutionSkipped, RunHeader } from '../evidence/events.ts';
import { AntiphonError } from '../foundation/errors.ts';
import type { Plan } from '../scenario/plan.ts';
import { overlayOf, type Suite } from '../suites/suite.ts';

/** Plans by execution, compiled once for each scenario file. A scenario that is no longer there gives none. */
export function planFinder(header: RunHeader, suites: ReadonlyMap<string, Suite>) {
  const compiled = new Map<string, readonly Plan[]>();
  return (about: ExecutionBegin | ExecutionSkipped): Plan | undefined => {
    const suite = suites.get(about.pack);
    if (!suite)
      throw new AntiphonError(
        'usage',
        'pack-missing',
        `The log was expected to be judged with the pack \`${about.pack}\`; it was not given. Name its folder with --pack.`,
      );
    let plans = compiled.get(about.scenario);
    if (!plans) {
      plans = suite.plansOf(about.scenario, header.target.accountMode, suite.packFor(overlayOf(header.target)));
      compiled.set(about.scenario, plans);
    }
    return plans.find(plan => plan.transport === about.transport && plan.case === about.case);
  };
}
