import type { Plan } from '../scenario/plan.ts';
import type { Suite, TargetOverlay } from '../suites/suite.ts';

/** A target that lays nothing over the pack. */
export const plainOverlay: TargetOverlay = { limits: {}, timers: {}, values: {}, profile: undefined };

/** The plans of a scenario as they are for a target that we know nothing of. */
export function plainPlans(suite: Suite, scenario: string): readonly Plan[] {
  return suite.plansOf(scenario, suite.accountModes[0] ?? 'token', suite.packFor(plainOverlay));
}
