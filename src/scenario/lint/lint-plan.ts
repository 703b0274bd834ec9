import type { Report } from '../../documents/shape.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { Plan, Step } from '../plan.ts';
import { lintConnections } from './connections.ts';
import { lintEnding } from './expectation-ends.ts';
import type { FrameJudge } from './frame-judge.ts';
import { lintOpening } from './opening-without-connect.ts';
import { lintOverlaps } from './overlapping-captures.ts';
import { lintReplies } from './reply-without-id.ts';
import { lintSentFrames } from './sent-frames.ts';

/** What can be said of a plan without running it. Of the steps that it shares with plans before it, all has been said. */
export function lintPlan(
  plan: Plan,
  pack: Pack,
  judge: FrameJudge | undefined,
  report: Report,
  before: Set<Step> = new Set(),
): void {
  lintConnections(plan, pack, report);
  for (const step of [...plan.steps, ...plan.finally]) {
    if (step.kind !== 'client' || before.has(step)) continue;
    before.add(step);
    if (judge) lintSentFrames(step, plan, pack, judge, report);
    lintEnding(step, report);
    lintOpening(step, report);
    if (!step.expect) continue;
    lintReplies(step, pack, report);
    lintOverlaps(step.expect, report);
  }
}
