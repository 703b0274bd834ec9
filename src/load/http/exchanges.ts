/**
 * Requests and their replies, each in one slot: a connection that asks again as soon as it is answered. A request is a message whose
 * one receiver is whoever asked: it counts as delivered when its reply is a good one, and as lost when it is refused or never comes.
 */
import type { Counters } from '../ledger/counters.ts';
import type { Fault } from '../ledger/faults.ts';
import type { Timings } from '../ledger/timings.ts';
import { recordUs } from '../metrics/histogram.ts';

/** What came instead of good replies, and how replies were marked. */
export interface Replies {
  /** How many came with each HTTP status. */
  readonly statuses: Record<string, number>;
  /** Another status than 2xx. */
  refused: number;
  /** A status 2xx, and not the reply that the pack says. */
  wrong: number;
  /** The connection ended first. */
  ended: number;
  /** Nothing until the deadline. */
  timedOut: number;
}

export function createReplies(): Replies {
  return { statuses: {}, refused: 0, wrong: 0, ended: 0, timedOut: 0 };
}

/** Several workers together. */
export function addReplies(into: Replies, { statuses, ...counts }: Replies): void {
  for (const [status, count] of Object.entries(statuses)) into.statuses[status] = (into.statuses[status] ?? 0) + count;
  for (const name of ['refused', 'wrong', 'ended', 'timedOut'] as const) into[name] += counts[name];
}

export interface ExchangesOptions {
  readonly counters: Counters;
  readonly timings: Timings;
  readonly replies: Replies;
  readonly deadlineUs: number;
  /** What is due in hold is recorded. */
  readonly holdAtUs: number;
  readonly holdEndUs: number;
  readonly tell: (fault: Fault) => void;
}

export function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}

/** One connection, and what is under way on it. */
export interface Slot {
  /** Number of the client in whose name it asks. */
  readonly client: number;
  /** When it may ask next: once it was answered. */
  dueUs: number;
  sequence: number;
  asked: Asked | undefined;
}

interface Asked {
  readonly dueUs: number;
  readonly sentAtUs: number;
}

export interface Reply {
  readonly status: number;
  readonly sizeBytes: number;
  /** Why it is not the right one, in words. */
  readonly wrong?: string;
  /** How it breaks its schema, in words. */
  readonly invalid?: string;
}

export interface Exchanges {
  sent(slot: Slot, atUs: number, sizeBytes: number): void;
  replied(slot: Slot, atUs: number, reply: Reply): void;
  /** The connection could not be made, so that nothing was sent. */
  failed(slot: Slot, atUs: number): void;
  /** The connection is over, and no reply has come. */
  unanswered(slot: Slot, atUs: number): void;
  /** The run was cut short: that no reply has come proves nothing. */
  unverified(slot: Slot): void;
}

export function createExchanges(options: ExchangesOptions): Exchanges {
  const { counters, timings, replies, deadlineUs, holdAtUs, holdEndUs, tell } = options;
  const counts = (dueUs: number) => dueUs >= holdAtUs && dueUs < holdEndUs;

  /** What was asked, if it counts; the slot may ask again. */
  function take(slot: Slot, atUs: number): Asked | undefined {
    const { asked } = slot;
    slot.asked = undefined;
    slot.dueUs = atUs;
    return asked && counts(asked.dueUs) ? asked : undefined;
  }

  function lose({ client, sequence }: Slot, { dueUs }: Asked, atUs: number, about: string): void {
    counters.lost++;
    counters.incomplete++;
    tell({ kind: 'lost', client, sequence, dueUs, atUs, about });
  }

  return {
    sent(slot, atUs, sizeBytes) {
      const { dueUs } = slot;
      slot.asked = { dueUs, sentAtUs: atUs };
      slot.sequence++;
      if (!counts(dueUs)) return;
      counters.intended++;
      counters.sent++;
      counters.expected++;
      counters.sentBytes += sizeBytes;
      recordUs(timings.sendDelay, atUs - dueUs);
    },
    replied(slot, atUs, { status, sizeBytes, wrong, invalid }) {
      const asked = take(slot, atUs);
      if (!asked) return;
      replies.statuses[status] = (replies.statuses[status] ?? 0) + 1;
      counters.receivedBytes += sizeBytes;
      const { dueUs, sentAtUs } = asked;
      if (!isGood(status)) {
        replies.refused++;
        return lose(slot, asked, atUs, `answered with status ${status}`);
      }
      if (wrong !== undefined) {
        replies.wrong++;
        return lose(slot, asked, atUs, wrong);
      }
      counters.sampled++;
      if (invalid !== undefined) {
        counters.invalid++;
        tell({ kind: 'invalid', client: slot.client, sequence: slot.sequence, atUs, about: invalid });
      }
      recordUs(timings.ack, atUs - dueUs);
      recordUs(timings.service, atUs - sentAtUs);
      if (atUs - dueUs <= deadlineUs) {
        counters.delivered++;
        return;
      }
      counters.late++;
      counters.incomplete++;
      tell({ kind: 'late', client: slot.client, sequence: slot.sequence, dueUs, atUs });
    },
    failed(slot, atUs) {
      const asked = take(slot, atUs);
      if (!asked) return;
      // It was counted as sent when it was handed over.
      counters.sent--;
      counters.expected--;
      counters.failed++;
    },
    unanswered(slot, atUs) {
      const asked = take(slot, atUs);
      if (!asked) return;
      const isOverdue = atUs - asked.sentAtUs >= deadlineUs;
      replies[isOverdue ? 'timedOut' : 'ended']++;
      lose(slot, asked, atUs, isOverdue ? 'no reply in time' : 'the connection ended without a reply');
    },
    unverified(slot) {
      if (take(slot, slot.dueUs)) counters.unverified++;
    },
  };
}
