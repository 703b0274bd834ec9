/** Runs a suite against a target: selects, schedules, drives, logs; then makes the results by judging the log. */
import { relative } from 'node:path';
import { createVault, type Vault } from '../clients/secrets.ts';
import { type LagMonitor, startLagMonitor } from '../drive/lag-monitor.ts';
import type { RunFooter, RunHeader } from '../evidence/events.ts';
import { readLog } from '../evidence/log-reader.ts';
import { createLogWriter, type LogWriter } from '../evidence/log-writer.ts';
import type { Results } from '../evidence/results.ts';
import { createRunDirectory, type RunDirectory } from '../evidence/run-directory.ts';
import { type Clock, startClock } from '../foundation/clock.ts';
import { AntiphonError } from '../foundation/errors.ts';
import type { ValueObject } from '../foundation/value.ts';
import type { Verdict } from '../foundation/verdict.ts';
import { judgeLog } from '../judging/judge.ts';
import { type AccountPool, createAccountPool, type Lease } from '../suites/accounts.ts';
import { type Ground, groundOf } from '../suites/ground.ts';
import { overlayOf, type Suite } from '../suites/suite.ts';
import { whyNotApplicable } from './applicability.ts';
import { logStall } from './log-stall.ts';
import { identityOf, runExecution } from './run-execution.ts';
import { runScheduled, startOrder } from './scheduler.ts';
import { type Execution, type SelectionOptions, selectExecutions } from './selection.ts';
import type { Target } from './target/target.ts';

export interface RunOptions extends SelectionOptions {
  readonly suite: Suite;
  readonly target: Target;
  readonly name: string;
  readonly reportsFolder: string;
  /** `antiphon 0.1.0`. */
  readonly tool: string;
  /** Executions at once. */
  readonly jobs: number;
  readonly maxFailures?: number;
  readonly patienceUs: number;
  readonly signal: AbortSignal;
  readonly progress?: RunProgress;
  /** Options as given, for the log. */
  readonly given: ValueObject;
}

export interface RunProgress {
  total(executions: number): void;
  started(execution: { readonly id: string; readonly title: string }): void;
  finished(execution: {
    readonly id: string;
    readonly title: string;
    readonly verdict: Verdict | 'not-applicable';
    readonly durationMs: number;
  }): void;
}

export interface RunOutcome {
  readonly directory: RunDirectory;
  readonly results: Results;
  /** As the log's footer says. */
  readonly ended: RunFooter['reason'];
}

/** What the executions of one run share. */
export interface Run {
  readonly options: RunOptions;
  readonly header: RunHeader;
  readonly clock: Clock;
  readonly lag: LagMonitor;
  readonly log: LogWriter;
  readonly vault: Vault;
  readonly pool: AccountPool | undefined;
  readonly ground: Ground;
}

/** The whole run. Throws an AntiphonError of fault `target` if the target cannot be reached before anything ran. */
export async function runSuite(options: RunOptions): Promise<RunOutcome> {
  const { suite, target, progress } = options;
  await target.ensureReachable();
  const executions = selectExecutions(
    suite,
    suite.packFor(overlayOf(target.header)),
    target.header.accountMode,
    options,
  );
  const startedAt = new Date();
  const directory = createRunDirectory(options.reportsFolder, options.name, startedAt);
  const run = beginRun(options, directory, startedAt);
  progress?.total(executions.length);
  const { verdicts, ended } = await runAll(run, executions);
  const results = judgeLog(readLog(directory.path), new Map([[suite.pack, suite]]));
  ensureSameVerdicts(results, verdicts, directory);
  return { directory, results, ended };
}

function beginRun(options: RunOptions, directory: RunDirectory, startedAt: Date): Run {
  const { target } = options;
  const clock = startClock();
  const header = headerOf(options, directory, startedAt, clock.epochMs);
  const log = createLogWriter(directory.path, header);
  return {
    options,
    header,
    clock,
    log,
    lag: startLagMonitor(clock, stall => logStall(log, stall)),
    vault: createVault(target.secrets),
    ground: groundOf(header, options.suite),
    pool: target.header.accountMode === 'list' ? createAccountPool(target.accounts) : undefined,
  };
}

interface RanAll {
  /** Live, by execution. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly ended: RunFooter['reason'];
}

/** Runs every execution that may run; those that did not are in the log too. */
async function runAll(run: Run, executions: readonly Execution[]): Promise<RanAll> {
  const { options, log, clock, lag } = run;
  const verdicts = new Map<string, Verdict>();
  const begun = new Set<number>();
  let failures = 0;
  let unreachable = false;
  const stopped = () =>
    options.signal.aborted || unreachable || (options.maxFailures !== undefined && failures >= options.maxFailures);
  let reason: RunFooter['reason'] = 'rig';

  async function execute(execution: Execution, lease: Lease | undefined): Promise<void> {
    const ran = await runExecution(run, execution, lease);
    if (ran === undefined) return;
    verdicts.set(execution.id, ran.verdict);
    if (ran.verdict !== 'pass') failures++;
    // A refusal may be the answer of a target that is there; if nothing listens any more, the rest would say nothing.
    if (ran.refused && !options.signal.aborted) unreachable ||= await isGone(options.target);
  }

  try {
    await runScheduled(options.shuffle ? executions : startOrder(executions), {
      jobs: options.jobs,
      connections: options.target.connectionLimit,
      stopped,
      acquire(execution) {
        const leased = lease(run, execution);
        if (leased === 'later') return undefined;
        begun.add(execution.x);
        return { run: () => execute(execution, leased), release: () => leased?.release() };
      },
    });
    if (options.signal.aborted) reason = 'interrupted';
    else if (unreachable) reason = 'target-unreachable';
    else reason = begun.size < executions.length ? 'max-failures' : 'completed';
    const why = whyNotRun[reason] ?? reason;
    for (const execution of executions) {
      if (begun.has(execution.x)) continue;
      log.write({ event: 'skipped', ...identityOf(run, execution), why: 'not-run', reason: why });
    }
  } finally {
    lag.stop();
    log.end(clock.nowUs(), reason);
  }
  return { verdicts, ended: reason };
}

const whyNotRun: Partial<Record<RunFooter['reason'], string>> = {
  interrupted: 'the run was interrupted',
  'target-unreachable': 'the target could not be reached any more',
  'max-failures': '--max-failures was reached',
};

function isGone(target: Target): Promise<boolean> {
  return target.ensureReachable().then(
    () => false,
    () => true,
  );
}

/** Accounts of a listed target, if the execution needs them; `later` if they are in use. */
function lease({ options, pool }: Run, { plan }: Execution): Lease | undefined | 'later' {
  if (!pool || whyNotApplicable(plan, options.target, pool) !== undefined) return undefined;
  return pool.lease(plan) ?? 'later';
}

function headerOf(options: RunOptions, directory: RunDirectory, startedAt: Date, epochMs: number): RunHeader {
  const { suite, target, name, tool, seed, patienceUs, given } = options;
  const location = suite.bundled ? 'bundled' : relative(directory.path, suite.folder) || '.';
  return {
    event: 'run',
    format: 1,
    tool,
    name,
    startedAt: startedAt.toISOString(),
    epochMs,
    seed,
    patienceUs,
    clockResolutionUs: 1,
    suites: [{ pack: suite.pack, digest: suite.digest, location, files: suite.files }],
    target: target.header,
    options: given,
  };
}

/** The same interpreter saw the same events twice: anything else is a defect of ours. */
function ensureSameVerdicts(results: Results, live: ReadonlyMap<string, Verdict>, { files }: RunDirectory): void {
  const other = results.executions.find(({ id, verdict }) => live.has(id) && live.get(id) !== verdict);
  if (!other) return;
  const message = `The log was expected to give the verdict of the live run, ${live.get(other.id)}, for ${other.id}; judged again it is ${other.verdict}. Please report this with ${files.events}.`;
  throw new AntiphonError('ours', 'verdict-differs', message);
}
