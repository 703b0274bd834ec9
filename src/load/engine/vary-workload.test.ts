import { describe, expect, test } from 'vitest';
import type { Pace, WorkloadPlan } from '../../scenario/workload-plan.ts';
import { rateOf, varyWorkload } from './vary-workload.ts';

/** As much of a workload as is varied. */
function workloadWith(...paces: readonly Pace[]): WorkloadPlan {
  return {
    channels: 1,
    roles: ['member'],
    plan: {} as WorkloadPlan['plan'],
    publish: paces.map(pace => ({
      by: ['member'],
      to: ['member'],
      copy: true,
      send: {} as WorkloadPlan['publish'][number]['send'],
      payload: { fromBytes: 40, toBytes: 90 },
      pace,
      span: {} as WorkloadPlan['publish'][number]['span'],
    })),
    phases: { connectPerSecond: 500, warmUpUs: 1_000_000, holdUs: 5_000_000, drainUs: 2_000_000 },
    disrupt: [],
    thresholds: ['lost == 0'],
    abortOnFailAfterUs: undefined,
  };
}

const steady: Pace = { kind: 'rate', perSecond: 30 };
const random: Pace = { kind: 'poisson', perSecond: 10 };

test('leaves what is not varied', () => {
  const workload = workloadWith(steady, { kind: 'inFlight', messages: 4 });
  expect(varyWorkload(workload, {})).toEqual(workload);
});

test('a rate is shared as the entries share theirs', () => {
  const { publish } = varyWorkload(workloadWith(steady, random), { perSecond: 400 });
  expect(publish.map(({ pace }) => pace)).toEqual([
    { kind: 'rate', perSecond: 300 },
    { kind: 'poisson', perSecond: 100 },
  ]);
});

test('payload, thresholds, and a hold that is made longer but never shorter', () => {
  const workload = workloadWith(steady);
  const varied = varyWorkload(workload, { payloadBytes: 512, holdAtLeastUs: 20_000_000, thresholds: ['late == 0'] });
  expect(varied).toMatchObject({
    publish: [{ payload: { fromBytes: 512, toBytes: 512 }, pace: steady }],
    phases: { holdUs: 20_000_000, warmUpUs: 1_000_000 },
    thresholds: ['late == 0'],
  });
  expect(varyWorkload(workload, { holdAtLeastUs: 1 }).phases).toEqual(workload.phases);
});

describe('the rate of a workload', () => {
  test.each<[string, readonly Pace[], number | undefined]>([
    ['is the sum of its entries', [steady, random], 40],
    ['is none if an entry waits for answers', [steady, { kind: 'inFlight', messages: 1 }], undefined],
    ['is none of a burst', [{ kind: 'burst', count: 3, everyUs: 1_000 }], undefined],
    ['is none if nothing is sent', [{ kind: 'rate', perSecond: 0 }], undefined],
  ])('%s', (_, paces, expected) => {
    expect(rateOf(workloadWith(...paces))).toBe(expected);
  });
});
