import type { OpenPace } from '../../scenario/workload-plan.ts';

/** The pace of warm-up: that with which hold begins, without change. */
export function warmUpPace(pace: OpenPace): OpenPace {
  if (pace.kind === 'ramp' || pace.kind === 'stairs') return { kind: 'rate', perSecond: pace.fromPerSecond };
  return pace;
}
