/**
 * Which messages of each stream each receiver has had. A pair of both keeps the highest sequence and the last 64 as bits of a circle, so
 * that a message in order costs one store and one OR. What falls out of the 64 without having come is remembered one by one.
 */
export interface Sequences {
  readonly highest: Int32Array;
  /** Two words for each pair; bit `sequence % 64`. */
  readonly seen: Uint32Array;
  /** By pair: older ones that have not come. */
  readonly missing: Map<number, Set<number>>;
  missingCount: number;
  /** Of the last arrival that was ahead: the first sequence that it left out. */
  skippedFrom: number;
  /** Of those, how many were not kept because there were too many: should they come, they are taken for repetitions. */
  forgotten: number;
}

/** How a message came: in order; after some that have not come yet; after later ones; once more. */
export type Arrival = 'next' | 'ahead' | 'behind' | 'again';

export function createSequences(pairs: number): Sequences {
  return {
    highest: new Int32Array(pairs),
    // What was before the first message is not missing.
    seen: new Uint32Array(2 * pairs).fill(everySeen),
    missing: new Map(),
    missingCount: 0,
    skippedFrom: 0,
    forgotten: 0,
  };
}

const everySeen = 0xffffffff;

/** Sequences begin at 1. */
export function noteSequence(sequences: Sequences, pair: number, sequence: number): Arrival {
  const { highest, seen } = sequences;
  if (sequence !== highest[pair]! + 1) return noteOutOfOrder(sequences, pair, sequence);
  const word = 2 * pair + ((sequence >>> 5) & 1);
  const bit = 1 << (sequence & 31);
  if ((seen[word]! & bit) === 0) remember(sequences, pair, sequence - 64);
  seen[word]! |= bit;
  highest[pair] = sequence;
  return 'next';
}

export function hasSeen(sequences: Sequences, pair: number, sequence: number): boolean {
  const behind = sequences.highest[pair]! - sequence;
  if (behind < 0) return false;
  if (behind >= 64) return !sequences.missing.get(pair)?.has(sequence);
  return (sequences.seen[2 * pair + ((sequence >>> 5) & 1)]! & (1 << (sequence & 31))) !== 0;
}

/** As if everything up to this one had come: for a receiver that joins anew. */
export function startAfter(sequences: Sequences, pair: number, sequence: number): void {
  sequences.highest[pair] = sequence;
  sequences.seen.fill(everySeen, 2 * pair, 2 * pair + 2);
  sequences.missingCount -= sequences.missing.get(pair)?.size ?? 0;
  sequences.missing.delete(pair);
}

function noteOutOfOrder(sequences: Sequences, pair: number, sequence: number): Arrival {
  const { highest, seen, missing } = sequences;
  const behind = highest[pair]! - sequence;
  if (behind < 0) {
    sequences.skippedFrom = highest[pair]! + 1;
    for (let skipped = highest[pair]! + 1; skipped <= sequence; skipped++) {
      const word = 2 * pair + ((skipped >>> 5) & 1);
      const bit = 1 << (skipped & 31);
      if ((seen[word]! & bit) === 0) remember(sequences, pair, skipped - 64);
      if (skipped === sequence) seen[word]! |= bit;
      else seen[word]! &= ~bit;
    }
    highest[pair] = sequence;
    return 'ahead';
  }
  if (hasSeen(sequences, pair, sequence)) return 'again';
  if (behind < 64) {
    seen[2 * pair + ((sequence >>> 5) & 1)]! |= 1 << (sequence & 31);
  } else {
    missing.get(pair)!.delete(sequence);
    sequences.missingCount--;
  }
  return 'behind';
}

function remember(sequences: Sequences, pair: number, sequence: number): void {
  if (sequences.missingCount >= mostMissing) {
    sequences.forgotten++;
    return;
  }
  let ofPair = sequences.missing.get(pair);
  if (!ofPair) {
    ofPair = new Set();
    sequences.missing.set(pair, ofPair);
  }
  ofPair.add(sequence);
  sequences.missingCount++;
}

/** About 100 MB. */
const mostMissing = 2_000_000;
