import fc from 'fast-check';
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, test } from 'vitest';
import { distributionOf, encodeDistribution, rankOf, readPercentile } from './distribution.ts';
import { addCounts, createHistogram, fold, type Histogram, longestUs, rangeOfSlot, recordUs } from './histogram.ts';

const valueUs = fc.oneof(
  fc.nat(3_000),
  fc.nat(longestUs),
  fc.constantFrom(0, 1, 2047, 2048, 2049, 4095, 4096, longestUs - 1, longestUs),
);
const values = fc.array(valueUs, { minLength: 1, maxLength: 200 });

function histogramOf(recorded: readonly number[]): Histogram {
  const histogram = createHistogram();
  for (const each of recorded) recordUs(histogram, each);
  fold(histogram);
  return histogram;
}

function hdrOf(recorded: readonly number[]) {
  const hdr = build({
    bitBucketSize: 64,
    lowestDiscernibleValue: 1,
    highestTrackableValue: longestUs,
    numberOfSignificantValueDigits: 3,
  });
  for (const each of recorded) hdr.recordValue(each);
  return hdr;
}

describe('a histogram', () => {
  test('has the slots of an HDR histogram: the same bytes when it is encoded', () => {
    fc.assert(
      fc.property(values, recorded => {
        expect(encodeDistribution(histogramOf(recorded).total)).toBe(encodeIntoCompressedBase64(hdrOf(recorded)));
      }),
    );
  });

  test('is read back by others as it was recorded', () => {
    const decoded = decodeFromCompressedBase64(encodeDistribution(histogramOf([5, 70_000, 70_000]).total));
    expect(decoded.totalCount).toBe(3);
  });

  test('merged by addition is the histogram of all values', () => {
    fc.assert(
      fc.property(values, values, (some, others) => {
        const sum = histogramOf(some).total.slice();
        addCounts(sum, histogramOf(others).total);
        expect(sum).toEqual(histogramOf([...some, ...others]).total);
      }),
      { numRuns: 30 },
    );
  });

  test('says each percentile within a thousandth of the value at that rank', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9_999 }), (recorded, percentile) => {
        const sorted = [...recorded].sort((a, b) => a - b);
        const exactUs = sorted[rankOf(percentile, sorted.length) - 1]!;
        const saidUs = distributionOf(histogramOf(recorded).total)!.percentileUs(percentile);
        expect(saidUs).toBeGreaterThanOrEqual(exactUs);
        expect(saidUs).toBeLessThanOrEqual(exactUs * 1.001);
      }),
    );
  });

  test('counts beyond 32 bits', () => {
    const histogram = createHistogram();
    for (let second = 0; second < 3; second++) {
      histogram.recent[500] = 4_000_000_000;
      fold(histogram);
    }
    expect(distributionOf(histogram.total)?.count).toBe(12_000_000_000);
  });

  test('takes what is longer than an hour as an hour, and what is negative as nothing', () => {
    const { total } = histogramOf([longestUs * 2, -5]);
    const distribution = distributionOf(total)!;
    expect(distribution.minUs).toBe(0);
    expect(distribution.maxUs).toBeGreaterThanOrEqual(longestUs);
    expect(distribution.count).toBe(2);
  });

  test('slots lie side by side', () => {
    let next = 0;
    for (let slot = 0; slot < 23 * 1024; slot++) {
      const { leastUs, mostUs } = rangeOfSlot(slot);
      expect(leastUs).toBe(next);
      next = mostUs + 1;
    }
  });
});

test('ranks are exact where floating point is one too high', () => {
  expect(rankOf(9_990, 1_000)).toBe(999);
  expect(Math.ceil((99.9 / 100) * 1_000)).toBe(1_000);
  expect(rankOf(5_000, 1)).toBe(1);
  expect(rankOf(9_999, 10_000)).toBe(9_999);
  expect(rankOf(5_000, 3)).toBe(2);
});

test.each([
  ['99.9', 9_990],
  ['50', 5_000],
  ['5', 500],
  ['99.99', 9_999],
  ['99.999', undefined],
  ['x', undefined],
])('reads the percentile %s', (text, percentile) => {
  expect(readPercentile(text)).toBe(percentile);
});

test('nothing recorded has no distribution', () => {
  expect(distributionOf(createHistogram().total)).toBeUndefined();
});
