import type { RunHeader } from '../evidence/events.ts';
import type { LogEnd } from '../evidence/log-reader.ts';
import type { CheckResult, Counts, ExecutionResult, Results, TransportDifference } from '../evidence/results.ts';
import { type Verdict, worse, worst } from '../foundation/verdict.ts';
import type { Plan } from '../scenario/plan.ts';
import type { Suite } from '../suites/suite.ts';
import { requirementResults } from './requirement-results.ts';

/** What is kept of a judged execution: its state and its events are not. */
export interface JudgedExecution {
  readonly x: number;
  readonly endUs: number;
  readonly result: ExecutionResult;
  /** undefined: the scenario is no longer there. */
  readonly plan: Plan | undefined;
  readonly framesSent: number;
  readonly framesReceived: number;
}

export function assembleResults(
  header: RunHeader,
  end: LogEnd,
  suites: ReadonlyMap<string, Suite>,
  judged: readonly JudgedExecution[],
  differences: ReadonlyMap<string, readonly TransportDifference[]>,
): Results {
  const ordered = [...judged].sort((a, b) => a.x - b.x);
  const executions = ordered.map(({ result }) => result);
  const cut = cutOf(end, executions);
  const plans = new Map(ordered.flatMap(({ result, plan }) => (plan ? [[result.id, plan] as const] : [])));
  return {
    antiphon: 1,
    results: header.name,
    tool: header.tool,
    startedAt: header.startedAt,
    durationMs: roundMs(ordered.reduce((last, { endUs }) => Math.max(last, endUs), 0)),
    seed: header.seed,
    target: { title: header.target.title, kind: header.target.kind, endpoints: header.target.endpoints },
    complete: cut === undefined,
    ...(cut === undefined ? {} : { cut }),
    verdict: runVerdict(executions, cut),
    counts: countsOf(ordered),
    changed: changedFiles(header, suites),
    suites: header.suites.flatMap(({ pack }) => {
      const suite = suites.get(pack);
      const found = differences.get(pack);
      return suite
        ? [
            {
              pack,
              ledger: suite.ledger.title,
              requirements: requirementResults(
                suite.ledger,
                executions.filter(each => each.pack === pack),
                plans,
              ),
              ...(found && { transportDifferences: found }),
            },
          ]
        : [];
    }),
    executions,
  };
}

/** The default gate, `failOn: must`: what is not required is told and decides nothing (verdicts). A fault of the scenario always counts. */
function gated({ level, verdict }: Pick<CheckResult, 'level' | 'verdict'>): Verdict {
  return level === 'must' || verdict === 'error' ? verdict : 'pass';
}

/** Of an execution, live or judged again. What the target did wrong before a cut stands; what was not seen is no pass. */
export function executionVerdict(
  checks: readonly Pick<CheckResult, 'level' | 'verdict'>[],
  complete: boolean,
): Verdict {
  const judged = worst(checks.map(gated));
  const verdict = complete ? judged : worse(judged, 'inconclusive');
  return verdict === 'none' ? 'pass' : verdict;
}

function cutOf(end: LogEnd, executions: readonly ExecutionResult[]): string | undefined {
  if (end.cut !== undefined) return end.cut;
  const { reason } = end.footer!;
  if (reason === 'interrupted') return 'the run was interrupted';
  if (reason === 'target-unreachable') return 'the target could not be reached any more';
  if (reason === 'rig') return 'Antiphon failed';
  if (reason === 'max-failures') return 'as many executions failed as --max-failures allows';
  return executions.some(({ verdict }) => verdict === 'not-run') ? 'not every execution was run' : undefined;
}

/** Nothing ran: nothing is known. */
function runVerdict(executions: readonly ExecutionResult[], cut: string | undefined): Verdict {
  const ran = executions.flatMap(({ verdict }) =>
    verdict === 'not-applicable' || verdict === 'not-run' ? [] : [verdict],
  );
  if (ran.length === 0) return 'inconclusive';
  const verdict = worst(ran);
  return cut === undefined ? verdict : worse(verdict, 'inconclusive');
}

function countsOf(judged: readonly JudgedExecution[]): Counts {
  const count = (...wanted: readonly ExecutionResult['verdict'][]) =>
    judged.filter(({ result }) => wanted.includes(result.verdict)).length;
  const sum = (amount: (execution: JudgedExecution) => number) =>
    judged.reduce((total, execution) => total + amount(execution), 0);
  return {
    executions: judged.length,
    passed: count('pass'),
    failed: count('fail', 'not-testable'),
    inconclusive: count('inconclusive'),
    errors: count('error'),
    notApplicable: count('not-applicable'),
    notRun: count('not-run'),
    checks: sum(({ result }) => result.checks.length),
    framesSent: sum(({ framesSent }) => framesSent),
    framesReceived: sum(({ framesReceived }) => framesReceived),
  };
}

function changedFiles(header: RunHeader, suites: ReadonlyMap<string, Suite>): Results['changed'] {
  return header.suites.flatMap(({ pack, files }) => {
    const now = suites.get(pack)?.files ?? {};
    return Object.keys(files)
      .filter(file => now[file] !== files[file])
      .map(file => ({ file, was: files[file]!, is: now[file] ?? 'not there' }));
  });
}

export function roundMs(durationUs: number): number {
  return Math.round(durationUs) / 1000;
}
