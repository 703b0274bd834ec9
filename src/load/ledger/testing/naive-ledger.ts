/** For tests: the ledger in the plainest words, with Sets and Maps. It is slow, keeps everything, and shares no code with the real one. */
import type { Topology } from '../topology.ts';

interface NaiveMessage {
  readonly stream: number;
  readonly sequence: number;
  readonly dueUs: number;
  readonly sentUs: number;
  readonly recorded: boolean;
  readonly expected: Set<number>;
  /** Receiver to the instant of its first receipt. */
  readonly inTime: Map<number, number>;
  readonly late: Set<number>;
  /** Once it is closed. */
  missing: Map<number, 'lost' | 'unverified'> | undefined;
}

interface NaivePair {
  /** Since the receiver joined. */
  readonly received: Set<number>;
  readonly sentBefore: number;
}

type Status = 'member' | 'changing' | 'away' | 'gone';

export interface NaiveLedger {
  readonly topology: Topology;
  readonly deadlineUs: number;
  readonly recordFromUs: number;
  readonly messages: NaiveMessage[];
  readonly status: Map<number, Status>;
  /** How many messages there were when a receiver joined. */
  readonly joinedAt: Map<number, number>;
  readonly pairs: Map<string, NaivePair>;
  readonly counts: Record<
    'duplicate' | 'unexpected' | 'corrupt' | 'indeterminate' | 'reordered' | 'displacement' | 'pastGaps',
    number
  >;
}

export function createNaiveLedger(topology: Topology, deadlineUs: number, recordFromUs: number): NaiveLedger {
  return {
    topology,
    deadlineUs,
    recordFromUs,
    messages: [],
    status: new Map(),
    joinedAt: new Map(),
    pairs: new Map(),
    counts: { duplicate: 0, unexpected: 0, corrupt: 0, indeterminate: 0, reordered: 0, displacement: 0, pastGaps: 0 },
  };
}

export function send(ledger: NaiveLedger, stream: number, nowUs: number): void {
  const recorded = nowUs >= ledger.recordFromUs;
  const all = receiversOf(ledger, stream);
  const expected = new Set(all.filter(client => ['member', 'gone'].includes(statusOf(ledger, client))));
  if (recorded) ledger.counts.indeterminate += all.filter(client => statusOf(ledger, client) === 'changing').length;
  const sequence = sentOf(ledger, stream).length + 1;
  const common = { stream, sequence, dueUs: nowUs, sentUs: nowUs, recorded, missing: undefined };
  ledger.messages.push({ ...common, expected, inTime: new Map(), late: new Set() });
}

export function receive(ledger: NaiveLedger, client: number, stream: number, sequence: number, nowUs: number): void {
  const { counts, messages, deadlineUs, joinedAt } = ledger;
  const message = messages.find(each => each.stream === stream && each.sequence === sequence);
  if (!message) {
    if (nowUs >= ledger.recordFromUs) counts.corrupt++;
    return;
  }
  if (!receiversOf(ledger, stream).includes(client)) {
    const isSender = client === firstOf(ledger, stream) + shapeOf(ledger, stream).sender;
    if (!isSender && message.recorded) counts.unexpected++;
    return;
  }
  if ((joinedAt.get(client) ?? 0) > messages.indexOf(message)) return;
  const { received } = pairOf(ledger, stream, client);
  if (received.has(sequence)) {
    if (message.recorded) counts.duplicate++;
    return;
  }
  const highest = Math.max(0, ...received);
  if (sequence < highest && message.recorded) {
    counts.reordered++;
    counts.displacement = Math.max(counts.displacement, highest - sequence);
  }
  received.add(sequence);
  if (nowUs - message.dueUs > deadlineUs) message.late.add(client);
  else message.inTime.set(client, nowUs);
  message.missing?.delete(client);
}

export function beginChange(ledger: NaiveLedger, client: number, nowUs: number): void {
  const before = statusOf(ledger, client);
  if (before === 'changing') return;
  close(ledger, nowUs, false);
  for (const message of ledger.messages) {
    if (message.missing || !receiversOf(ledger, message.stream).includes(client)) continue;
    const leaves = before !== 'away' && message.expected.has(client) && !hasHad(message, client);
    if (leaves) message.expected.delete(client);
    if (message.recorded && (leaves || before === 'away')) ledger.counts.indeterminate++;
  }
  ledger.status.set(client, 'changing');
  ledger.joinedAt.set(client, Number.POSITIVE_INFINITY);
}

export function endLeave(ledger: NaiveLedger, client: number): void {
  if (statusOf(ledger, client) === 'changing') ledger.status.set(client, 'away');
}

export function endJoin(ledger: NaiveLedger, client: number): void {
  if (statusOf(ledger, client) !== 'changing') return;
  ledger.status.set(client, 'member');
  ledger.joinedAt.set(client, ledger.messages.length);
  for (let stream = 0; stream < ledger.topology.channels * ledger.topology.streamsOfChannel.length; stream++) {
    if (!receiversOf(ledger, stream).includes(client)) continue;
    ledger.counts.pastGaps += gapsOf(ledger, stream, pairOf(ledger, stream, client));
    ledger.pairs.set(`${stream} ${client}`, { received: new Set(), sentBefore: sentOf(ledger, stream).length });
  }
}

export function noteGone(ledger: NaiveLedger, client: number): void {
  if (statusOf(ledger, client) === 'member') ledger.status.set(client, 'gone');
}

/** Of all messages, or of those whose deadline has passed. */
export function close(ledger: NaiveLedger, nowUs: number, all: boolean): void {
  for (const message of ledger.messages) {
    const over = message.dueUs + ledger.deadlineUs < nowUs;
    if (message.missing || !(over || all)) continue;
    message.missing = new Map();
    for (const client of message.expected) {
      if (!hasHad(message, client))
        message.missing.set(client, !over || statusOf(ledger, client) === 'gone' ? 'unverified' : 'lost');
    }
  }
}

/** What the real ledger counts, and the times it records that do not depend on when a receiver left. */
export function conclude(ledger: NaiveLedger) {
  const recorded = ledger.messages.filter(each => each.recorded);
  const missing = recorded.flatMap(each => [...(each.missing?.values() ?? [])]);
  const sumOf = (of: (message: NaiveMessage) => number) => recorded.reduce((sum, each) => sum + of(each), 0);
  const complete = recorded.filter(
    ({ expected, inTime }) => expected.size > 0 && [...expected].every(client => inTime.has(client)),
  );
  const currentGaps = [...ledger.pairs].map(([key, pair]) => gapsOf(ledger, Number(key.split(' ')[0]), pair));
  const { pastGaps, ...counted } = ledger.counts;
  return {
    ...counted,
    sent: recorded.length,
    expected: sumOf(({ expected }) => expected.size),
    delivered: sumOf(({ inTime }) => inTime.size),
    late: sumOf(({ late }) => late.size),
    lost: missing.filter(each => each === 'lost').length,
    unverified: missing.filter(each => each === 'unverified').length,
    incomplete: recorded.filter(each => each.expected.size > 0 && !complete.includes(each)).length,
    gaps: pastGaps + currentGaps.reduce((sum, each) => sum + each, 0),
    timeToLastUs: complete.map(({ inTime, dueUs }) => Math.max(...inTime.values()) - dueUs).sort((a, b) => a - b),
    skewUs: complete
      .map(({ inTime }) => Math.max(...inTime.values()) - Math.min(...inTime.values()))
      .sort((a, b) => a - b),
  };
}

function statusOf({ status }: NaiveLedger, client: number): Status {
  return status.get(client) ?? 'member';
}

function shapeOf({ topology: { streamsOfChannel } }: NaiveLedger, stream: number) {
  return streamsOfChannel[stream % streamsOfChannel.length]!;
}

/** The first client of the stream's channel. */
function firstOf({ topology: { streamsOfChannel, clientsOfChannel } }: NaiveLedger, stream: number): number {
  return Math.floor(stream / streamsOfChannel.length) * clientsOfChannel;
}

function receiversOf(ledger: NaiveLedger, stream: number): readonly number[] {
  return shapeOf(ledger, stream).receivers.map(each => firstOf(ledger, stream) + each);
}

function sentOf({ messages }: NaiveLedger, stream: number): readonly NaiveMessage[] {
  return messages.filter(each => each.stream === stream);
}

function hasHad(message: NaiveMessage, client: number): boolean {
  return message.inTime.has(client) || message.late.has(client);
}

function pairOf({ pairs }: NaiveLedger, stream: number, client: number): NaivePair {
  const key = `${stream} ${client}`;
  const known = pairs.get(key) ?? { received: new Set<number>(), sentBefore: 0 };
  pairs.set(key, known);
  return known;
}

function gapsOf(ledger: NaiveLedger, stream: number, { received, sentBefore }: NaivePair): number {
  const highest = Math.max(0, ...received);
  return sentOf(ledger, stream).filter(
    ({ sequence, recorded }) => recorded && sequence > sentBefore && sequence < highest && !received.has(sequence),
  ).length;
}
