import type { ExecutionBegin, ExecutionSkipped } from '../evidence/events.ts';
import type { CheckResult, ExecutionResult } from '../evidence/results.ts';
import type { Ledger } from '../packs/file-types.ts';
import type { Outcome } from '../scenario/interpret/outcome.ts';
import type { Plan } from '../scenario/plan.ts';
import { requirementOf } from '../suites/plan-checks.ts';
import { executionVerdict, roundMs } from './assemble-results.ts';
import { failureOf } from './failure-report.ts';
import type { Lanes } from './lanes.ts';

export interface EndedExecution {
  readonly about: ExecutionBegin;
  readonly plan: Plan;
  readonly outcome: Outcome;
  readonly lanes: Lanes;
  readonly endUs: number;
  /** Why it did not come to its end. */
  readonly cut: string | undefined;
}

/** Listed and not run. */
export function skippedResult(about: ExecutionSkipped, plan: Plan | undefined): ExecutionResult {
  return {
    ...identityOf(about, plan, about.t),
    verdict: about.why,
    reason: about.reason,
    checks: [],
    failures: [],
    notes: [],
  };
}

/** It ran, but its scenario is no longer there. */
export function unjudgedResult(about: ExecutionBegin, endUs: number): ExecutionResult {
  const reason = 'the scenario is not there any more, so it cannot be judged';
  return {
    ...identityOf(about, undefined, endUs),
    verdict: 'inconclusive',
    reason,
    checks: [],
    failures: [],
    notes: [],
  };
}

export function executionResult(
  { about, plan, outcome, lanes, endUs, cut }: EndedExecution,
  ledger: Ledger,
): ExecutionResult {
  const checks = outcome.checks.map(({ check, verdict, decisions, lenient, absence }): CheckResult => {
    const requirement = requirementOf(check);
    const level = ledger.byId.get(requirement)?.level ?? 'must';
    return {
      check,
      requirement,
      level,
      verdict,
      decisions,
      ...(lenient ? { lenient: true as const } : {}),
      ...(absence ? { absence } : {}),
    };
  });
  const failures = outcome.failures.map(decision => failureOf(plan, ledger, decision, lanes, about.t));
  const incomplete = cut ?? (outcome.complete ? undefined : 'the log ends before the scenario does');
  return {
    ...identityOf(about, plan, endUs),
    verdict: executionVerdict(checks, incomplete === undefined),
    ...(incomplete === undefined ? {} : { reason: incomplete }),
    checks,
    failures,
    notes: outcome.notes,
  };
}

function identityOf(about: ExecutionBegin | ExecutionSkipped, plan: Plan | undefined, endUs: number) {
  const { id, pack, scenario, transport, repetition, t } = about;
  return {
    id,
    pack,
    scenario,
    title: plan?.title ?? '',
    ...(about.case === undefined ? {} : { case: about.case }),
    transport,
    repetition,
    startedAtMs: roundMs(t),
    durationMs: roundMs(endUs - t),
  };
}
