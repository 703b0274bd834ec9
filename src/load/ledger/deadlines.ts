import { countUnacknowledged } from './acknowledgements.ts';
import { closeEarly, enterWaiting } from './elsewhere.ts';
import type { Ledger } from './ledger.ts';
import { noteAnswer } from './ledger.ts';
import { tellPart } from './message-parts.ts';
import { lastStage, type Messages, slotOf } from './messages.ts';
import { hasSeen } from './sequences.ts';

/** Counts what has not come of every message whose deadline has passed. */
export function closeDue(ledger: Ledger, nowUs: number): void {
  closeEarly(ledger, nowUs, false);
  closeWhile(ledger, nowUs, dueUs => dueUs + ledger.deadlineUs < nowUs);
}

/**
 * The run is over: what could still have come proves nothing, and what comes while everybody leaves does not count any more. Of one that
 * was cut short words of other workers may be under way: a message that none has come for need not be made up.
 */
export function closeAll(ledger: Ledger, nowUs: number, isCutShort = false): void {
  closeEarly(ledger, nowUs, !isCutShort);
  closeWhile(ledger, nowUs, () => true);
  ledger.recordFromUs = Number.POSITIVE_INFINITY;
}

function closeWhile(ledger: Ledger, nowUs: number, may: (dueUs: number) => boolean): void {
  const { open } = ledger;
  while (open.head < open.streams.length) {
    const stream = open.streams[open.head]!;
    const messages = ledger.messages[stream]!;
    const slot = slotOf(messages, open.sequences[open.head]!);
    if (!may(messages.dueUs[slot]!)) break;
    open.head++;
    enterWaiting(ledger, stream, messages.sequence[slot]!);
    close(ledger, stream, messages, slot, nowUs);
  }
  if (open.head < leastDone) return;
  open.streams.splice(0, open.head);
  open.sequences.splice(0, open.head);
  open.head = 0;
}

/** Of the queue, before it is shortened. */
const leastDone = 1024;

function close(ledger: Ledger, stream: number, messages: Messages, slot: number, nowUs: number): void {
  const sequence = messages.sequence[slot]!;
  messages.closed[slot] = 1;
  noteAnswer(ledger, stream, messages, sequence);
  if (messages.dueUs[slot]! < ledger.recordFromUs) return;
  if (messages.dueUs[slot]! + ledger.deadlineUs < nowUs) countUnacknowledged(ledger, stream, messages, slot);
  if (messages.receipts) tellPart(ledger, stream, messages, slot);
  else if (messages.expected[slot]! > 0 && messages.stage[slot] !== lastStage) ledger.counters.incomplete++;
  if (messages.expected[slot] !== messages.count[slot]! + messages.late[slot]!)
    countMissing(ledger, stream, messages, slot, nowUs);
}

function countMissing(ledger: Ledger, stream: number, messages: Messages, slot: number, nowUs: number): void {
  const { topology, members, counters, sequences } = ledger;
  const { clientsOfChannel, streamsOfChannel } = topology;
  const shape = streamsOfChannel[stream % streamsOfChannel.length]!;
  const firstClient = Math.floor(stream / streamsOfChannel.length) * clientsOfChannel;
  const sequence = messages.sequence[slot]!;
  const dueUs = messages.dueUs[slot]!;
  const inTime = dueUs + ledger.deadlineUs >= nowUs;
  for (const receiver of shape.receivers) {
    const client = firstClient + receiver;
    const pair = stream * clientsOfChannel + receiver;
    if (members.absent[client] === 1 || sequence <= members.joinedAfter[pair]!) continue;
    if (hasSeen(sequences, pair, sequence)) continue;
    if (inTime || members.status[client] === 'gone') {
      counters.unverified++;
    } else {
      counters.lost++;
      ledger.tell({ kind: 'lost', client, stream, sequence, dueUs });
    }
  }
}
