/**
 * A message whose receivers are in several workers: each tells how long its own receipts took, and all together say when half of the
 * receivers had it, and the last one. Receipts are slots of a histogram, so what comes of it is exactly what one worker would have
 * recorded.
 */

import { slotOfUs } from '../metrics/histogram.ts';
import type { Ledger } from './ledger.ts';
import type { Messages } from './messages.ts';

export interface MessagePart {
  /** Number among the streams of all channels. */
  readonly stream: number;
  readonly sequence: number;
  readonly expected: number;
  /** Of the receipts in time; 0 if there are none. */
  readonly firstUs: number;
  readonly lastUs: number;
  /** Of the receipts in time, the shortest first. */
  readonly slots: Uint16Array;
}

export function keepReceipt(messages: Messages, slot: number, tookUs: number): void {
  const count = messages.count[slot]!;
  let kept = messages.receipts![slot];
  if (!kept || kept.length === count) {
    const longer = new Uint16Array(Math.max(messages.expected[slot]!, 2 * count, leastReceipts));
    if (kept) longer.set(kept);
    kept = longer;
    messages.receipts![slot] = kept;
  }
  kept[count] = slotOfUs(tookUs);
}

const leastReceipts = 4;

export function tellPart({ tellPart: tell }: Ledger, stream: number, messages: Messages, slot: number): void {
  const kept = messages.receipts?.[slot];
  messages.receipts![slot] = undefined;
  tell?.({
    stream,
    sequence: messages.sequence[slot]!,
    expected: messages.expected[slot]!,
    firstUs: messages.firstUs[slot]!,
    lastUs: messages.lastUs[slot]!,
    slots: kept ? kept.slice(0, messages.count[slot]).sort() : noSlots,
  });
}

const noSlots = new Uint16Array(0);
