import { expect, test } from 'vitest';
import { createCounters } from '../ledger/counters.ts';
import type { LoadResults } from '../load-results.ts';
import { stepOf } from './load-step.ts';

test('a step keeps what decides of a run', () => {
  const results = {
    ended: 'completed',
    verdict: 'fail',
    reasons: ['lost == 0: 2'],
    connections: 4,
    counters: { ...createCounters(), lost: 2, late: 1 },
    perSecond: { publishes: 50, deliveries: 149, sentBytes: 1, receivedBytes: 3 },
    timings: {},
  } as unknown as LoadResults;
  const step = {
    value: 50,
    run: 'steps/one',
    ended: 'completed',
    verdict: 'fail',
    reasons: ['lost == 0: 2'],
    connections: 4,
    publishesPerSecond: 50,
    deliveriesPerSecond: 149,
    lost: 2,
    late: 1,
  };
  expect(stepOf(50, 'steps/one', results)).toEqual(step);
  const delivery = { p50Us: 1, p99Us: 2, p999Us: 3 };
  expect(stepOf(50, 'steps/one', { ...results, timings: { delivery } } as unknown as LoadResults)).toEqual({
    ...step,
    deliveryP50Us: 1,
    deliveryP99Us: 2,
    deliveryP999Us: 3,
  });
});
