/**
 * Latencies by receiver, coarsely: eight slots for each doubling, a kilobyte for each receiver. Receivers that get a message one after the
 * other have about the same latency, so what they count lies together.
 */
export function createFairness(clients: number) {
  const counts = new Uint32Array(clients * slots);

  function record(client: number, valueUs: number): void {
    const value = Math.min(Math.max(valueUs, 0), 0xffffffff);
    const doublings = 28 - Math.clz32(value | 15);
    counts[((doublings << 3) + (value >>> doublings)) * clients + client]!++;
  }

  /** The 99th percentile of each receiver that had anything, in microseconds. */
  function p99Us(): readonly number[] {
    const found: number[] = [];
    for (let client = 0; client < clients; client++) {
      const own = Uint32Array.from({ length: slots }, (_, slot) => counts[slot * clients + client]!);
      const total = own.reduce((sum, each) => sum + each, 0);
      if (total > 0) found.push(valueAtRank(own, Math.floor((total * 99 + 99) / 100)));
    }
    return found;
  }

  return { record, p99Us };
}

/** How much worse the worst receiver fares than the median one; undefined if nobody had anything. */
export function fairnessOf(p99Us: readonly number[]): number | undefined {
  if (p99Us.length === 0) return undefined;
  const sorted = [...p99Us].sort((a, b) => a - b);
  return sorted.at(-1)! / Math.max(1, sorted[Math.floor((sorted.length - 1) / 2)]!);
}

const slots = 240;

/** Between the least and the greatest value of the slot, as far as the rank lies among those in it. */
function valueAtRank(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let slot = 0; slot < slots; slot++) {
    const here = counts[slot]!;
    if (seen + here < rank) {
      seen += here;
      continue;
    }
    const doublings = slot < 16 ? 0 : (slot >>> 3) - 1;
    return (slot - (doublings << 3)) * 2 ** doublings + (2 ** doublings - 1) * ((rank - seen) / here);
  }
  return 0;
}
