/**
 * Receivers that come and go. One that we let join, leave or reconnect is indeterminate for every message whose time it overlaps: neither
 * expected nor unexpected. One that the target has cut off stays expected: what it misses is unverified.
 */
import { closeDue } from './deadlines.ts';
import { noteChange } from './early-receipts.ts';
import { enterKnown } from './elsewhere.ts';
import type { Ledger } from './ledger.ts';
import { passStages } from './ledger.ts';
import { countOfStage, slotOf } from './messages.ts';
import { hasSeen, startAfter } from './sequences.ts';

/** We are about to let it join, leave or reconnect. */
export function beginChange(ledger: Ledger, client: number, nowUs: number): void {
  const { members } = ledger;
  const before = members.status[client]!;
  if (before === 'changing') return;
  closeDue(ledger, nowUs);
  enterKnown(ledger, client);
  forgetOpen(ledger, client, before === 'away');
  const counted = before === 'member' || before === 'gone' ? 1 : 0;
  forStreams(ledger, client, stream => {
    members.expected[stream]! -= counted;
    members.changing[stream]!++;
  });
  members.status[client] = 'changing';
  members.absent[client] = 1;
  noteChange(ledger, client, nowUs, before === 'member' || before === 'gone');
}

/** It has left: what is sent from now on is not for it. */
export function endLeave(ledger: Ledger, client: number, nowUs: number): void {
  const { members } = ledger;
  if (members.status[client] !== 'changing') return;
  forStreams(ledger, client, stream => void members.changing[stream]!--);
  members.status[client] = 'away';
  noteChange(ledger, client, nowUs, false);
}

/** It has joined, confirmed: what is sent from now on must reach it. */
export function endJoin(ledger: Ledger, client: number, nowUs: number): void {
  const { members, topology, sequences } = ledger;
  if (members.status[client] !== 'changing') return;
  forStreams(ledger, client, (stream, receiver) => {
    members.changing[stream]!--;
    members.expected[stream]!++;
    const pair = stream * topology.clientsOfChannel + receiver;
    members.joinedAfter[pair] = ledger.messages[stream]!.last;
    startAfter(sequences, pair, members.joinedAfter[pair]!);
  });
  members.status[client] = 'member';
  members.absent[client] = 0;
  noteChange(ledger, client, nowUs, false);
}

/** Its connection has ended, and not by us. */
export function noteGone(ledger: Ledger, client: number): void {
  if (ledger.members.status[client] === 'member') ledger.members.status[client] = 'gone';
}

/** What it has had stays delivered; what it has not had of the messages under way is indeterminate. */
function forgetOpen(ledger: Ledger, client: number, wasAway: boolean): void {
  const { open, members, sequences, topology, counters } = ledger;
  const { clientsOfChannel, streamsOfChannel } = topology;
  const receiver = client % clientsOfChannel;
  const channel = (client - receiver) / clientsOfChannel;
  for (let k = open.head; k < open.streams.length; k++) {
    const stream = open.streams[k]!;
    const pair = stream * clientsOfChannel + receiver;
    if (Math.floor(stream / streamsOfChannel.length) !== channel || ledger.receives[pair] === 0) continue;
    const messages = ledger.messages[stream]!;
    const sequence = open.sequences[k]!;
    const slot = slotOf(messages, sequence);
    const recorded = messages.dueUs[slot]! >= ledger.recordFromUs;
    if (!wasAway) {
      if (sequence <= members.joinedAfter[pair]! || hasSeen(sequences, pair, sequence)) continue;
      messages.expected[slot]!--;
      if (!messages.receipts) messages.next[slot] = countOfStage(messages.stage[slot]!, messages.expected[slot]!);
      if (recorded) counters.expected--;
      passStages(ledger, stream, messages, slot, recorded);
    }
    if (recorded) counters.indeterminate++;
  }
}

/** Calls `act` for every stream that the client receives. */
function forStreams(ledger: Ledger, client: number, act: (stream: number, receiver: number) => void): void {
  const { clientsOfChannel, streamsOfChannel } = ledger.topology;
  const receiver = client % clientsOfChannel;
  const first = ((client - receiver) / clientsOfChannel) * streamsOfChannel.length;
  for (let stream = first; stream < first + streamsOfChannel.length; stream++) {
    if (ledger.receives[stream * clientsOfChannel + receiver] === 1) act(stream, receiver);
  }
}
