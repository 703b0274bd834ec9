import type { Report } from '../../documents/shape.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { Plan } from '../plan.ts';
import { lintConnections } from './connections.ts';
import { lintEnding } from './expectation-ends.ts';
import { lintOverlaps } from './overlapping-captures.ts';
import { lintReplies } from './reply-without-id.ts';
import { lintSentFrames } from './sent-frames.ts';

/** What can be said of a plan without running it. */
export function lintPlan(plan: Plan, pack: Pack, hasSchemas: boolean, report: Report): void {
  lintConnections(plan, pack, report);
  for (const step of [...plan.steps, ...plan.finally]) {
    if (step.kind !== 'client') continue;
    if (hasSchemas) lintSentFrames(step, plan, pack, report);
    lintEnding(step, report);
    if (!step.expect) continue;
    lintReplies(step, pack, report);
    lintOverlaps(step.expect, report);
  }
}
