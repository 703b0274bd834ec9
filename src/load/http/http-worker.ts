/**
 * A worker of a load over HTTP: its users join as in any load, then each asks as soon as it was answered. It speaks the protocol of
 * workers, so that controller, results and reports are those of every load.
 */
import { createVault } from '../../clients/secrets.ts';
import { startLagMonitor } from '../../drive/lag-monitor.ts';
import { brokenBy } from '../engine/broken-by.ts';
import { collectGarbage, usersWorthCollecting } from '../engine/collect-garbage.ts';
import { createConnectGate } from '../engine/connect-gate.ts';
import { type JoiningTeam, joinChannels, type RunningChannels } from '../engine/join-channels.ts';
import { joinPlan } from '../engine/join-plan.ts';
import { type ClientSurroundings, createLoadClient, type LoadClient } from '../engine/load-client.ts';
import { channelsOf } from '../engine/share.ts';
import { sendersOfEntries, streamsOfChannel } from '../engine/streams.ts';
import type { WorkerSurroundings } from '../engine/worker.ts';
import type { Assignment, RunTimes, WorkerPort } from '../engine/worker-protocol.ts';
import { createHotOpener } from '../hot-path/hot-websocket.ts';
import { type Counters, createCounters } from '../ledger/counters.ts';
import { measureHttp } from './measure-http.ts';
import type { Asker } from './request-maker.ts';

export function runHttpWorker(port: WorkerPort, surroundings: WorkerSurroundings): void {
  let team: HttpTeam | undefined;
  let joined: RunningChannels | undefined;
  let measuring: ReturnType<typeof measureHttp> | undefined;
  port.listen(message => {
    if (message.tell === 'assign') {
      const assembled = assemble(port, surroundings, message.assignment);
      team = assembled;
      void join(assembled).then(
        running => {
          joined = running;
        },
        thrown => port.post({ tell: 'broken', ...brokenBy(thrown) }),
      );
    } else if (message.tell === 'start-at') {
      measuring = measureHttp(team!, {
        askers: askersOf(team!, joined!, message.times),
        running: joined!,
        times: message.times,
      });
    } else if (message.tell === 'drain') {
      measuring?.drain();
    } else if (message.tell === 'abort') {
      if (measuring) measuring.abort();
      else team?.abort.abort(message.reason);
    }
  });
}

export interface HttpTeam extends JoiningTeam, WorkerSurroundings {
  readonly port: WorkerPort;
  readonly counters: Counters;
  /** Everybody has joined, and nobody leaves yet. */
  held: boolean;
}

function assemble(port: WorkerPort, surroundings: WorkerSurroundings, assignment: Assignment): HttpTeam {
  const { workload, clock, secrets } = surroundings;
  const { share } = assignment;
  const counters = createCounters();
  const channels = channelsOf(share, workload.channels);
  const names = workload.plan.clients.map(({ name }) => name);
  const clients = channels.flatMap((_, own) =>
    names.map((name, k) => createLoadClient(own * names.length + k, own, name)),
  );
  // What a user on another transport hears while joining; in between it is nobody's.
  const message: ClientSurroundings['message'] = (client, area, start, end, binary, atUs) => {
    const opcode = binary === undefined ? {} : { opcode: binary ? ('binary' as const) : ('text' as const) };
    clients[client]!.interpreter?.item(atUs, { bytes: Buffer.from(area.subarray(start, end)), ...opcode });
  };
  const team: HttpTeam = {
    ...surroundings,
    port,
    counters,
    held: false,
    assignment,
    channels,
    members: [...names.keys()],
    waiting: new Map(),
    clients,
    vault: createVault(secrets),
    abort: new AbortController(),
    around: {
      nowUs: clock.nowUs,
      gate: createConnectGate(workload.phases.connectPerSecond / share.n, clock.nowUs),
      openHot: createHotOpener({ nowUs: clock.nowUs, message, afterRead: () => {} }),
      message,
      afterRead: () => {},
      ended(client, by) {
        if (by === 'target' && team.held && isLasting(surroundings, client)) counters.cutOff++;
      },
    },
  };
  return team;
}

/** Connections over HTTP may end between requests. */
function isLasting({ ground, workload }: WorkerSurroundings, client: LoadClient): boolean {
  const { clients } = workload.plan;
  const { transport } = clients[client.index % clients.length]!;
  return ground.pack.transports.get(transport)?.kind !== 'http';
}

async function join(team: HttpTeam): Promise<RunningChannels> {
  const { port, clock, workload, abort, clients, around } = team;
  const lag = startLagMonitor(clock, () => {});
  const begunUs = clock.nowUs();
  const running = await joinChannels(team, joinPlan(workload.plan), lag);
  lag.stop();
  if (running.failures.length > 0) {
    abort.abort('somebody could not join');
    port.post({ tell: 'not-ready', failures: running.failures });
    return running;
  }
  team.held = true;
  for (const client of clients)
    if (!client.open && client.connection && !client.ending && isLasting(team, client)) team.counters.cutOff++;
  const openedInUs = Math.max(0, around.gate.settledUs() - begunUs);
  const connectedInUs = clock.nowUs() - begunUs;
  if (clients.length >= usersWorthCollecting) await collectGarbage();
  port.post({ tell: 'ready', connections: clients.length, openedInUs, connectedInUs });
  return running;
}

/** As many for each sender as may be unanswered. */
function askersOf(
  { workload, channels, clients }: HttpTeam,
  { joined }: RunningChannels,
  times: RunTimes,
): readonly Asker[] {
  const streams = streamsOfChannel(workload);
  const entries = sendersOfEntries(streams, workload.publish.length);
  const ofChannel = workload.plan.clients.length;
  return channels.flatMap((channel, own) =>
    workload.publish.flatMap(({ pace }, entry) => {
      const { first, senders } = entries[entry]!;
      const inFlight = pace.kind === 'inFlight' ? pace.messages : 0;
      return Array.from({ length: senders * inFlight }, (_, k): Asker => {
        const inChannel = first + (k % senders);
        const client = own * ofChannel + streams[inChannel]!.sender;
        return {
          client,
          entry,
          joined: joined[own]!,
          sender: clients[client]!.name,
          stream: channel * streams.length + inChannel,
          dueUs: times.warmUpAtUs,
          sequence: 0,
          asked: undefined,
          requestId: undefined,
        };
      });
    }),
  );
}
