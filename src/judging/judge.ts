/** Judges a log: the interpreter runs over every execution in it, and `results.json` is what comes of that (architecture, idea 1). */
import type { ExecutionBegin, ExecutionSkipped, LogEvent, RunHeader } from '../evidence/events.ts';
import type { LogEnd } from '../evidence/log-reader.ts';
import type { Results } from '../evidence/results.ts';
import type { Ledger } from '../packs/file-types.ts';
import { begin, beginState, createMachine, feed, type Machine } from '../scenario/interpret/interpreter.ts';
import { conclude } from '../scenario/interpret/outcome.ts';
import type { State } from '../scenario/interpret/state.ts';
import type { Plan } from '../scenario/plan.ts';
import { type Ground, groundOf, surroundingsOf } from '../suites/ground.ts';
import type { Suite } from '../suites/suite.ts';
import { assembleResults, type JudgedExecution } from './assemble-results.ts';
import { type Claims, collectClaims } from './claims.ts';
import { executionResult, skippedResult, unjudgedResult } from './execution-result.ts';
import { type PlanFinder, planFinder } from './find-plan.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createTransportComparison } from './transport-comparison.ts';

export interface JudgedLog {
  readonly header: RunHeader;
  readonly events: Iterable<LogEvent>;
  end(): LogEnd;
}

/** An execution whose end has not come yet. */
interface OpenExecution {
  readonly about: ExecutionBegin;
  /** undefined: its scenario is no longer there. */
  readonly run: { readonly machine: Machine; readonly state: State; readonly claims: Claims | undefined } | undefined;
  readonly lanes: Lanes;
  lastUs: number;
}

export function judgeLog(log: JudgedLog, suites: ReadonlyMap<string, Suite>): Results {
  const { header } = log;
  const plans = planFinder(header, suites);
  const grounds = new Map([...suites].map(([pack, suite]) => [pack, groundOf(header, suite)]));
  const open = new Map<number, OpenExecution>();
  const judged: JudgedExecution[] = [];
  const beside = createTransportComparison();
  for (const event of log.events) {
    if (event.event === 'begin') open.set(event.x, openExecution(header, event, plans, grounds));
    else if (event.event === 'skipped') judged.push(skipped(event, plans.find(event)));
    else if (event.event === 'stalled') for (const { run } of open.values()) run && feed(run.machine, run.state, event);
    else if (event.event === 'finish') close(event.x, event.t, event.cut);
    else if ('x' in event && event.x !== undefined) feedOne(open.get(event.x), event);
  }
  const end = log.end();
  const cutShort = end.cut ?? (end.footer?.reason === 'interrupted' ? 'the run was interrupted' : undefined);
  for (const [x, { lastUs }] of [...open]) close(x, lastUs, cutShort ?? 'the log has no end for it');
  return assembleResults(header, end, suites, judged, beside.differences());

  function close(x: number, endUs: number, cut: string | undefined): void {
    const execution = open.get(x);
    open.delete(x);
    if (!execution) return;
    const { about, run } = execution;
    if (run?.claims && cut === undefined) beside.add(about, run.claims);
    judged.push(ended(execution, endUs, cut, suites.get(about.pack)!.ledger));
  }
}

function skipped(about: ExecutionSkipped, plan: Plan | undefined): JudgedExecution {
  return { x: about.x, endUs: about.t, result: skippedResult(about, plan), plan, framesSent: 0, framesReceived: 0 };
}

function ended(
  { about, run, lanes }: OpenExecution,
  endUs: number,
  cut: string | undefined,
  ledger: Ledger,
): JudgedExecution {
  const { x } = about;
  if (!run)
    return { x, endUs, result: unjudgedResult(about, endUs), plan: undefined, framesSent: 0, framesReceived: 0 };
  const { plan } = run.machine;
  const outcome = conclude(run.machine, run.state);
  const { framesSent, framesReceived } = outcome;
  return {
    x,
    endUs,
    result: executionResult({ about, plan, outcome, lanes, endUs, cut }, ledger),
    plan,
    framesSent,
    framesReceived,
  };
}

function feedOne(execution: OpenExecution | undefined, event: LogEvent): void {
  if (!execution) return;
  execution.lanes.add(event);
  if (event.t > execution.lastUs) execution.lastUs = event.t;
  if (execution.run) feed(execution.run.machine, execution.run.state, event);
}

function openExecution(
  header: RunHeader,
  about: ExecutionBegin,
  plans: PlanFinder,
  grounds: ReadonlyMap<string, Ground>,
): OpenExecution {
  const plan = plans.find(about);
  const lanes = createLanes();
  const ground = grounds.get(about.pack);
  if (!plan || !ground) return { about, run: undefined, lanes, lastUs: about.t };
  const machine = createMachine(plan, surroundingsOf(header, about, ground));
  const state = beginState(machine, about.t);
  // Of what runs on one transport only, nothing has to be kept of what was taken.
  const claims = plans.isOnSeveral(about) ? collectClaims(machine) : undefined;
  begin(machine, state);
  return { about, run: { machine, state, claims }, lanes, lastUs: about.t };
}
