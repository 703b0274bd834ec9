/**
 * Sends what is due. Message n of an entry goes to channel n mod channels, and there to its senders in turn; a worker sends those of its
 * own senders. What the tool could not send in time is counted, never forgotten.
 */

import type { Counters } from '../ledger/counters.ts';
import { countBefore, type DueAt } from '../schedule/schedule.ts';
import type { RunTimes } from './worker-protocol.ts';

/** What one publish entry asks for, as far as this worker is concerned. */
export interface EntryWork {
  /** Senders of each channel. */
  readonly senders: number;
  /** Undefined: messages in flight. */
  readonly warmUp: DueAt | undefined;
  readonly hold: DueAt | undefined;
  /** So many unanswered by each sender; 0 for a schedule. */
  readonly inFlight: number;
}

export interface PublisherOptions {
  readonly entries: readonly EntryWork[];
  readonly channels: number;
  /** Whether this worker has the sender; by entry, channel and number of the sender among those of the entry. */
  readonly isOurs: (entry: number, channel: number, sender: number) => boolean;
  readonly times: RunTimes;
  readonly counters: Counters;
  readonly nowUs: () => number;
  /** Sends message n of an entry; says what came of it. */
  readonly send: (entry: number, channel: number, sender: number, n: number, dueUs: number) => Sending;
  /** It will be asked to send this one next, if nothing comes between. */
  readonly prepare: (entry: number, channel: number, sender: number, n: number, dueUs: number) => void;
}

export type Sending = 'sent' | 'saturated' | 'failed';

export interface Publisher {
  /** When something is due next; infinite if nothing is. */
  nextDueUs(): number;
  /** What is due next will be soon: what can be done for it beforehand is done. */
  prepare(): void;
  /** Sends what is due by now, but not more than a turn of the loop may take. */
  pump(): void;
  /** Who has messages in flight and could not send one tries again: its connection may be back, or read. */
  retry(): void;
  /** A sender with messages in flight has an answer: its next one is due now. Numbers of entry, channel and sender. */
  answered(entry: number, channel: number, sender: number): void;
  /** Hold is over, at its end or before: what was due by then and is left was never sent. */
  end(atUs: number): void;
}

/** Messages of an entry from `n` on. */
interface Cursor {
  readonly entry: number;
  readonly dueAt: DueAt;
  readonly beginUs: number;
  readonly count: number;
  n: number;
  dueUs: number;
}

/** A message in flight that is due. */
interface InFlight {
  readonly entry: number;
  readonly channel: number;
  readonly sender: number;
  readonly dueUs: number;
}

export function createPublisher(options: PublisherOptions): Publisher {
  const { entries, channels, isOurs, times, counters, nowUs } = options;
  const cursors = entries.flatMap((work, entry) => cursorsOf(work, entry, times));
  const ready: InFlight[] = [];
  /** Those that could not be sent, which nothing will answer. Each was counted once. */
  let stuck: InFlight[] = [];
  const sentInFlight = entries.map(() => 0);
  let ended = false;
  for (const cursor of cursors) forward(cursor, 0);
  for (const [entry, { inFlight, senders }] of entries.entries()) {
    for (let k = 0; k < inFlight * channels * senders; k++) {
      const channel = k % channels;
      const sender = Math.floor(k / channels) % senders;
      if (isOurs(entry, channel, sender)) ready.push({ entry, channel, sender, dueUs: times.warmUpAtUs });
    }
  }

  function senderOf(entry: number, n: number): number {
    return Math.floor(n / channels) % entries[entry]!.senders;
  }

  /** The next message from `n` on that is for one of our senders to send. */
  function forward(cursor: Cursor, n: number): void {
    const { entry, count } = cursor;
    let next = n;
    while (next < count && !isOurs(entry, next % channels, senderOf(entry, next))) next++;
    cursor.n = next;
    cursor.dueUs = next < cursor.count ? cursor.beginUs + cursor.dueAt(next) : Number.POSITIVE_INFINITY;
  }

  function note(dueUs: number, what: Sending | 'underrun'): void {
    if (dueUs < times.holdAtUs) return;
    counters.intended++;
    // What was sent is counted by the ledger.
    if (what !== 'sent') counters[what]++;
  }

  function earliest(): Cursor | undefined {
    let first: Cursor | undefined;
    for (const cursor of cursors) if (!first || cursor.dueUs < first.dueUs) first = cursor;
    return first;
  }

  function sendScheduled(cursor: Cursor): void {
    const { entry, n, dueUs } = cursor;
    const channel = n % channels;
    note(dueUs, options.send(entry, channel, senderOf(entry, n), n, dueUs));
    forward(cursor, n + 1);
  }

  function sendInFlight(message: InFlight): Sending {
    const { entry, channel, sender, dueUs } = message;
    const what = options.send(entry, channel, sender, sentInFlight[entry]!++, dueUs);
    if (what !== 'sent') stuck.push(message);
    return what;
  }

  return {
    nextDueUs: () =>
      ended ? Number.POSITIVE_INFINITY : (ready[0]?.dueUs ?? earliest()?.dueUs ?? Number.POSITIVE_INFINITY),
    prepare() {
      const cursor = ended || ready.length > 0 ? undefined : earliest();
      if (!cursor || cursor.dueUs === Number.POSITIVE_INFINITY) return;
      const { entry, n, dueUs } = cursor;
      options.prepare(entry, n % channels, senderOf(entry, n), n, dueUs);
    },
    pump() {
      for (let k = 0; k < mostOfTurn && !ended; k++) {
        const now = nowUs();
        const waiting = ready[0];
        const cursor = earliest();
        if (waiting && waiting.dueUs <= now) {
          ready.shift();
          if (now < times.holdEndUs) note(waiting.dueUs, sendInFlight(waiting));
        } else if (cursor && cursor.dueUs <= now) {
          sendScheduled(cursor);
        } else {
          return;
        }
      }
    },
    retry() {
      const dueUs = nowUs();
      if (ended || dueUs >= times.holdEndUs) return;
      const again = stuck;
      stuck = [];
      for (const message of again) if (sendInFlight({ ...message, dueUs }) === 'sent') note(dueUs, 'sent');
    },
    answered(entry, channel, sender) {
      if (!ended && entries[entry]!.inFlight > 0) ready.push({ entry, channel, sender, dueUs: nowUs() });
    },
    end(atUs) {
      if (ended) return;
      ended = true;
      for (const cursor of cursors) {
        for (; cursor.dueUs < atUs; forward(cursor, cursor.n + 1)) note(cursor.dueUs, 'underrun');
      }
    },
  };
}

/** Then the loop reads its sockets before it goes on. */
const mostOfTurn = 256;

function cursorsOf({ warmUp, hold }: EntryWork, entry: number, times: RunTimes): readonly Cursor[] {
  const { warmUpAtUs, holdAtUs, holdEndUs } = times;
  const cursor = (dueAt: DueAt, beginUs: number, endUs: number): Cursor => {
    const count = countBefore(dueAt, endUs - beginUs);
    return { entry, dueAt, beginUs, count, n: 0, dueUs: 0 };
  };
  return [
    ...(warmUp ? [cursor(warmUp, warmUpAtUs, holdAtUs)] : []),
    ...(hold ? [cursor(hold, holdAtUs, holdEndUs)] : []),
  ];
}
