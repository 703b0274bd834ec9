import type { MessagePart } from '../ledger/message-parts.ts';
import { partOfStage, stageTimings } from '../ledger/messages.ts';
import { createTimings, foldTimings, type Timings } from '../ledger/timings.ts';
import { recordUs } from '../metrics/histogram.ts';

export interface MergedParts {
  readonly timings: Timings;
  /** Messages that not all of their receivers had in time. */
  incomplete: number;
}

/** Puts together what workers tell of one message: the receipts of all in one order say when which part of the receivers had it. */
export function createPartMerger(workers: number) {
  const waiting = new Map<string, MessagePart[]>();
  const merged: MergedParts = { timings: createTimings(), incomplete: 0 };
  return {
    merged,
    add(part: MessagePart): void {
      const key = `${part.stream} ${part.sequence}`;
      const parts = waiting.get(key) ?? [];
      parts.push(part);
      if (parts.length === 1) waiting.set(key, parts);
      if (parts.length < workers) return;
      waiting.delete(key);
      record(merged, parts);
    },
    end(): MergedParts {
      foldTimings(merged.timings);
      return merged;
    },
  };
}

function record(merged: MergedParts, parts: readonly MessagePart[]): void {
  const expected = parts.reduce((sum, part) => sum + part.expected, 0);
  if (expected <= 0) return;
  const slots = mergeSlots(parts);
  for (const [stage, name] of stageTimings.entries()) {
    const rank = partOfStage(stage, expected);
    if (rank <= slots.length) merged.timings[name].recent[slots[rank - 1]!]!++;
  }
  if (slots.length < expected) {
    merged.incomplete++;
    return;
  }
  const had = parts.filter(part => part.slots.length > 0);
  const firstUs = Math.min(...had.map(part => part.firstUs));
  recordUs(merged.timings.skew, Math.max(...had.map(part => part.lastUs)) - firstUs);
}

function mergeSlots(parts: readonly MessagePart[]): Uint16Array {
  const all = new Uint16Array(parts.reduce((sum, { slots }) => sum + slots.length, 0));
  let at = 0;
  for (const { slots } of parts) {
    all.set(slots, at);
    at += slots.length;
  }
  return all.sort();
}
