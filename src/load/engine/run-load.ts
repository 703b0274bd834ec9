/** Runs a workload against a target: workers join, warm up, hold, drain; what they measured is put together and judged. */

import type { TargetReach } from '../../drive/connect-options.ts';
import type { DriveTarget } from '../../drive/drive-execution.ts';
import type { TargetHeader } from '../../evidence/events.ts';
import { createLogFile } from '../../evidence/log-file.ts';
import { createRunDirectory, type RunDirectory } from '../../evidence/run-directory.ts';
import { type Clock, originOf, startClock } from '../../foundation/clock.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { ValueObject } from '../../foundation/value.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import { groundOf } from '../../suites/ground.ts';
import type { Suite } from '../../suites/suite.ts';
import { type Floor, floorNotMeasured } from '../calibration/floor.ts';
import { tagOf } from '../hot-path/marker.ts';
import { ensureHttpFits } from '../http/ensure-http-fits.ts';
import { readThreshold } from '../judge/threshold.ts';
import { withImplied } from '../judge/verdict.ts';
import type { LoadResults, SecondResult } from '../load-results.ts';
import { type Machine, watchMachine } from '../metrics/machine.ts';
import { hashOf } from '../schedule/poisson.ts';
import type { Carrier, Placement } from './carrier.ts';
import { control } from './control.ts';
import { readDescriptorLimit } from './descriptor-limit.ts';
import { startHere } from './here-carrier.ts';
import { type LoadRules, readLoadRules } from './load-rules.ts';
import { choosePlacement, type PlacementWish, startCarrier, workerProgram } from './place-workers.ts';
import { readWorkload } from './read-workload.ts';
import { resultsOf } from './results-of.ts';
import { isCut } from './share.ts';
import type { Variation } from './vary-workload.ts';

/** A target that is up. */
export interface LoadTarget extends DriveTarget {
  readonly header: TargetHeader;
  /** Of `mode: list`, with secrets as references. */
  readonly accounts: readonly ValueObject[];
  readonly secrets: ReadonlyMap<string, string>;
  readonly reach: TargetReach;
  readonly connectionLimit: number;
  ensureReachable(): Promise<void>;
  /** Processes that we started as this target; left out if there are none. */
  processIds?(): readonly number[];
}

export interface LoadOptions {
  readonly suite: Suite;
  /** Logical name: `gradagenda/workloads/fan-out.yaml`. */
  readonly workload: string;
  readonly target: LoadTarget;
  readonly reportsFolder: string;
  readonly name: string;
  readonly tool: string;
  readonly seed: string;
  /** What is other than in the file. */
  readonly variation?: Variation;
  readonly workers: number;
  /** Where they are; in this thread if it is left out. */
  readonly placement?: PlacementWish['placement'];
  /** What a worker that is elsewhere runs: beside this file, in the form that it has, if it is left out. */
  readonly workerProgram?: URL;
  readonly patienceUs: number;
  /** Instead of what the workload says: ends hold as soon as a count has missed its threshold, but not before this much of it is over. */
  readonly abortOnFailAfterUs?: number;
  /** As it was measured before; left out if it was not. */
  readonly floor?: Floor;
  readonly signal: AbortSignal;
  readonly progress?: LoadProgress;
}

export interface LoadProgress {
  phase(name: LoadPhase, about: { readonly durationUs: number | undefined; readonly connections: number }): void;
  second(second: SecondResult): void;
}

export type LoadPhase = 'join' | 'warm-up' | 'hold' | 'drain';

export interface LoadOutcome {
  readonly directory: RunDirectory;
  readonly results: LoadResults;
}

export async function runLoad(options: LoadOptions): Promise<LoadOutcome> {
  const { suite, target, seed, workers } = options;
  const ground = groundOf({ target: target.header }, suite);
  const workload = readWorkload(options);
  const isHttp = ground.pack.transports.get(workload.plan.transport)?.kind === 'http';
  if (isHttp) ensureHttpFits(workload, workers);
  const thresholds = withImplied(workload.thresholds.map(readThreshold));
  const rules = loadRulesOf(suite);
  const placement = choosePlacement(
    { workers, placement: options.placement ?? 'here' },
    workload.channels * workload.plan.clients.length,
    readDescriptorLimit(),
  );
  ensureCanBeCut(workload, workers, rules);
  await target.ensureReachable();
  const startedAt = new Date();
  const directory = createRunDirectory(options.reportsFolder, options.name, startedAt);
  // Opened first: when descriptors run out it could not be opened any more.
  const log = createLogFile(directory.files.events);
  let isLogOpen = true;
  // A worker may still say something when the run has failed.
  const write = (line: object) => {
    if (isLogOpen) log.append(`${JSON.stringify(line)}\n`);
  };
  const clock = startClock();
  const machine = watchMachine(() => target.processIds?.() ?? []);
  const surroundings = {
    suite,
    ground,
    workload,
    rules,
    target,
    secrets: target.secrets,
    clock,
  };
  const carriers = Array.from({ length: workers }, () =>
    placement === 'here' ? startHere(surroundings) : startElsewhere(placement, options, clock),
  );
  const header = headerOf(options, workload, startedAt);
  write({ event: 'load', ...header });
  try {
    const run = await control({
      ports: carriers.map(({ port }) => port),
      target,
      workload,
      thresholds,
      clock,
      signal: options.signal,
      abortOnFailAfterUs: options.abortOnFailAfterUs ?? workload.abortOnFailAfterUs,
      progress: watched(options.progress, machine),
      write,
      assignment: {
        workload: options.workload,
        seed,
        tag: tagOf(hashOf(`${seed} ${startedAt.toISOString()} ${process.pid}`)),
        accounts: target.header.accountMode === 'list' ? target.accounts : [],
        patienceUs: options.patienceUs,
      },
    });
    const results = resultsOf(header, workload, thresholds, {
      ...run,
      machine: machine.report(),
      floor: options.floor ?? floorNotMeasured,
    });
    const { ended, verdict, reasons } = results;
    write({ event: 'end', t: clock.nowUs(), ended, verdict, reasons });
    return { directory, results };
  } finally {
    await Promise.all(carriers.map(carrier => carrier.stop()));
    isLogOpen = false;
    log.close();
  }
}

/** The machine is looked at when a phase begins. */
function watched(progress: LoadProgress | undefined, machine: Machine): LoadProgress {
  return {
    phase(name, about) {
      if (name === 'join' || name === 'warm-up') machine.prepare();
      if (name === 'hold') machine.begin();
      if (name === 'drain') machine.end();
      progress?.phase(name, about);
    },
    second: second => progress?.second(second),
  };
}

/** In a cut channel no worker knows when all have a message: with messages in flight something must tell its sender. */
function ensureCanBeCut({ plan, publish, channels }: WorkloadPlan, workers: number, { ackKinds }: LoadRules): void {
  if (!isCut(channels, workers) || ackKinds.size > 0) return;
  const deaf = publish.find(({ pace, by, to, copy }) => {
    const hearsItself = copy && by.every(sender => to.includes(sender));
    return pace.kind === 'inFlight' && !hearsItself;
  });
  if (!deaf) return;
  const message = `Expected for messages in flight in ${channels} channels that ${workers} workers share a pack with \`ack\`, or senders who receive a copy; ${plan.id}:${deaf.span.line} has neither. Take a number of workers that divides the channels.`;
  throw new AntiphonError('usage', 'cannot-be-cut', message);
}

function startElsewhere(
  placement: Exclude<Placement, 'here'>,
  { suite, workload, variation = {}, target, workerProgram: program = workerProgram }: LoadOptions,
  clock: Clock,
): Carrier {
  const carrier = startCarrier(placement, program);
  const { header, reach, secrets } = target;
  const setting = { suite: suite.folder, workload, variation, header, reach, secrets, clock: originOf(clock) };
  carrier.port.post({ tell: 'settle', setting });
  return carrier;
}

function loadRulesOf({ load, pack }: Suite): LoadRules {
  if (load) return readLoadRules(load);
  const message = `The pack ${pack} was expected to say where a load marker fits; it does not. Add \`load\` to its pack.yaml.`;
  throw new AntiphonError('scenario', 'no-load-rules', message);
}

export type LoadHeader = Pick<
  LoadResults,
  | 'format'
  | 'kind'
  | 'tool'
  | 'workload'
  | 'title'
  | 'startedAt'
  | 'seed'
  | 'target'
  | 'channels'
  | 'holdUs'
  | 'deadlineUs'
>;

function headerOf(
  { tool, workload: name, seed, target }: LoadOptions,
  workload: WorkloadPlan,
  startedAt: Date,
): LoadHeader {
  const { title, kind, endpoints } = target.header;
  return {
    format: 1,
    kind: 'load',
    tool,
    workload: name,
    title: workload.plan.title,
    startedAt: startedAt.toISOString(),
    seed,
    target: { title, kind, endpoints },
    channels: workload.channels,
    holdUs: workload.phases.holdUs,
    deadlineUs: workload.phases.drainUs,
  };
}
