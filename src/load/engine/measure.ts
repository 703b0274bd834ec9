/** Warm-up, hold and drain of a worker whose users have joined. */

import { closeAll, closeDue } from '../ledger/deadlines.ts';
import { timingNames } from '../ledger/timings.ts';
import { senderElsewhere } from '../ledger/topology.ts';
import { type RigReport, watchRig } from '../metrics/rig.ts';
import { brokenBy } from './broken-by.ts';
import { disrupt } from './disrupt.ts';
import type { RunningChannels } from './join-channels.ts';
import { keepSchedule } from './keep-schedule.ts';
import { publisherOf } from './sending.ts';
import { sendersOfEntries } from './streams.ts';
import { tellSeconds } from './tell-seconds.ts';
import type { Team } from './worker.ts';
import type { RunTimes, WorkerResult } from './worker-protocol.ts';

export interface Measuring {
  /** A read of some socket has been handled: is something due? */
  afterRead(atUs: number): void;
  /** Of a stream with messages in flight. */
  answered(stream: number): void;
  drain(): void;
  abort(reason: string): void;
}

export function measure(team: Team, channels: RunningChannels, times: RunTimes): Measuring {
  const { ledger, clock, workload, port, streams } = team;
  const entries = sendersOfEntries(streams, workload.publish.length);
  const words: number[] = [];
  ledger.recordFromUs = times.holdAtUs;
  const publisher = publisherOf(team, channels, times, words);
  const schedule = keepSchedule({
    publisher,
    nowUs: clock.nowUs,
    // Receipts of these messages wait for it elsewhere.
    sent() {
      if (words.length > 0) port.post({ tell: 'sent', words: Float64Array.from(words.splice(0)) });
    },
    broken(thrown) {
      port.post({ tell: 'broken', ...brokenBy(thrown) });
      finish(true);
    },
  });
  const rig = watchRig(schedule.spunUs);
  const holdBegins = setTimeout(rig.reset, Math.max(0, (times.holdAtUs - clock.nowUs()) / 1_000));
  let rigReport: RigReport | undefined;
  let over = false;

  const closing = setInterval(() => {
    closeDue(ledger, clock.nowUs());
    tellParts(team);
    schedule.catchUp();
  }, closeEveryMs);
  const stopSeconds = tellSeconds(team, times, rig, schedule.nextDueUs);
  const stopDisrupting = disrupt(team, channels, times);
  let draining: NodeJS.Timeout | undefined;
  schedule.begin();

  function finish(isCutShort: boolean): void {
    if (over) return;
    over = true;
    clearTimeout(draining);
    clearTimeout(holdBegins);
    clearInterval(closing);
    const ofHold = rigReport ?? rig.report();
    rig.stop();
    const stillJoining = stopDisrupting();
    if (!isCutShort) ledger.counters.stillJoining += stillJoining;
    publisher.end(clock.nowUs());
    team.held = false;
    closeAll(ledger, clock.nowUs(), isCutShort);
    tellParts(team);
    stopSeconds();
    schedule.end();
    void schedule.stop();
    void depart(team, channels).then(() => port.post({ tell: 'result', result: resultOf(team, ofHold) }));
  }

  return {
    afterRead: schedule.afterRead,
    answered(stream) {
      const ofChannel = streams.length;
      const { entry, sender } = streams[stream % ofChannel]!;
      if (sender === senderElsewhere) return;
      const channel = team.channels[Math.floor(stream / ofChannel)]!;
      publisher.answered(entry, channel, (stream % ofChannel) - entries[entry]!.first);
      schedule.reconsider();
    },
    drain() {
      if (over) return;
      rigReport = rig.report();
      publisher.end(times.holdEndUs);
      schedule.end();
      // The last message was due before hold ended; what comes until its deadline is in time.
      const waitUs = times.holdEndUs + workload.phases.drainUs - clock.nowUs() + closeEveryMs * 1_000;
      draining = setTimeout(finish, Math.max(0, Math.ceil(waitUs / 1_000)), false);
    },
    abort: () => finish(true),
  };
}

function tellParts({ parts, port }: Team): void {
  if (parts.length > 0) port.post({ tell: 'parts', parts: parts.splice(0) });
}

/** How often what has not come is counted. */
const closeEveryMs = 50;

/** With steps to leave everybody leaves as they say; then the connections that are left just end. */
async function depart({ workload, abort }: Team, { running, rejoined }: RunningChannels): Promise<void> {
  if (workload.plan.finally.length > 0) {
    for (const channel of running) channel.leave();
    await Promise.all(running.map(({ over }) => over));
  }
  abort.abort('the load is over');
  await Promise.all([...running, ...rejoined].map(({ over }) => over));
}

function resultOf({ ledger, workload, ground }: Team, rig: RigReport): WorkerResult {
  const { transport } = workload.plan;
  const kind = ground.pack.transports.get(transport)?.kind ?? 'websocket';
  return {
    counters: ledger.counters,
    timings: Object.fromEntries(timingNames.map(name => [name, ledger.timings[name].total])) as WorkerResult['timings'],
    receiversP99Us: ledger.fairness.p99Us(),
    rig,
    transport: { name: transport, kind, fast: kind === 'websocket' },
  };
}
