import type { Pace, WorkloadPlan } from '../../scenario/workload-plan.ts';

/** What of a workload is other than its file says, in plain data. What is left out stays. */
export interface Variation {
  /** Users of a role in each channel. */
  readonly roleCounts?: Readonly<Record<string, number>>;
  /** Of all entries together: each keeps its share. */
  readonly perSecond?: number;
  readonly payloadBytes?: number;
  /** Hold is at least so long. */
  readonly holdAtLeastUs?: number;
  readonly thresholds?: readonly string[];
}

/** All but the roles, which are settled when the file is read. */
export function varyWorkload(workload: WorkloadPlan, variation: Variation): WorkloadPlan {
  const { perSecond, payloadBytes, holdAtLeastUs = 0, thresholds = workload.thresholds } = variation;
  const { phases } = workload;
  const own = rateOf(workload);
  const factor = perSecond === undefined || own === undefined ? 1 : perSecond / own;
  return {
    ...workload,
    phases: { ...phases, holdUs: Math.max(phases.holdUs, holdAtLeastUs) },
    thresholds,
    publish: workload.publish.map(entry => ({
      ...entry,
      pace: atRate(entry.pace, factor),
      payload: payloadBytes === undefined ? entry.payload : { fromBytes: payloadBytes, toBytes: payloadBytes },
    })),
  };
}

/** Messages a second of all entries; undefined if an entry has no one rate, as a ramp has none. */
export function rateOf({ publish }: Pick<WorkloadPlan, 'publish'>): number | undefined {
  let sum = 0;
  for (const { pace } of publish) {
    if (!hasRate(pace)) return undefined;
    sum += pace.perSecond;
  }
  return sum > 0 ? sum : undefined;
}

function atRate(pace: Pace, factor: number): Pace {
  return hasRate(pace) ? { ...pace, perSecond: pace.perSecond * factor } : pace;
}

function hasRate(pace: Pace): pace is Pace & { readonly kind: 'rate' | 'poisson' } {
  return pace.kind === 'rate' || pace.kind === 'poisson';
}
