/** Messages that their target acknowledges to who sends them: how soon, and which it has not. */
import { recordUs } from '../metrics/histogram.ts';
import { type Ledger, noteAnswer } from './ledger.ts';
import { ackOf, type Messages, slotOf } from './messages.ts';

/** The message has been sent with a request that is to be acknowledged. `isAwaited`: false if nobody could tell any more that it was. */
export function awaitAcknowledgement({ messages }: Ledger, stream: number, sequence: number, isAwaited: boolean): void {
  const slot = slotOf(messages[stream]!, sequence);
  if (slot >= 0) messages[stream]!.awaited[slot] = isAwaited ? ackOf.awaited : ackOf.none;
}

/** The target has acknowledged a message to its sender. */
export function noteAcknowledged(ledger: Ledger, stream: number, sequence: number, atUs: number): void {
  const messages = ledger.messages[stream]!;
  const slot = slotOf(messages, sequence);
  if (slot < 0) return;
  if (messages.dueUs[slot]! >= ledger.recordFromUs) {
    recordUs(ledger.timings.ack, atUs - messages.dueUs[slot]!);
    if (messages.awaited[slot] === ackOf.missing) ledger.counters.unacknowledged--;
  }
  messages.awaited[slot] = ackOf.none;
  noteAnswer(ledger, stream, messages, sequence);
}

/** The deadline of a message has passed. A sender that was not there all the time could not hear of it. */
export function countUnacknowledged(ledger: Ledger, stream: number, messages: Messages, slot: number): void {
  if (messages.awaited[slot] !== ackOf.awaited) return;
  const { members, elsewhere, places, topology, counters } = ledger;
  const client = places.channelOfStream[stream]! * topology.clientsOfChannel + places.senderOfStream[stream]!;
  if (members.status[client] !== 'member' || elsewhere.changedUs[client]! > messages.sentUs[slot]!) return;
  messages.awaited[slot] = ackOf.missing;
  counters.unacknowledged++;
  const [sequence, dueUs] = [messages.sequence[slot]!, messages.dueUs[slot]!];
  ledger.tell({ kind: 'unacknowledged', client, stream, sequence, dueUs });
}
