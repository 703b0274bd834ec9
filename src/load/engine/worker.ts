/**
 * A worker of a load run: lets its channels join, sends what is due in them, and keeps the ledger of what they receive. It hears of
 * everything through its port, so it does not know where the controller is.
 */
import { createVault, type Vault } from '../../clients/secrets.ts';
import type { DriveTarget } from '../../drive/drive-execution.ts';
import { startLagMonitor } from '../../drive/lag-monitor.ts';
import type { Clock } from '../../foundation/clock.ts';
import type { Plan } from '../../scenario/plan.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import type { Ground } from '../../suites/ground.ts';
import type { Suite } from '../../suites/suite.ts';
import { createHotOpener } from '../hot-path/hot-websocket.ts';
import { createMarkerFinder } from '../hot-path/marker-finder.ts';
import { noteSentElsewhere } from '../ledger/elsewhere.ts';
import type { Fault } from '../ledger/faults.ts';
import { createFaultKeeper } from '../ledger/faults.ts';
import { createLedger, foreignStream, type Ledger } from '../ledger/ledger.ts';
import { endLeave, noteGone } from '../ledger/membership.ts';
import type { MessagePart } from '../ledger/message-parts.ts';
import type { StreamShape } from '../ledger/topology.ts';
import { brokenBy } from './broken-by.ts';
import { collectGarbage, usersWorthCollecting } from './collect-garbage.ts';
import { createConnectGate } from './connect-gate.ts';
import { cutPlan } from './cut-plan.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { joinChannels } from './join-channels.ts';
import { joinPlan } from './join-plan.ts';
import { type ClientSurroundings, createLoadClient, type LoadClient } from './load-client.ts';
import type { LoadRules } from './load-rules.ts';
import { type Measuring, measure } from './measure.ts';
import { channelsOf, membersOf, ownChannel, type Share } from './share.ts';
import { streamsAmong, streamsOfChannel } from './streams.ts';
import type { Assignment, NamedFault, Names, SentWords, WorkerPort } from './worker-protocol.ts';

/** What a worker finds where it runs; all else it is told. */
export interface WorkerSurroundings {
  readonly suite: Suite;
  readonly ground: Ground;
  readonly workload: WorkloadPlan;
  readonly rules: LoadRules;
  readonly target: DriveTarget;
  readonly secrets: ReadonlyMap<string, string>;
  readonly clock: Clock;
}

/** A worker's own part of the run. */
export interface Team extends WorkerSurroundings {
  readonly assignment: Assignment;
  readonly port: WorkerPort;
  /** Numbers of its channels among all. */
  readonly channels: readonly number[];
  /** Numbers of its clients in each of them, among those of the plan: all, unless channels are cut. */
  readonly members: readonly number[];
  /** As the ledger has them: numbers of senders and receivers are among its members. */
  readonly streams: readonly StreamShape[];
  /** Of messages whose deadline has passed; told now and then. */
  readonly parts: MessagePart[];
  /** Other workers have come to where a channel waits for them; by number of the channel. */
  readonly waiting: Map<number, (names: Names) => void>;
  readonly clients: readonly LoadClient[];
  readonly ledger: Ledger;
  readonly inbox: Inbox;
  readonly vault: Vault;
  readonly around: ClientSurroundings;
  readonly abort: AbortController;
  measuring: Measuring | undefined;
  /** Everybody has joined, and nobody leaves yet: what the target does with a connection is not what a step expects. */
  held: boolean;
}

export function runWorker(port: WorkerPort, surroundings: WorkerSurroundings): void {
  let team: Team | undefined;
  let joined: Awaited<ReturnType<typeof joinChannels>> | undefined;
  port.listen(message => {
    if (message.tell === 'assign') {
      const assigned = assemble(port, surroundings, message.assignment);
      team = assigned;
      void join(assigned).then(
        running => {
          joined = running;
        },
        thrown => port.post({ tell: 'broken', ...brokenBy(thrown) }),
      );
    } else if (message.tell === 'start-at') {
      team!.measuring = measure(team!, joined!, message.times);
    } else if (message.tell === 'go-on') {
      team?.waiting.get(message.channel)?.(message.names);
    } else if (message.tell === 'sent') {
      noteWords(team!.ledger, message.words);
    } else if (message.tell === 'drain') {
      team?.measuring?.drain();
    } else if (message.tell === 'abort') {
      if (team?.measuring) team.measuring.abort(message.reason);
      else team?.abort.abort(message.reason);
    }
  });
}

async function join(team: Team) {
  const { port, clock, clients, ledger, around } = team;
  const lag = startLagMonitor(clock, () => {});
  const begunUs = clock.nowUs();
  const running = await joinChannels(team, joinPlan(planOf(team)), lag);
  lag.stop();
  if (running.failures.length > 0) {
    team.abort.abort('somebody could not join');
    port.post({ tell: 'not-ready', failures: running.failures });
    return running;
  }
  team.held = true;
  // Who was cut off before there was anything to miss is gone from the beginning.
  for (const client of clients) {
    if (client.open || !client.connection) continue;
    if (!client.ending) ledger.counters.cutOff++;
    noteGone(ledger, client.index);
  }
  const openedInUs = Math.max(0, around.gate.settledUs() - begunUs);
  const connectedInUs = clock.nowUs() - begunUs;
  if (clients.length >= usersWorthCollecting) await collectGarbage();
  const connections = clients.filter(client => client.open).length;
  port.post({ tell: 'ready', connections, openedInUs, connectedInUs });
  return running;
}

function planOf({ workload: { plan }, assignment: { share }, members }: Team): Plan {
  if (!share.cut) return plan;
  return cutPlan(plan, new Set(members.map(member => plan.clients[member]!.name)), share.k === 0);
}

function noteWords(ledger: Ledger, words: SentWords): void {
  for (let at = 0; at < words.length; at += 4) noteSentElsewhere(ledger, words[at]!, words[at + 2]!, words[at + 3]!);
}

function assemble(port: WorkerPort, surroundings: WorkerSurroundings, assignment: Assignment): Team {
  const { workload, clock, ground, rules } = surroundings;
  const { share, tag } = assignment;
  const channels = channelsOf(share, workload.channels);
  const allStreams = streamsOfChannel(workload);
  const members = membersOf(share, workload.plan.clients.length);
  const streams = streamsAmong(allStreams, members);
  const names = members.map(member => workload.plan.clients[member]!.name);
  const clients = channels.flatMap((_, own) =>
    names.map((name, k) => createLoadClient(own * names.length + k, own, name)),
  );
  const keep = createFaultKeeper(fault => port.post({ tell: 'fault', fault: named(fault) }));
  const ledger = createLedger({
    topology: { channels: channels.length, clientsOfChannel: names.length, streamsOfChannel: streams },
    deadlineUs: workload.phases.drainUs,
    tell: keep,
    answered: stream => team.measuring?.answered(stream),
    ...(share.cut && { tellPart: part => void team.parts.push(part) }),
  });
  const finder = createMarkerFinder(tag);
  const inbox = createInbox({
    clients,
    ledger,
    finder,
    pack: ground.pack,
    rules,
    transport: workload.plan.transport,
    ownStream: ownStreams(streams.length, workload.channels, share),
  });
  const afterRead = (atUs: number) => team.measuring?.afterRead(atUs);
  const around: ClientSurroundings = {
    nowUs: clock.nowUs,
    gate: createConnectGate(workload.phases.connectPerSecond / share.n, clock.nowUs),
    openHot: createHotOpener({ nowUs: clock.nowUs, message: inbox.message, afterRead }),
    message: inbox.message,
    afterRead,
    ended(client, by) {
      if (by === 'us') return endLeave(ledger, client.index, clock.nowUs());
      if (!team.held) return;
      ledger.counters.cutOff++;
      noteGone(ledger, client.index);
      if (team.measuring && !clients.some(({ open }) => open)) port.post({ tell: 'cut-off' });
    },
  };
  const team: Team = {
    ...surroundings,
    assignment,
    port,
    channels,
    members,
    streams,
    waiting: new Map(),
    parts: [],
    clients,
    ledger,
    inbox,
    vault: createVault(surroundings.secrets),
    around,
    abort: new AbortController(),
    measuring: undefined,
    held: false,
  };

  function named({ client, stream, ...fault }: Fault): NamedFault {
    const channel = channels[Math.floor(client / names.length)]!;
    const common = { ...fault, channel, receiver: names[client % names.length]! };
    return stream === undefined ? common : { ...common, sender: senderOf(stream) };
  }

  function senderOf(stream: number): string {
    return workload.plan.clients[allStreams[stream % streams.length]!.sender]!.name;
  }

  return team;
}

/** Streams are numbered through all channels; ours are those of our channels, in their order. */
function ownStreams(ofChannel: number, channels: number, share: Share): (stream: number) => number {
  if (share.n === 1 || share.cut) return stream => stream;
  return stream => {
    const channel = Math.floor(stream / ofChannel);
    if (channel >= channels) return stream;
    const own = ownChannel(share, channel);
    return own < 0 ? foreignStream : own * ofChannel + (stream % ofChannel);
  };
}
