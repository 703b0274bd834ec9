import { driveExecution } from '../drive/drive-execution.ts';
import type { Verdict } from '../foundation/verdict.ts';
import { executionVerdict } from '../judging/assemble-results.ts';
import { createMachine } from '../scenario/interpret/interpreter.ts';
import { conclude, type Outcome } from '../scenario/interpret/outcome.ts';
import { type Lease, makeAccounts, uniqueOf } from '../suites/accounts.ts';
import { surroundingsOf } from '../suites/ground.ts';
import { requirementOf } from '../suites/plan-checks.ts';
import type { Suite } from '../suites/suite.ts';
import { whyNotApplicable } from './applicability.ts';
import type { Run } from './run-suite.ts';
import type { Execution } from './selection.ts';

export interface RanExecution {
  readonly verdict: Verdict;
  /** A connection did not come about. */
  readonly refused: boolean;
}

/** Runs one execution and logs it; undefined if it does not apply to the target. */
export async function runExecution(
  run: Run,
  execution: Execution,
  lease: Lease | undefined,
): Promise<RanExecution | undefined> {
  const { options, header, clock, lag, log, vault, pool } = run;
  const { suite, target, progress, signal } = options;
  const { x, id, plan } = execution;
  const about = identityOf(run, execution);
  const reason = whyNotApplicable(plan, target, pool);
  if (reason !== undefined) {
    log.write({ event: 'skipped', ...about, why: 'not-applicable', reason });
    progress?.finished({ id, title: plan.title, verdict: 'not-applicable', durationMs: 0 });
    return undefined;
  }
  progress?.started({ id, title: plan.title });
  const unique = uniqueOf(options.seed, id);
  const accounts = lease?.accounts ?? makeAccounts(plan, suite.accounts, unique);
  const begin = { event: 'begin', ...about, unique, accounts } as const;
  log.write(begin);
  const machine = createMachine(plan, { ...surroundingsOf(header, begin, run.ground), explain: false });
  const driven = await driveExecution({
    machine,
    x,
    clock,
    lag,
    vault,
    target,
    open: client => target.openOn(plan.clients.find(({ name }) => name === client)!.transport),
    log: log.write,
    signal,
  });
  log.write({ event: 'finish', x, t: clock.nowUs(), ...(driven.cut === undefined ? {} : { cut: driven.cut }) });
  const outcome = conclude(machine, driven.state);
  const verdict = liveVerdict(suite, outcome, driven.cut);
  progress?.finished({ id, title: plan.title, verdict, durationMs: (clock.nowUs() - begin.t) / 1000 });
  return { verdict, refused: outcome.failures.some(({ failure }) => failure?.kind === 'refused') };
}

export function identityOf({ options, clock }: Run, { x, id, plan, repetition }: Execution) {
  const { scenario, transport } = plan;
  const named = plan.case === undefined ? {} : { case: plan.case };
  return { x, t: clock.nowUs(), id, pack: options.suite.pack, scenario, ...named, transport, repetition };
}

function liveVerdict({ ledger }: Suite, outcome: Outcome, cut: string | undefined): Verdict {
  const checks = outcome.checks.map(({ check, verdict }) => ({
    level: ledger.byId.get(requirementOf(check))?.level ?? 'must',
    verdict,
  }));
  return executionVerdict(checks, cut === undefined && outcome.complete);
}
