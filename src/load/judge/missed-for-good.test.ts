import { expect, test } from 'vitest';
import { createCounters } from '../ledger/counters.ts';
import { missedForGood } from './missed-for-good.ts';
import { readThreshold } from './threshold.ts';

const counters = { ...createCounters(), lost: 3, gaps: 2 };

test.each([
  ['lost == 0', true],
  ['lost == 2', true],
  // It may be reached yet.
  ['lost == 4', false],
  ['lost <= 2', true],
  ['lost <= 3', false],
  ['lost < 3', true],
  ['lost > 5', false],
  ['lost >= 5', false],
  ['lost != 3', false],
  ['order.gaps == 0', true],
  ['duplicate == 0', false],
  // These may recover.
  ['deliveryRatio > 99 %', false],
  ['delivery.p99 < 1 us', false],
  ['rig.gc < 0.1 %', false],
])('%s, with 3 lost and 2 gaps: %s', (text, missed) => {
  expect(missedForGood([readThreshold(text)], counters).length > 0).toBe(missed);
});
