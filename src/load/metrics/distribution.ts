import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { longestUs, rangeOfSlot } from './histogram.ts';

/** What a histogram says, in whole microseconds. A percentile is the greatest value of its slot, as HDR histograms have it. */
export interface Distribution {
  readonly count: number;
  readonly minUs: number;
  readonly meanUs: number;
  readonly maxUs: number;
  percentileUs(percentile: Percentile): number;
  /** From 1. */
  atRankUs(rank: number): number;
}

/** In parts of ten thousand, so that ranks are computed in integers: 99.9 is 9990. */
export type Percentile = number;

/** Reads `99.9` of `p99.9`; undefined beyond two decimals, where parts of ten thousand end. */
export function readPercentile(text: string): Percentile | undefined {
  const [, whole, decimals = ''] = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}

/** Undefined if nothing was recorded. */
export function distributionOf(counts: ArrayLike<number>): Distribution | undefined {
  let count = 0;
  let sumUs = 0;
  let least = -1;
  let most = -1;
  for (let slot = 0; slot < counts.length; slot++) {
    const here = counts[slot]!;
    if (here === 0) continue;
    const { leastUs, mostUs } = rangeOfSlot(slot);
    if (least < 0) least = leastUs;
    most = mostUs;
    count += here;
    sumUs += (here * (leastUs + mostUs)) / 2;
  }
  if (count === 0) return undefined;
  return {
    count,
    minUs: least,
    meanUs: Math.round(sumUs / count),
    maxUs: most,
    percentileUs: percentile => rangeOfSlot(slotAtRank(counts, rankOf(percentile, count))).mostUs,
    atRankUs: rank => rangeOfSlot(slotAtRank(counts, rank)).mostUs,
  };
}

/** The smallest rank with at least this part of all values at or below it, from 1. */
export function rankOf(percentile: Percentile, count: number): number {
  return Math.max(1, Math.floor((percentile * count + 9_999) / 10_000));
}

function slotAtRank(counts: ArrayLike<number>, rank: number): number {
  let seen = 0;
  for (let slot = 0; slot < counts.length; slot++) {
    seen += counts[slot]!;
    if (seen >= rank) return slot;
  }
  return counts.length - 1;
}

/** The HDR V2 form, compressed, in base64: other tools read it. */
export function encodeDistribution(counts: ArrayLike<number>): string {
  const histogram = build({
    bitBucketSize: 64,
    lowestDiscernibleValue: 1,
    highestTrackableValue: longestUs,
    numberOfSignificantValueDigits: 3,
  });
  for (let slot = 0; slot < counts.length; slot++) {
    if (counts[slot] !== 0) histogram.recordValueWithCount(rangeOfSlot(slot).leastUs, counts[slot]!);
  }
  return encodeIntoCompressedBase64(histogram);
}
