import { describe, expect, test } from 'vitest';
import { metricNames } from '../../scenario/lint/metric-names.ts';
import { figureOf } from './figures.ts';
import { healthyRig, measuredOf, quietMachine } from './testing/measured.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, k) => k + 1);

describe('a figure', () => {
  const measured = measuredOf(
    { sent: 1_000, expected: 4_000, delivered: 3_000, late: 500, lost: 500, gaps: 7, reordered: 3, displacement: 9 },
    { delivery: upTo(1_000) },
    [10, 20, 60],
  );
  test.each([
    ['lost', 500],
    ['order.gaps', 7],
    ['order.reordered', 3],
    ['order.displacement', 9],
    ['deliveryRatio', 0.75],
    ['fairness', 3],
    ['throughput.publishes', 500],
    ['throughput.deliveries', 1_750],
    ['delivery.min', 1],
    ['delivery.mean', 501],
    ['delivery.max', 1_000],
    ['delivery.p50', 500],
    ['delivery.p99', 990],
  ])('%s', (metric, value) => {
    expect(figureOf(metric, measured)).toEqual({ value });
  });

  test('is there, or has a reason, for every name that a workload may use', () => {
    for (const metric of metricNames) {
      const figure = figureOf(metric, measured);
      expect('value' in figure ? typeof figure.value : figure.missing, metric).not.toBe('undefined');
    }
  });
});

test('figures of this machine: of several workers the worst, and nothing where nobody can say', () => {
  const measured = measuredOf({ sent: 10, delivered: 9_000, late: 1_000 });
  const two = { ...measured, rigs: [healthyRig, { ...healthyRig, loopDelayP99Us: 9_000, runQueueShare: 0.4 }] };
  expect(figureOf('rig.loopDelayP99', two)).toEqual({ value: 9_000 });
  expect(figureOf('rig.runQueue', two)).toEqual({ value: 0.4 });
  expect(figureOf('target.cpu', measured)).toEqual({ value: 0.3 });
  expect(figureOf('rig.memory', measured)).toEqual({ value: 90_000_000 });
  expect(figureOf('target.memory', measured)).toEqual({ value: 60_000_000 });
  // 10 % of a processor for 2 s, and 10,000 deliveries.
  expect(figureOf('rig.cpuPerDelivery', measured)).toEqual({ value: expect.closeTo(20) });
  const unknown = { missing: 'nobody can say here' };
  expect(figureOf('target.cpu', { ...measured, machine: { ...quietMachine, target: undefined } })).toEqual(unknown);
  const silent = { ...healthyRig, runQueueShare: undefined };
  expect(figureOf('rig.runQueue', { ...measured, rigs: [healthyRig, silent] })).toEqual(unknown);
});

test('a percentile needs ten messages beyond it, however many deliveries there are', () => {
  const few = measuredOf({ sent: 999 }, { delivery: upTo(100_000) });
  expect(figureOf('delivery.p99', few)).toEqual({ missing: '999 messages are too few: ten must lie beyond p99' });
  expect(figureOf('delivery.p50', few)).toHaveProperty('value');
  const many = { delivery: upTo(10_000) };
  expect(figureOf('delivery.p99.9', measuredOf({ sent: 9_999 }, many))).toHaveProperty('missing');
  expect(figureOf('delivery.p99.9', measuredOf({ sent: 10_000 }, many))).toHaveProperty('value');
});

test('where nothing was delivered nobody fared better than others', () => {
  expect(figureOf('fairness', measuredOf({ sent: 100 }))).toEqual({ missing: 'nothing was delivered' });
});

test('what was sent and not timed is no sample', () => {
  const measured = measuredOf({ sent: 10_000 }, { ack: upTo(99) });
  expect(figureOf('ack.p90', measured)).toEqual({ missing: '99 messages are too few: ten must lie beyond p90' });
});

test('a message that was not acknowledged counts as never acknowledged', () => {
  const measured = measuredOf({ sent: 1_000, unacknowledged: 100 }, { ack: upTo(900) });
  expect(figureOf('ack.p90', measured)).toEqual({ value: 900 });
  expect(figureOf('ack.p95', measured)).toEqual({ value: Number.POSITIVE_INFINITY });
  expect(figureOf('ack.p50', measuredOf({ sent: 100, unacknowledged: 100 }))).toEqual({
    value: Number.POSITIVE_INFINITY,
  });
});

test('a message that somebody did not get counts as never to the last', () => {
  const measured = measuredOf({ sent: 1_000, incomplete: 100 }, { timeToLast: upTo(900), timeToFirst: upTo(1_000) });
  expect(figureOf('timeToLast.p90', measured)).toEqual({ value: 900 });
  expect(figureOf('timeToLast.p95', measured)).toEqual({ value: Number.POSITIVE_INFINITY });
  expect(figureOf('timeToLast.max', measured)).toEqual({ value: Number.POSITIVE_INFINITY });
  expect(figureOf('timeToFirst.p95', measured)).toEqual({ value: 950 });
});

test('what never came to anybody is never, and what was not timed is missing', () => {
  expect(figureOf('timeToLast.p50', measuredOf({ sent: 100, incomplete: 100 }))).toEqual({
    value: Number.POSITIVE_INFINITY,
  });
  expect(figureOf('ack.p50', measuredOf({ sent: 100 }))).toEqual({ missing: 'nothing was timed' });
  expect(figureOf('deliveryRatio', measuredOf({ sent: 100 }))).toEqual({ missing: 'nobody was to receive anything' });
});
