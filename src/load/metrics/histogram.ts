/**
 * Counts of values in the layout of HDR histograms with three significant digits: whole microseconds up to 2,047 have a slot each, above
 * that each doubling has 1,024. Recording is a shift and an increment. A second's counts are 32 bits wide and are folded into totals
 * that do not overflow.
 */
export interface Histogram {
  /** Since the last fold. */
  readonly recent: Uint32Array;
  readonly total: Float64Array;
}

/** An hour. What is longer counts as that long. */
export const longestUs = 3_600_000_000;

const slotsOfHalf = 1024;
/** 22 doublings from 2,048 reach beyond an hour. */
const slots = 23 * slotsOfHalf;

export function createHistogram(): Histogram {
  // Filled, though it is empty: else the system gives the memory page by page when it is written first, in the middle of measuring.
  return { recent: new Uint32Array(slots).fill(0), total: new Float64Array(slots).fill(0) };
}

export function recordUs(histogram: Histogram, valueUs: number): void {
  histogram.recent[slotOfUs(valueUs)]!++;
}

/** A value below zero, from a clock that was rounded, counts as zero. */
export function slotOfUs(valueUs: number): number {
  const value = valueUs > longestUs ? longestUs : Math.max(valueUs, 0);
  const doublings = 21 - Math.clz32(value | 2047);
  return (doublings << 10) + (value >>> doublings);
}

/**
 * Adds the second to the totals and begins a new one. Most of it is empty, and is passed over in pieces: this is done in the middle of
 * measuring.
 */
export function fold({ recent, total }: Histogram): void {
  const bytes = Buffer.from(recent.buffer, recent.byteOffset, recent.byteLength);
  for (let from = 0; from < slots; from += slotsOfHalf) {
    const until = from + slotsOfHalf;
    if (bytes.compare(empty, 0, empty.length, 4 * from, 4 * until) === 0) continue;
    for (let k = from; k < until; k++) total[k]! += recent[k]!;
    recent.fill(0, from, until);
  }
}

const empty = Buffer.alloc(4 * slotsOfHalf);

/** The totals of two are the totals of all that both recorded. */
export function addCounts(into: Float64Array, counts: ArrayLike<number>): void {
  for (let k = 0; k < slots; k++) into[k]! += counts[k]!;
}

/** The least and the greatest value that a slot stands for. */
export function rangeOfSlot(slot: number): { readonly leastUs: number; readonly mostUs: number } {
  const doublings = slot < 2 * slotsOfHalf ? 0 : (slot >>> 10) - 1;
  const leastUs = (slot - (doublings << 10)) * 2 ** doublings;
  return { leastUs, mostUs: leastUs + 2 ** doublings - 1 };
}
