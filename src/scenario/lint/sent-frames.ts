import type { Report } from '../../documents/shape.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { Built } from '../../values/built.ts';
import type { ClientStep, Plan } from '../plan.ts';
import type { FrameJudge } from './frame-judge.ts';

/** Frames of ours that break their schema, and `invalid` where nothing does (language, section 5). */
export function lintSentFrames(step: ClientStep, plan: Plan, pack: Pack, judge: FrameJudge, report: Report): void {
  const { act } = step;
  if (act?.kind !== 'send' || act.raw) return;
  const transport = plan.clients.find(client => client.name === step.clients[0])?.transport ?? plan.transport;
  if (pack.transports.get(transport)?.codec === 'text') return;
  if (!act.invalid) {
    for (const frame of act.frames)
      reportIfBroken(frame, transport, judge, 'write invalid: true if that is meant', report);
    return;
  }
  if (!act.frames.every(frame => judge.verdictOn(frame, transport) === 'valid')) return;
  report({
    code: 'needless-invalid',
    severity: 'error',
    message: 'no frame of this step breaks its schema, but it says invalid: true',
    span: act.span,
    suggestion: 'remove invalid, or break the schema',
  });
}

/** A message that a workload publishes keeps its schema. */
export function lintPublished(send: Built, transport: string, pack: Pack, judge: FrameJudge, report: Report): void {
  if (pack.transports.get(transport)?.codec === 'text') return;
  reportIfBroken(send, transport, judge, 'see the schema of its kind', report);
}

function reportIfBroken(frame: Built, transport: string, judge: FrameJudge, suggestion: string, report: Report): void {
  if (judge.verdictOn(frame, transport) !== 'broken') return;
  const [first] = judge.violationsIn(frame, transport);
  if (!first) return;
  const at = first.at === '' ? '' : `${first.at}: `;
  report({
    code: 'invalid-frame',
    severity: 'error',
    message: `the frame breaks its schema: ${at}${first.message}`,
    span: frame.span,
    suggestion,
  });
}
