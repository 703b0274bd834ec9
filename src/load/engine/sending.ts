/** What a worker sends: when its messages are due, and what becomes of each. */
import type { Encoded } from '../../foundation/pack.ts';
import { writeMarker } from '../hot-path/marker.ts';
import { nextSequence, noteSent } from '../ledger/ledger.ts';
import { senderElsewhere } from '../ledger/topology.ts';
import { warmUpPace } from '../schedule/pace.ts';
import { hashOf } from '../schedule/poisson.ts';
import { createSchedule } from '../schedule/schedule.ts';
import type { RunningChannels } from './join-channels.ts';
import { buildOutgoing, padded } from './outgoing.ts';
import { createPublisher, type EntryWork, type Publisher, type Sending } from './publisher.ts';
import { ownChannel } from './share.ts';
import { sendersOfEntries } from './streams.ts';
import type { Team } from './worker.ts';
import type { RunTimes } from './worker-protocol.ts';

/** `words`: where what other workers must hear of is put down, if channels are cut. */
export function publisherOf(team: Team, channels: RunningChannels, times: RunTimes, words: number[]): Publisher {
  const { ledger, clock, workload, assignment, streams } = team;
  const { share, seed } = assignment;
  const entries = sendersOfEntries(streams, workload.publish.length);
  return createPublisher({
    entries: workload.publish.map(({ pace }, entry) => workOf(pace, `${seed} ${entry}`, entries[entry]!.senders)),
    channels: workload.channels,
    isOurs: (entry, channel, sender) =>
      ownChannel(share, channel) >= 0 && streams[entries[entry]!.first + sender]!.sender !== senderElsewhere,
    times,
    counters: ledger.counters,
    nowUs: clock.nowUs,
    ...createSender(team, channels, share.cut ? words : undefined),
  });
}

function workOf(pace: Team['workload']['publish'][number]['pace'], seed: string, senders: number): EntryWork {
  if (pace.kind === 'inFlight') return { senders, warmUp: undefined, hold: undefined, inFlight: pace.messages };
  return {
    senders,
    warmUp: createSchedule(warmUpPace(pace), `${seed} warm-up`),
    hold: createSchedule(pace, seed),
    inFlight: 0,
  };
}

/** What a connection may have in its buffer before a message is not written any more. */
const unsentMaxBytes = 1_048_576;

/** A message that is made: its marker says which one it is, and when it is due. */
interface Made {
  readonly stream: number;
  readonly sequence: number;
  readonly dueUs: number;
  /** Of the sender when it was made: over another one it has other values to send. */
  readonly connections: number;
  readonly encoded: Encoded;
}

function createSender(team: Team, { joined }: RunningChannels, words: number[] | undefined) {
  const { ledger, clock, workload, assignment, clients, inbox, vault, channels, streams } = team;
  const { share, seed, tag } = assignment;
  const entries = sendersOfEntries(streams, workload.publish.length);
  const ofChannel = team.members.length;
  const keys = workload.publish.map((_, entry) => hashOf(`${seed} ${entry} payload`));
  const opcode = team.ground.pack.transports.get(workload.plan.transport)?.opcode ?? 'text';
  let prepared: Made | undefined;

  function placeOf(entry: number, channel: number, sender: number) {
    const own = ownChannel(share, channel);
    const inChannel = entries[entry]!.first + sender;
    return { own, inChannel, client: clients[own * ofChannel + streams[inChannel]!.sender]! };
  }

  function make({ own, inChannel, client }: ReturnType<typeof placeOf>, entry: number, n: number, dueUs: number): Made {
    const stream = own * streams.length + inChannel;
    const sequence = nextSequence(ledger, stream);
    const marker = writeMarker(tag, channels[own]! * streams.length + inChannel, sequence, dueUs);
    const publish = workload.publish[entry]!;
    const payload = padded(marker, publish.payload, keys[entry]!, n);
    const encoded = buildOutgoing(joined[own]!, client.name, publish, payload, clock.nowUs(), vault);
    return { stream, sequence, dueUs, connections: client.connections, encoded };
  }

  /** Building a message takes longer than writing it: one that is built before it is due is sent when it is. */
  function prepare(entry: number, channel: number, sender: number, n: number, dueUs: number): void {
    const place = placeOf(entry, channel, sender);
    const isSettled = place.client.open && ledger.members.absent[place.client.index] === 0;
    prepared = isSettled ? make(place, entry, n, dueUs) : undefined;
  }

  function send(entry: number, channel: number, sender: number, n: number, dueUs: number): Sending {
    const place = placeOf(entry, channel, sender);
    const { client, own, inChannel } = place;
    if (!client.open || !client.connection) return 'failed';
    if ((client.socket?.writableLength ?? 0) > unsentMaxBytes) return 'saturated';
    const stream = own * streams.length + inChannel;
    const isPrepared =
      prepared?.stream === stream && prepared.dueUs === dueUs && prepared.connections === client.connections;
    const { sequence, encoded } = isPrepared ? prepared! : make(place, entry, n, dueUs);
    prepared = undefined;
    const outcome = client.connection.write({ opcode, data: encoded.data, wire: false, cutAt: [], hold: false });
    if (!outcome.ok) return 'failed';
    noteSent(ledger, stream, dueUs, outcome.atUs);
    words?.push(stream, sequence, dueUs, outcome.atUs);
    if (dueUs >= ledger.recordFromUs) ledger.counters.sentBytes += Buffer.byteLength(encoded.data);
    if (encoded.requestId !== undefined) inbox.awaitAck(client, encoded.requestId, stream, sequence);
    return 'sent';
  }

  return { send, prepare };
}
