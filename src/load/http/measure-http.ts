/** Warm-up, hold and drain over HTTP. */
import { AntiphonError } from '../../foundation/errors.ts';
import type { ConnectAction } from '../../scenario/interpret/action.ts';
import { brokenBy } from '../engine/broken-by.ts';
import type { RunningChannels } from '../engine/join-channels.ts';
import type { NamedFault, RunTimes } from '../engine/worker-protocol.ts';
import { createFaultKeeper, type Fault } from '../ledger/faults.ts';
import { createTimings, foldTimings, type TimingName, timingNames } from '../ledger/timings.ts';
import { type RigReport, watchRig } from '../metrics/rig.ts';
import { type Cannon, fireCannon } from './cannon.ts';
import { createExchanges, createReplies, type Exchanges } from './exchanges.ts';
import type { HttpTeam } from './http-worker.ts';
import { type Asker, createRequestMaker } from './request-maker.ts';

export interface HttpMeasuring {
  drain(): void;
  abort(): void;
}

interface HttpWork {
  readonly askers: readonly Asker[];
  readonly running: RunningChannels;
  readonly times: RunTimes;
}

export function measureHttp(team: HttpTeam, { askers, running, times }: HttpWork): HttpMeasuring {
  const { workload, clock, port, counters } = team;
  const { drainUs } = workload.phases;
  const timings = createTimings();
  const replies = createReplies();
  const keep = createFaultKeeper(fault => port.post({ tell: 'fault', fault: named(team, fault) }));
  const exchanges = createExchanges({
    ...times,
    counters,
    timings,
    replies,
    deadlineUs: drainUs,
    tell: keep,
  });
  // autocannon waits for no instant.
  const rig = watchRig(() => 0);
  const timers = [at(times.warmUpAtUs, begin), at(times.holdAtUs, rig.reset)];
  let rigReport: RigReport | undefined;
  let cannon: Cannon | undefined;
  let over = false;
  let second = 0;
  tellSeconds();

  function at(instantUs: number, act: () => void): NodeJS.Timeout {
    return setTimeout(act, Math.max(0, Math.ceil((instantUs - clock.nowUs()) / 1_000)));
  }

  function begin(): void {
    loadCannon(team, askers, exchanges, times, fail).then(fired => {
      cannon = fired;
      if (over) fired.stop();
    }, fail);
  }

  /** Nothing that follows would mean anything. */
  function fail(thrown: unknown): void {
    if (over) return;
    port.post({ tell: 'broken', ...brokenBy(thrown) });
    finish(true);
  }

  function tellSeconds(): void {
    timers.push(
      at(times.holdAtUs + (second + 1) * 1e6, () => {
        const [delivery, sendDelay] = [timings.ack.recent.slice(), timings.sendDelay.recent.slice()];
        foldTimings(timings);
        port.post({
          tell: 'stats',
          second: { second, counters: { ...counters }, delivery, sendDelay, rig: rig.second() },
        });
        second++;
        if (!over) tellSeconds();
      }),
    );
  }

  function finish(cutShort: boolean): void {
    if (over) return;
    over = true;
    team.held = false;
    for (const timer of timers) clearTimeout(timer);
    const ofHold = rigReport ?? rig.report();
    rig.stop();
    cannon?.stop();
    for (const asker of askers) {
      if (cutShort) exchanges.unverified(asker);
      else exchanges.unanswered(asker, clock.nowUs());
    }
    foldTimings(timings);
    const counted = { counters, receiversP99Us: [], rig: ofHold, replies };
    const totals = Object.fromEntries(timingNames.map(name => [name, timings[name].total]));
    const timed = { timings: totals as Record<TimingName, Float64Array> };
    const transport = { name: workload.plan.transport, kind: 'http', fast: false };
    void depart(team, running).then(() => port.post({ tell: 'result', result: { ...counted, ...timed, transport } }));
  }

  return {
    drain() {
      if (over) return;
      rigReport = rig.report();
      // What is asked meanwhile does not count; what was asked in hold has its time.
      timers.push(at(times.holdEndUs + drainUs, () => finish(false)));
    },
    abort: () => finish(true),
  };
}

async function loadCannon(
  team: HttpTeam,
  askers: readonly Asker[],
  exchanges: Exchanges,
  times: RunTimes,
  broken: (thrown: unknown) => void,
): Promise<Cannon> {
  const { workload, ground, rules, assignment, vault, clock, port, target } = team;
  const { plan, phases } = workload;
  const connect = target.connectOptions(plan.transport, plainConnect(plan.transport));
  if (connect.url.startsWith('https:') && connect.tls?.insecure !== true) throw unverified(plan.id);
  const { seed, tag } = assignment;
  const maker = createRequestMaker({ workload, pack: ground.pack, rules, seed, tag, vault, nowUs: clock.nowUs });
  return fireCannon({
    connect,
    askers,
    maker,
    exchanges,
    deadlineUs: phases.drainUs,
    longestUs: times.holdEndUs - times.warmUpAtUs + phases.drainUs + reserveUs,
    nowUs: clock.nowUs,
    broken,
    gone: () => port.post({ tell: 'cut-off' }),
  });
}

/** It is stopped long before. */
const reserveUs = 60_000_000;

function plainConnect(transport: string): ConnectAction {
  const here = { host: undefined, port: undefined, path: undefined };
  return { do: 'connect', client: '', transport, ...here, query: {}, headers: {}, subprotocols: [], pong: true };
}

/** With steps to leave everybody leaves as they say; then the connections that are left just end. */
async function depart({ workload, abort }: HttpTeam, { running }: RunningChannels): Promise<void> {
  if (workload.plan.finally.length > 0) {
    for (const channel of running) channel.leave();
    await Promise.all(running.map(({ over }) => over));
  }
  abort.abort('the load is over');
  await Promise.all(running.map(({ over }) => over));
}

function named({ workload, channels }: HttpTeam, { client, stream: _, ...fault }: Fault): NamedFault {
  const { clients } = workload.plan;
  const name = clients[client % clients.length]!.name;
  return { ...fault, channel: channels[Math.floor(client / clients.length)]!, receiver: name, sender: name };
}

function unverified(workload: string): AntiphonError {
  const message = `The workload ${workload} was expected to have a target whose certificate need not be verified, for autocannon verifies none; the target asks for TLS. Write \`tls: { insecure: true }\` in the target file.`;
  return new AntiphonError('usage', 'https-not-verified', message);
}
