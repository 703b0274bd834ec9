import type { Report } from '../../documents/shape.ts';
import { compileChannel } from '../compile/compile-channel.ts';
import { reportUnknown } from '../compile/suggest.ts';
import type { SuiteSource, Trace } from '../compile/suite-source.ts';
import type { WorkloadFile } from '../files/file-types.ts';
import type { FrameJudge } from './frame-judge.ts';
import { lintPlan } from './lint-plan.ts';
import { isMetric, metricNames } from './metric-names.ts';
import { lintPublished } from './sent-frames.ts';

/** A workload is compiled as one channel with few users: names and steps do not depend on how many there are. */
export function lintWorkload(
  workload: WorkloadFile,
  suite: SuiteSource,
  judge: FrameJudge | undefined,
  trace: Trace,
  report: Report,
): void {
  if (workload.protocol.value !== suite.pack.name) {
    reportUnknown(report, {
      code: 'unknown-protocol',
      what: 'protocol in this folder',
      name: workload.protocol.value,
      span: workload.protocol.span,
      known: [suite.pack.name],
    });
  }
  const { plan, publish } = compileChannel(workload, suite, report, { trace, mostClients: 2 });
  lintPlan(plan, suite.pack, judge, report);
  if (judge) for (const { send } of publish) lintPublished(send, plan.transport, suite.pack, judge, report);
  for (const { send } of publish) {
    if (hasPayload(send)) continue;
    report({
      code: 'no-payload',
      severity: 'error',
      message: 'the message that is published has no $payload, so nobody can tell one from the other',
      span: send.span,
      suggestion: 'put $payload where the text goes',
    });
  }
  if (!suite.language.load) {
    report({
      code: 'no-load',
      severity: 'error',
      message: 'the pack does not say where a load marker fits',
      span: workload.title.span,
      suggestion: 'add load to pack.yaml',
    });
  }
  for (const { value, span } of workload.thresholds) {
    const name = /^[\w.]+/.exec(value)?.[0] ?? value;
    if (!isMetric(name))
      reportUnknown(report, { code: 'unknown-metric', what: 'figure', name, span, known: metricNames });
  }
}

/** Somewhere in the message, also inside of a variable. */
function hasPayload(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  if ('op' in part && part.op === 'payload') return true;
  return Object.values(part).some(hasPayload);
}
