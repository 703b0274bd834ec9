/** The controller of a load run: moves all workers through the phases together, and collects what they say. */
import type { DriveTarget } from '../../drive/drive-execution.ts';
import type { Clock } from '../../foundation/clock.ts';
import { AntiphonError, messageOf } from '../../foundation/errors.ts';
import type { Value } from '../../foundation/value.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import { missedForGood } from '../judge/missed-for-good.ts';
import type { Threshold } from '../judge/threshold.ts';
import type { Counters } from '../ledger/counters.ts';
import type { LoadEnd, SecondResult } from '../load-results.ts';
import { createMeetings } from './meetings.ts';
import { createPartMerger, type MergedParts } from './merge-parts.ts';
import type { LoadPhase, LoadProgress } from './run-load.ts';
import { createSeconds } from './seconds.ts';
import { isCut } from './share.ts';
import type {
  Assignment,
  ControllerPort,
  FromWorker,
  JoinFailure,
  NamedFault,
  RunTimes,
  WorkerResult,
} from './worker-protocol.ts';

export interface ControlOptions {
  readonly ports: readonly ControllerPort[];
  /** Processes of the run. */
  readonly target: Pick<DriveTarget, 'fetch' | 'restart'>;
  readonly assignment: Omit<Assignment, 'share'>;
  readonly workload: WorkloadPlan;
  readonly thresholds: readonly Threshold[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly abortOnFailAfterUs: number | undefined;
  readonly progress: LoadProgress | undefined;
  /** A line of the event log. */
  readonly write: (line: object) => void;
}

/** What the workers of a run have said. */
export interface ControlledRun {
  readonly ended: LoadEnd;
  readonly connections: number;
  readonly openedInUs: number;
  readonly connectedInUs: number;
  readonly results: readonly WorkerResult[];
  readonly seconds: readonly SecondResult[];
  readonly faults: readonly NamedFault[];
  readonly joinFailures: readonly JoinFailure[];
  /** How much of hold was measured. */
  readonly measuredUs: number;
  /** Workers that ended before they had said what they measured, and how. */
  readonly gone: readonly string[];
  /** Of messages whose receivers are in several workers. */
  readonly merged: MergedParts;
}

interface Control extends ControlOptions {
  readonly finished: (run: ControlledRun) => void;
  readonly failed: (error: AntiphonError) => void;
  readonly seconds: SecondResult[];
  readonly faults: NamedFault[];
  readonly joinFailures: JoinFailure[];
  readonly results: WorkerResult[];
  readonly timers: NodeJS.Timeout[];
  readonly parts: ReturnType<typeof createPartMerger>;
  readonly meet: ReturnType<typeof createMeetings>;
  readonly cut: boolean;
  readonly gone: string[];
  /** Numbers of the workers that have said whether they have joined. */
  readonly heardOfJoin: Set<number>;
  readonly finishedWorkers: Set<number>;
  ready: number;
  /** Workers that had connections when everybody had joined: of many there may be some with nobody. */
  connected: number;
  /** Workers that have none any more. */
  cutOff: number;
  connections: number;
  openedInUs: number;
  connectedInUs: number;
  times: RunTimes | undefined;
  ended: LoadEnd;
  stoppedAtUs: number | undefined;
}

export function control(options: ControlOptions): Promise<ControlledRun> {
  return new Promise((resolve, reject) => {
    const running: Control = {
      ...options,
      seconds: [],
      faults: [],
      joinFailures: [],
      results: [],
      timers: [],
      parts: createPartMerger(options.ports.length),
      meet: createMeetings(options.ports),
      cut: isCut(options.workload.channels, options.ports.length),
      gone: [],
      heardOfJoin: new Set(),
      finishedWorkers: new Set(),
      ready: 0,
      connected: 0,
      cutOff: 0,
      connections: 0,
      openedInUs: 0,
      connectedInUs: 0,
      times: undefined,
      ended: 'completed',
      stoppedAtUs: undefined,
      finished(run) {
        over();
        resolve(run);
      },
      failed(error) {
        over();
        stop(running, 'aborted');
        reject(error);
      },
    };
    const interrupted = () => stop(running, 'interrupted');
    function over(): void {
      options.signal.removeEventListener('abort', interrupted);
      for (const timer of running.timers) clearTimeout(timer);
    }
    const addSecond = createSeconds(options.ports.length, (second, counters) => noteSecond(running, second, counters));
    for (const [k, port] of options.ports.entries()) port.listen(message => hear(running, k, message, addSecond));
    tellPhase(running, 'join', undefined);
    const n = options.ports.length;
    for (const [k, port] of options.ports.entries())
      port.post({ tell: 'assign', assignment: { ...options.assignment, share: { k, n, cut: running.cut } } });
    if (options.signal.aborted) interrupted();
    else options.signal.addEventListener('abort', interrupted);
  });
}

function hear(running: Control, k: number, message: FromWorker, addSecond: ReturnType<typeof createSeconds>): void {
  switch (message.tell) {
    case 'ready':
      running.ready++;
      if (message.connections > 0) running.connected++;
      running.connections += message.connections;
      running.openedInUs = Math.max(running.openedInUs, message.openedInUs);
      running.connectedInUs = Math.max(running.connectedInUs, message.connectedInUs);
      joined(running, k);
      return;
    case 'not-ready':
      notReady(running, k, message.failures);
      return;
    case 'stats':
      addSecond(message.second);
      return;
    case 'fault':
      running.faults.push(message.fault);
      running.write({ event: 'fault', ...message.fault });
      return;
    case 'broken':
      running.failed(new AntiphonError(message.faultOf, message.code, message.message));
      return;
    case 'cut-off':
      running.cutOff++;
      if (running.cutOff === running.connected) stop(running, 'target-gone');
      return;
    case 'come-to':
      running.meet(k, message.channel, message.names);
      return;
    case 'sent':
      for (const [other, port] of running.ports.entries()) if (other !== k) port.post(message);
      return;
    case 'parts':
      for (const part of message.parts) running.parts.add(part);
      return;
    case 'ask':
      void answer(running, k, message);
      return;
    case 'result':
      running.results.push(message.result);
      finish(running, k);
      return;
    case 'gone':
      workerIsGone(running, k, message.how);
  }
}

/** Whoever waits for one that has failed waits in vain: of a cut channel the first failure is all there is to tell. */
function notReady(running: Control, k: number, failures: readonly JoinFailure[]): void {
  const isFirst = running.joinFailures.length === 0;
  if (isFirst || !running.cut) running.joinFailures.push(...failures);
  if (isFirst && running.cut)
    for (const [other, port] of running.ports.entries())
      if (other !== k) port.post({ tell: 'abort', reason: 'somebody could not join' });
  joined(running, k);
}

function finish(running: Control, k: number): void {
  running.finishedWorkers.add(k);
  if (running.finishedWorkers.size === running.ports.length) running.finished(runOf(running));
}

/** The others say what they have measured; what this one had is lost. */
function workerIsGone(running: Control, k: number, how: string): void {
  if (running.finishedWorkers.has(k)) return;
  running.gone.push(`worker ${k + 1} of ${running.ports.length} is gone: ${how}`);
  running.write({ event: 'worker-gone', t: running.clock.nowUs(), worker: k, how });
  stop(running, 'worker-gone');
  if (running.times) finish(running, k);
  else joined(running, k);
}

async function answer(
  { ports, target }: Control,
  k: number,
  { id, question }: Extract<FromWorker, { tell: 'ask' }>,
): Promise<void> {
  const tell = (about: { readonly value: Value } | { readonly failed: string }) =>
    ports[k]!.post({ tell: 'answer', id, ...about });
  try {
    if (question.ask === 'fetch') return tell({ value: await target.fetch(question.source, question.parameters) });
    await target.restart();
    tell({ value: null });
  } catch (thrown) {
    tell({ failed: messageOf(thrown) });
  }
}

/** The barrier: everybody has joined, everywhere. */
function joined(running: Control, k: number): void {
  running.heardOfJoin.add(k);
  if (running.heardOfJoin.size < running.ports.length) return;
  if (running.ready < running.ports.length) {
    if (running.ended === 'completed') running.ended = 'not-joined';
    running.finished(runOf(running));
    return;
  }
  if (running.ended === 'completed') begin(running);
  else running.finished(runOf(running));
}

function begin(running: Control): void {
  const { clock, workload, ports, connections, openedInUs, connectedInUs } = running;
  const { warmUpUs, holdUs, drainUs } = workload.phases;
  const warmUpAtUs = clock.nowUs() + settleUs;
  const holdAtUs = warmUpAtUs + warmUpUs;
  const times = { warmUpAtUs, holdAtUs, holdEndUs: holdAtUs + holdUs };
  running.times = times;
  running.write({ event: 'begin', t: clock.nowUs(), connections, openedInUs, connectedInUs, ...times });
  for (const port of ports) port.post({ tell: 'start-at', times });
  const at = (instantUs: number, act: () => void) =>
    running.timers.push(setTimeout(act, Math.max(0, (instantUs - clock.nowUs()) / 1_000)));
  if (warmUpUs > 0) tellPhase(running, 'warm-up', warmUpUs);
  at(holdAtUs, () => tellPhase(running, 'hold', holdUs));
  at(times.holdEndUs + graceUs, () => {
    tellPhase(running, 'drain', drainUs);
    for (const port of ports) port.post({ tell: 'drain' });
  });
}

/** Between the barrier and the first message: what joining has caused may come to rest. */
const settleUs = 200_000;

/** What was due at the very end of hold may still be sent. */
const graceUs = 50_000;

function stop(running: Control, ended: LoadEnd): void {
  if (running.ended !== 'completed') return;
  running.ended = ended;
  running.stoppedAtUs = running.clock.nowUs();
  for (const port of running.ports) port.post({ tell: 'abort', reason: ended });
}

function noteSecond(running: Control, second: SecondResult, ofWorkers: Counters): void {
  const counters = { ...ofWorkers, incomplete: ofWorkers.incomplete + running.parts.merged.incomplete };
  const { seconds, progress, write, abortOnFailAfterUs } = running;
  seconds.push(second);
  write({ event: 'second', ...second });
  progress?.second(second);
  if (abortOnFailAfterUs === undefined || (second.second + 1) * 1e6 < abortOnFailAfterUs) return;
  if (missedForGood(running.thresholds, counters).length > 0) stop(running, 'aborted');
}

function tellPhase(
  { progress, write, clock, connections }: Control,
  phase: LoadPhase,
  durationUs: number | undefined,
): void {
  write({ event: 'phase', t: clock.nowUs(), phase });
  progress?.phase(phase, { durationUs, connections });
}

function runOf(running: Control): ControlledRun {
  const {
    times,
    stoppedAtUs,
    ended,
    connections,
    openedInUs,
    connectedInUs,
    results,
    seconds,
    faults,
    joinFailures,
    gone,
  } = running;
  const endUs = times ? Math.min(times.holdEndUs, stoppedAtUs ?? times.holdEndUs) : 0;
  const measuredUs = times ? Math.max(0, endUs - times.holdAtUs) : 0;
  return {
    ended,
    connections,
    openedInUs,
    connectedInUs,
    results,
    seconds,
    faults,
    joinFailures,
    measuredUs,
    gone,
    merged: running.parts.end(),
  };
}
