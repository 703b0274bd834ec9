/**
 * Messages whose sender is in another worker. That one tells of each as it writes it, and the word may come after the message itself: what
 * has been received by then waits for it. Who must have a message is settled by who was there when it was written, so changes since then
 * are looked back at.
 */
import { type Early, takeEarly } from './early-receipts.ts';
import { deliver, enterReceipt, type Ledger, noteCorrupt } from './ledger.ts';
import { addMessage, type Messages, slotOf } from './messages.ts';
import { startAfter } from './sequences.ts';

/** A word takes milliseconds, but a worker may stand still for a while; what none has come for in this time was never sent. */
const patienceUs = 10_000_000;

/** Another worker has written a message; its words come in the order of its writing. */
export function noteSentElsewhere(ledger: Ledger, stream: number, dueUs: number, sentUs: number): void {
  const { members, counters, firstRecorded, elsewhere } = ledger;
  const messages = ledger.messages[stream]!;
  const sequence = addMessage(messages, members.expected[stream]!, dueUs, sentUs);
  openInOrder(ledger, stream, sequence, dueUs);
  const recorded = dueUs >= ledger.recordFromUs;
  if (recorded && firstRecorded[stream] === 0) firstRecorded[stream] = sequence;
  const slot = slotOf(messages, sequence);
  let indeterminate = members.changing[stream]!;
  for (const client of elsewhere.recent)
    if (elsewhere.changedUs[client]! > sentUs) indeterminate += lookBack(ledger, client, stream, messages, slot);
  if (recorded) {
    counters.expected += messages.expected[slot]!;
    counters.indeterminate += indeterminate;
  }
  for (const [client, waiting] of elsewhere.early.get(stream) ?? [])
    enterWhile(ledger, client, stream, waiting, early => early.sequence <= sequence);
}

/** Behind all that were due before: messages are closed in that order. */
function openInOrder({ open, messages }: Ledger, stream: number, sequence: number, dueUs: number): void {
  const { streams, sequences } = open;
  const dueOf = (k: number) => messages[streams[k]!]!.dueUs[slotOf(messages[streams[k]!]!, sequences[k]!)]!;
  let at = streams.length;
  for (; at > open.head && dueOf(at - 1) > dueUs; at--) {
    streams[at] = streams[at - 1]!;
    sequences[at] = sequences[at - 1]!;
  }
  streams[at] = stream;
  sequences[at] = sequence;
}

/** What a client that has been on its way since the message was written changes of it; gives what it adds to the indeterminate. */
function lookBack(ledger: Ledger, client: number, stream: number, messages: Messages, slot: number): number {
  const { members, places, topology, receives, sequences, elsewhere } = ledger;
  if (places.channelOfClient[client] !== places.channelOfStream[stream]) return 0;
  const pair = stream * topology.clientsOfChannel + places.memberOfClient[client]!;
  if (receives[pair] === 0) return 0;
  const sequence = messages.sequence[slot]!;
  const status = members.status[client]!;
  if (status === 'member' || status === 'gone') {
    // It is back: this one was sent before.
    messages.expected[slot]!--;
    members.joinedAfter[pair] = sequence;
    startAfter(sequences, pair, sequence);
  }
  const had = takeEarly(elsewhere, client, stream, sequence);
  if (!had) return status === 'changing' ? 0 : 1;
  // It had the message before it went: that stays true.
  messages.expected[slot]!++;
  deliver(ledger, client, stream, messages, slot, sequence, had.dueUs, had.atUs, had.dueUs >= ledger.recordFromUs);
  return status === 'changing' ? -1 : 0;
}

/** Enters what has waited, from the first on. */
function enterWhile(
  ledger: Ledger,
  client: number,
  stream: number,
  waiting: Early[],
  may: (early: Early) => boolean,
): void {
  const { elsewhere, messages } = ledger;
  let count = 0;
  for (; count < waiting.length && may(waiting[count]!); count++) {
    const { sequence, dueUs, atUs } = waiting[count]!;
    if (sequence > messages[stream]!.last) noteCorrupt(ledger, client, atUs, 'never sent');
    else enterReceipt(ledger, client, stream, sequence, dueUs, atUs);
  }
  waiting.splice(0, count);
  elsewhere.earlyCount -= count;
  const ofStream = elsewhere.early.get(stream)!;
  if (ofStream.get(client)?.length === 0) ofStream.delete(client);
}

/** Its way in or out begins: what it has had until now it has had. */
export function enterKnown(ledger: Ledger, client: number): void {
  if (ledger.elsewhere.earlyCount === 0) return;
  for (const [stream, ofStream] of ledger.elsewhere.early) {
    const waiting = ofStream.get(client);
    if (!waiting) continue;
    const known = waiting.filter(early => early.sequence <= ledger.messages[stream]!.last);
    const unknown = waiting.filter(early => early.sequence > ledger.messages[stream]!.last);
    enterWhile(ledger, client, stream, known, () => true);
    if (unknown.length > 0) ofStream.set(client, unknown);
    else ofStream.delete(client);
  }
}

/** A message is about to be closed: what has come of it does not wait for its turn any longer. */
export function enterWaiting(ledger: Ledger, stream: number, sequence: number): void {
  if (ledger.elsewhere.earlyCount === 0) return;
  for (const [client, waiting] of ledger.elsewhere.early.get(stream) ?? []) {
    for (let at = waiting.findIndex(early => early.sequence === sequence); at >= 0; ) {
      enterWhile(ledger, client, stream, waiting.splice(at, 1), () => true);
      at = waiting.findIndex(early => early.sequence === sequence);
    }
  }
}

/** What has waited for too long was never sent, nor need others wait behind it; at the end of the run nothing is waited for. */
export function closeEarly(ledger: Ledger, nowUs: number, isOver: boolean): void {
  if (ledger.elsewhere.earlyCount === 0) return;
  for (const [stream, ofStream] of ledger.elsewhere.early) {
    const { last } = ledger.messages[stream]!;
    for (const [client, waiting] of ofStream)
      enterWhile(
        ledger,
        client,
        stream,
        waiting,
        ({ sequence, atUs }) => isOver || sequence <= last || atUs < nowUs - patienceUs,
      );
  }
}
