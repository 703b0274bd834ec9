/**
 * The delivery ledger: for every message who must have it, who had it, when, in which order. It knows no socket and no clock; receiving is
 * the hot path, and makes no garbage while messages come in order.
 */
import { recordUs } from '../metrics/histogram.ts';
import { type Counters, createCounters } from './counters.ts';
import { createElsewhere, type Elsewhere, waitsForWord } from './early-receipts.ts';
import { createFairness } from './fairness.ts';
import type { Fault } from './faults.ts';
import { keepReceipt, type MessagePart } from './message-parts.ts';
import {
  addMessage,
  countOfStage,
  createMessages,
  lastStage,
  type Messages,
  slotOf,
  stageTimings,
} from './messages.ts';
import { createSequences, noteSequence, type Sequences } from './sequences.ts';
import { createTimings, type Timings } from './timings.ts';
import { clientsOf, streamsOf, type Topology } from './topology.ts';

export interface LedgerOptions {
  readonly topology: Topology;
  /** What arrives later than so long after it was due is late. */
  readonly deadlineUs: number;
  readonly tell: (fault: Fault) => void;
  /** The sender of this stream has its answer, or will not have it: for messages in flight. */
  readonly answered: (stream: number) => void;
  /** Set where channels are cut: each message is told of, as far as the receivers here go, when its deadline has passed. */
  readonly tellPart?: (part: MessagePart) => void;
}

export interface Ledger extends LedgerOptions {
  /** Of messages that were due before nothing is recorded: warm-up. */
  recordFromUs: number;
  readonly counters: Counters;
  readonly timings: Timings;
  readonly fairness: ReturnType<typeof createFairness>;
  /** By stream. */
  readonly messages: readonly Messages[];
  readonly sequences: Sequences;
  /** 1 for each pair whose receiver must have the messages of the stream. */
  readonly receives: Uint8Array;
  /** Looked up, for divisions cost more: the channel of a stream and of a client, the number of a client and of a stream's sender in it. */
  readonly places: {
    readonly channelOfStream: Int32Array;
    readonly senderOfStream: Int32Array;
    readonly channelOfClient: Int32Array;
    readonly memberOfClient: Int32Array;
  };
  /** By stream: the first sequence that is recorded; 0 before there is one. */
  readonly firstRecorded: Int32Array;
  readonly members: Members;
  /** Messages whose deadline has not passed, in the order of sending: streams and sequences. */
  readonly open: { readonly streams: number[]; readonly sequences: number[]; head: number };
  readonly elsewhere: Elsewhere;
}

/** Receivers as the ledger sees them. */
export interface Members {
  /** By pair: the last sequence that was sent before it joined. */
  readonly joinedAfter: Int32Array;
  /** 1 while it is on the way in or out, or away. */
  readonly absent: Uint8Array;
  readonly status: MemberStatus[];
  /** By stream: receivers that must have what is sent now, and those that are on the way in or out. */
  readonly expected: Int32Array;
  readonly changing: Int32Array;
}

/** `gone`: its connection has ended without our doing. It stays expected, and what it misses is unverified. */
export type MemberStatus = 'member' | 'changing' | 'away' | 'gone';

export function createLedger(options: LedgerOptions): Ledger {
  const { topology } = options;
  const streams = streamsOf(topology);
  const clients = clientsOf(topology);
  const { clientsOfChannel, streamsOfChannel } = topology;
  const receives = new Uint8Array(streams * clientsOfChannel);
  for (let stream = 0; stream < streams; stream++) {
    const { receivers } = streamsOfChannel[stream % streamsOfChannel.length]!;
    for (const receiver of receivers) receives[stream * clientsOfChannel + receiver] = 1;
  }
  return {
    ...options,
    recordFromUs: Number.POSITIVE_INFINITY,
    counters: createCounters(),
    timings: createTimings(),
    fairness: createFairness(clients),
    messages: Array.from({ length: streams }, () => createMessages(options.tellPart !== undefined)),
    sequences: createSequences(streams * clientsOfChannel),
    receives,
    places: placesOf(topology),
    firstRecorded: new Int32Array(streams),
    members: {
      joinedAfter: new Int32Array(streams * clientsOfChannel),
      absent: new Uint8Array(clients),
      status: new Array<MemberStatus>(clients).fill('member'),
      expected: Int32Array.from(
        { length: streams },
        (_, k) => streamsOfChannel[k % streamsOfChannel.length]!.receivers.length,
      ),
      changing: new Int32Array(streams),
    },
    open: { streams: [], sequences: [], head: 0 },
    elsewhere: createElsewhere(clients),
  };
}

function placesOf(topology: Topology): Ledger['places'] {
  const { clientsOfChannel, streamsOfChannel } = topology;
  const ofStreams = (of: (stream: number) => number) =>
    Int32Array.from({ length: streamsOf(topology) }, (_, stream) => of(stream));
  const ofClients = (of: (client: number) => number) =>
    Int32Array.from({ length: clientsOf(topology) }, (_, client) => of(client));
  return {
    channelOfStream: ofStreams(stream => Math.floor(stream / streamsOfChannel.length)),
    senderOfStream: ofStreams(stream => streamsOfChannel[stream % streamsOfChannel.length]!.sender),
    channelOfClient: ofClients(client => Math.floor(client / clientsOfChannel)),
    memberOfClient: ofClients(client => client % clientsOfChannel),
  };
}

/** The sequence that the next message of a stream will have. */
export function nextSequence({ messages }: Ledger, stream: number): number {
  return messages[stream]!.last + 1;
}

/** A message was written. */
export function noteSent(ledger: Ledger, stream: number, dueUs: number, sentUs: number): void {
  const { members, counters, timings, open, firstRecorded } = ledger;
  const expected = members.expected[stream]!;
  const sequence = addMessage(ledger.messages[stream]!, expected, dueUs, sentUs);
  open.streams.push(stream);
  open.sequences.push(sequence);
  if (dueUs < ledger.recordFromUs) return;
  if (firstRecorded[stream] === 0) firstRecorded[stream] = sequence;
  counters.sent++;
  counters.expected += expected;
  counters.indeterminate += members.changing[stream]!;
  recordUs(timings.sendDelay, sentUs - dueUs);
}

/** A sound marker has arrived. `atUs` was taken when its bytes were read. */
export function noteReceived(
  ledger: Ledger,
  client: number,
  stream: number,
  sequence: number,
  dueUs: number,
  atUs: number,
): void {
  if (stream === foreignStream) return noteStranger(ledger, client, undefined, sequence, dueUs, atUs);
  const messages = ledger.messages[stream];
  if (!messages || sequence < 1) return noteCorrupt(ledger, client, atUs, 'never sent');
  const mayWait = sequence > messages.last || ledger.elsewhere.earlyCount > 0;
  if (mayWait && waitsForWord(ledger, client, stream, sequence, dueUs, atUs)) return;
  if (sequence > messages.last) return noteCorrupt(ledger, client, atUs, 'never sent');
  enterReceipt(ledger, client, stream, sequence, dueUs, atUs);
}

/** Of a message that was sent. */
export function enterReceipt(
  ledger: Ledger,
  client: number,
  stream: number,
  sequence: number,
  dueUs: number,
  atUs: number,
): void {
  const { topology, counters, members, places } = ledger;
  const messages = ledger.messages[stream]!;
  const recorded = dueUs >= ledger.recordFromUs;
  const member = places.memberOfClient[client]!;
  const isOwnChannel = places.channelOfClient[client] === places.channelOfStream[stream];
  const pair = stream * topology.clientsOfChannel + member;
  const isSender = isOwnChannel && places.senderOfStream[stream] === member;
  if (!isOwnChannel || ledger.receives[pair] === 0) {
    if (isSender) return noteAnswer(ledger, stream, messages, sequence);
    return noteStranger(ledger, client, stream, sequence, dueUs, atUs);
  }
  // What was sent before it was a member proves nothing, whether it comes or not.
  if (members.absent[client] === 1 || sequence <= members.joinedAfter[pair]!) return;
  const slot = slotOf(messages, sequence);
  const arrival = noteSequence(ledger.sequences, pair, sequence);
  if (arrival === 'again') {
    if (!recorded) return;
    counters.duplicate++;
    return ledger.tell({ kind: 'duplicate', client, stream, sequence, dueUs, atUs });
  }
  if (recorded && arrival !== 'next') noteOrder(ledger, pair, client, stream, sequence, arrival, atUs);
  if (isSender) noteAnswer(ledger, stream, messages, sequence);
  deliver(ledger, client, stream, messages, slot, sequence, dueUs, atUs, recorded);
}

/** Stands for the streams of other workers: nobody here must have their messages. */
export const foreignStream = -1;

function noteStranger(
  ledger: Ledger,
  client: number,
  stream: number | undefined,
  sequence: number,
  dueUs: number,
  atUs: number,
): void {
  if (dueUs < ledger.recordFromUs) return;
  ledger.counters.unexpected++;
  ledger.tell({ kind: 'unexpected', client, sequence, dueUs, atUs, ...(stream === undefined ? {} : { stream }) });
}

/** Something that bears our tag, or should, and is no sound marker of a message that was sent. */
export function noteCorrupt(ledger: Ledger, client: number, atUs: number, about: string): void {
  if (atUs < ledger.recordFromUs) return;
  ledger.counters.corrupt++;
  ledger.tell({ kind: 'corrupt', client, atUs, about });
}

/** Tells the sender once. */
export function noteAnswer(ledger: Ledger, stream: number, messages: Messages, sequence: number): void {
  const slot = slotOf(messages, sequence);
  if (slot < 0 || messages.answered[slot] === 1) return;
  messages.answered[slot] = 1;
  ledger.answered(stream);
}

/** Times the stages that the count has reached. */
export function passStages(ledger: Ledger, stream: number, messages: Messages, slot: number, recorded: boolean): void {
  const { timings } = ledger;
  const count = messages.count[slot]!;
  const afterUs = messages.lastUs[slot]! - messages.dueUs[slot]!;
  while (count >= messages.next[slot]!) {
    if (recorded) recordUs(timings[stageTimings[messages.stage[slot]!]!], afterUs);
    messages.stage[slot]!++;
    messages.next[slot] = countOfStage(messages.stage[slot]!, messages.expected[slot]!);
  }
  if (messages.stage[slot] !== lastStage) return;
  if (recorded) recordUs(timings.skew, messages.lastUs[slot]! - messages.firstUs[slot]!);
  noteAnswer(ledger, stream, messages, messages.sequence[slot]!);
}

/** The first receipt of a message by one who must have it. */
export function deliver(
  ledger: Ledger,
  client: number,
  stream: number,
  messages: Messages,
  slot: number,
  sequence: number,
  dueUs: number,
  atUs: number,
  recorded: boolean,
): void {
  const { counters, timings } = ledger;
  const isLate = atUs - dueUs > ledger.deadlineUs;
  if (recorded) {
    recordUs(timings.delivery, atUs - dueUs);
    // When a message was written is forgotten long after its deadline; it was not before it was due.
    recordUs(timings.service, atUs - (slot >= 0 ? messages.sentUs[slot]! : dueUs));
    ledger.fairness.record(client, atUs - dueUs);
    // It had been counted as lost when its deadline had passed.
    if (slot < 0 || messages.closed[slot] === 1) counters.lost--;
    if (isLate) {
      counters.late++;
      ledger.tell({ kind: 'late', client, stream, sequence, dueUs, atUs });
    } else {
      counters.delivered++;
    }
  }
  if (slot < 0) return;
  if (isLate) {
    messages.late[slot]!++;
    return;
  }
  if (messages.receipts) keepReceipt(messages, slot, atUs - dueUs);
  if (messages.count[slot]!++ === 0) messages.firstUs[slot] = atUs;
  messages.lastUs[slot] = atUs;
  if (messages.count[slot]! >= messages.next[slot]!) passStages(ledger, stream, messages, slot, recorded);
}

function noteOrder(
  ledger: Ledger,
  pair: number,
  client: number,
  stream: number,
  sequence: number,
  arrival: 'ahead' | 'behind',
  atUs: number,
): void {
  const { counters, sequences, firstRecorded } = ledger;
  if (arrival === 'behind') {
    counters.reordered++;
    counters.gaps--;
    counters.displacement = Math.max(counters.displacement, sequences.highest[pair]! - sequence);
    ledger.tell({ kind: 'reordered', client, stream, sequence, atUs });
    return;
  }
  counters.gaps += sequence - Math.max(sequences.skippedFrom, firstRecorded[stream]!);
}
