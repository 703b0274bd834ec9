/** The controller of a load run: moves all workers through the phases together, and collects what they say. */
import type { Clock } from '../../foundation/clock.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import { missedForGood } from '../judge/missed-for-good.ts';
import type { Threshold } from '../judge/threshold.ts';
import type { Counters } from '../ledger/counters.ts';
import type { LoadEnd, SecondResult } from '../load-results.ts';
import type { LoadPhase, LoadProgress } from './run-load.ts';
import { createSeconds } from './seconds.ts';
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
  readonly connectedInUs: number;
  readonly results: readonly WorkerResult[];
  readonly seconds: readonly SecondResult[];
  readonly faults: readonly NamedFault[];
  readonly joinFailures: readonly JoinFailure[];
  /** How much of hold was measured. */
  readonly measuredUs: number;
}

interface Control extends ControlOptions {
  readonly finished: (run: ControlledRun) => void;
  readonly failed: (error: AntiphonError) => void;
  readonly seconds: SecondResult[];
  readonly faults: NamedFault[];
  readonly joinFailures: JoinFailure[];
  readonly results: WorkerResult[];
  readonly timers: NodeJS.Timeout[];
  ready: number;
  heardOfJoin: number;
  /** Workers without a connection. */
  cutOff: number;
  connections: number;
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
      ready: 0,
      heardOfJoin: 0,
      cutOff: 0,
      connections: 0,
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
    for (const port of options.ports) port.listen(message => hear(running, message, addSecond));
    tellPhase(running, 'join', undefined);
    const n = options.ports.length;
    for (const [k, port] of options.ports.entries())
      port.post({ tell: 'assign', assignment: { ...options.assignment, share: { k, n } } });
    if (options.signal.aborted) interrupted();
    else options.signal.addEventListener('abort', interrupted);
  });
}

function hear(running: Control, message: FromWorker, addSecond: ReturnType<typeof createSeconds>): void {
  switch (message.tell) {
    case 'ready':
      running.ready++;
      running.connections += message.connections;
      running.connectedInUs = Math.max(running.connectedInUs, message.connectedInUs);
      joined(running);
      return;
    case 'not-ready':
      running.joinFailures.push(...message.failures);
      joined(running);
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
      if (running.cutOff === running.ports.length) stop(running, 'target-gone');
      return;
    case 'result':
      running.results.push(message.result);
      if (running.results.length === running.ports.length) running.finished(runOf(running));
  }
}

/** The barrier: everybody has joined, everywhere. */
function joined(running: Control): void {
  running.heardOfJoin++;
  if (running.heardOfJoin < running.ports.length) return;
  if (running.ready < running.ports.length) {
    if (running.ended === 'completed') running.ended = 'not-joined';
    running.finished(runOf(running));
    return;
  }
  if (running.ended === 'completed') begin(running);
  else running.finished(runOf(running));
}

function begin(running: Control): void {
  const { clock, workload, ports, connections, connectedInUs } = running;
  const { warmUpUs, holdUs, drainUs } = workload.phases;
  const warmUpAtUs = clock.nowUs() + settleUs;
  const holdAtUs = warmUpAtUs + warmUpUs;
  const times = { warmUpAtUs, holdAtUs, holdEndUs: holdAtUs + holdUs };
  running.times = times;
  running.write({ event: 'begin', t: clock.nowUs(), connections, connectedInUs, ...times });
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

function noteSecond(running: Control, second: SecondResult, counters: Counters): void {
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
  const { ended, connections, connectedInUs, results, seconds, faults, joinFailures, times, stoppedAtUs } = running;
  const endUs = times ? Math.min(times.holdEndUs, stoppedAtUs ?? times.holdEndUs) : 0;
  const measuredUs = times ? Math.max(0, endUs - times.holdAtUs) : 0;
  return { ended, connections, connectedInUs, results, seconds, faults, joinFailures, measuredUs };
}
