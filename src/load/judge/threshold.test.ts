import { describe, expect, test } from 'vitest';
import { metricNames } from '../../scenario/lint/metric-names.ts';
import { holds, readThreshold, unitOf } from './threshold.ts';

test.each([
  ['lost == 0', { metric: 'lost', operator: '==', bound: 0 }],
  ['delivery.p99 < 100 ms', { metric: 'delivery.p99', operator: '<', bound: 100_000 }],
  ['timeToLast.p95<1.5s', { metric: 'timeToLast.p95', operator: '<', bound: 1_500_000 }],
  ['delivery.p99.9 <= 2 s', { metric: 'delivery.p99.9', operator: '<=', bound: 2_000_000 }],
  ['order.reordered == 0', { metric: 'order.reordered', operator: '==', bound: 0 }],
  ['deliveryRatio >= 99.9 %', { metric: 'deliveryRatio', operator: '>=', bound: 0.999 }],
  ['deliveryRatio >= 0.5', { metric: 'deliveryRatio', operator: '>=', bound: 0.5 }],
  ['throughput.deliveries > 500/s', { metric: 'throughput.deliveries', operator: '>', bound: 500 }],
  ['rig.memory < 1.5 GB', { metric: 'rig.memory', operator: '<', bound: 1_500_000_000 }],
  ['target.memory<200MB', { metric: 'target.memory', operator: '<', bound: 200_000_000 }],
  ['fairness < 3', { metric: 'fairness', operator: '<', bound: 3 }],
])('reads %s', (text, expected) => {
  expect(readThreshold(text)).toEqual({ text, ...expected });
});

test.each([
  ['lost', 'Expected in the threshold `lost` a figure, a comparison and a number, such as delivery.p99 < 100 ms.'],
  [
    'delivry.p99 < 1 ms',
    'Expected in the threshold `delivry.p99 < 1 ms` a known figure; delivry.p99 is none: did you mean delivery.p99?',
  ],
  ['delivery.p99 < 100', 'Expected in the threshold `delivery.p99 < 100` a duration with its unit, such as 100 ms.'],
  ['lost < 1 ms', 'Expected in the threshold `lost < 1 ms` a number without a unit.'],
  ['deliveryRatio > 1 s', 'Expected in the threshold `deliveryRatio > 1 s` a share, such as 99.9 %.'],
  ['rig.memory < 200', 'Expected in the threshold `rig.memory < 200` a size with its unit, such as 200 MB.'],
  ['lost < 1 MB', 'Expected in the threshold `lost < 1 MB` a number without a unit.'],
  ['throughput.publishes > 1 s', 'Expected in the threshold `throughput.publishes > 1 s` a rate, such as 500/s.'],
])('refuses %s', (text, message) => {
  expect(() => readThreshold(text)).toThrow(expect.objectContaining({ message }));
});

test('every figure that a workload may name has a unit, and can be read', () => {
  const bounds = { us: '1 ms', count: '1', perSecond: '1/s', ratio: '1 %', bytes: '1 MB' };
  for (const metric of metricNames) expect(readThreshold(`${metric} < ${bounds[unitOf(metric)]}`).metric).toBe(metric);
});

describe('a comparison', () => {
  test.each([
    ['==', [false, true, false]],
    ['!=', [true, false, true]],
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
    ['>', [false, false, true]],
    ['>=', [false, true, true]],
  ] as const)('%s', (operator, expected) => {
    expect([1, 2, 3].map(actual => holds(operator, actual, 2))).toEqual(expected);
  });
});
