import type { ExecutionBegin, ExecutionSkipped, RunHeader } from '../evidence/events.ts';
import { AntiphonError } from '../foundation/errors.ts';
import type { Plan } from '../scenario/plan.ts';
import { overlayOf, type Suite } from '../suites/suite.ts';

type About = ExecutionBegin | ExecutionSkipped;

export interface PlanFinder {
  /** Undefined if the scenario is no longer there. */
  find(about: About): Plan | undefined;
  /** Whether the same scenario has a plan for another transport. */
  isOnSeveral(about: About): boolean;
}

/** Plans by execution, compiled once for each scenario file. */
export function planFinder(header: RunHeader, suites: ReadonlyMap<string, Suite>): PlanFinder {
  const compiled = new Map<string, readonly Plan[]>();

  function plansOf(about: About): readonly Plan[] {
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
    return plans;
  }

  return {
    find: about => plansOf(about).find(plan => plan.transport === about.transport && plan.case === about.case),
    isOnSeveral: about => plansOf(about).some(plan => plan.transport !== about.transport),
  };
}
