import { visitItems } from '../scenario/interpret/machine.ts';
import type { Plan } from '../scenario/plan.ts';

/** Every check id that a plan could decide, in written order, each once. */
export function checksOf(plan: Plan): readonly string[] {
  const checks = new Set<string>(['steps.done', 'frames.valid', 'frames.unasked']);
  for (const step of plan.steps) {
    if (step.kind !== 'client') continue;
    if (step.expect) {
      visitItems(step.expect, item => {
        checks.add(item.check);
        for (const verify of item.verify) checks.add(verify.check);
      });
    }
    for (const never of step.never) checks.add(never.check);
  }
  return [...checks];
}

/** The ledger row that a check id decides: what stands before the `/`. */
export function requirementOf(check: string): string {
  const slash = check.indexOf('/');
  return slash < 0 ? check : check.slice(0, slash);
}
