/** Which of the failures of a mutant is said to have killed it (docs/prove.md). */
import type { Ledger } from '../packs/file-types.ts';
import type { Decision } from '../scenario/interpret/decision.ts';
import type { Plan } from '../scenario/plan.ts';
import { type Fate, isExplicit, type Killer, killers } from './mutant.ts';
import { levelOf } from './survey.ts';

export interface Court {
  readonly plan: Plan;
  readonly ledger: Ledger;
  /** Checks that fail without any change. */
  readonly failing: ReadonlySet<string>;
}

/** It decides the fate: nothing that comes later could be said to have killed instead. */
export function isDecisive(court: Court, failure: Decision): boolean {
  return isDirect(failure) && counts(court, failure) && isExplicit(killerOf(court.plan, failure));
}

/**
 * What killed; undefined if nothing did. An explicit expectation before the schema, the schema before the closed world, whichever was
 * first: what only they noticed, nobody wrote a check for.
 */
export function killOf(court: Court, failures: readonly Decision[]): (Fate & { fate: 'killed' }) | undefined {
  const fresh = failures.filter(({ check }) => !court.failing.has(check));
  const direct = fresh.filter(isDirect);
  let best: { readonly by: Killer; readonly failure: Decision; readonly rank: number } | undefined;
  for (const failure of direct.length > 0 ? direct : fresh) {
    const by = killerOf(court.plan, failure);
    const rank = rankOf(by, counts(court, failure));
    if (!best || rank < best.rank) best = { by, failure, rank };
  }
  if (!best) return undefined;
  const { check, span } = best.failure;
  const fails = fresh.some(failure => counts(court, failure));
  return { fate: 'killed', by: best.by, check, span, ...(fails ? {} : { warning: true as const }) };
}

/** Explicit ones first, among them those of rows that are required. */
function rankOf(by: Killer, isRequired: boolean): number {
  if (!isExplicit(by)) return by === 'schema' ? 100 : 101;
  return killers.indexOf(by) + (isRequired ? 0 : 50);
}

/** Not merely a consequence: what became not testable has noticed nothing itself. */
function isDirect({ verdict }: Decision): boolean {
  return verdict !== 'not-testable';
}

/** As for the verdict of an execution: what is not required decides nothing, a fault of the scenario always does. */
function counts({ ledger }: Court, { check, verdict }: Decision): boolean {
  return verdict === 'error' || levelOf(ledger, check) === 'must';
}

function killerOf(plan: Plan, { check, step: index, span, failure }: Decision): Killer {
  const kind = failure!.kind;
  if (kind === 'invalid-frame') return 'schema';
  if (kind === 'stray') return 'closed-world';
  if (kind === 'barrier') return 'barrier';
  const step = plan.steps[index];
  const isNoItem = check === 'steps.done' && (span === step?.span || span === plan.span);
  // The connection ended, and nothing was waited for.
  if (isNoItem && (kind === 'closed' || kind === 'refused' || kind === 'flood')) return 'closed-world';
  if (step?.phase === 'recipe') return 'recipe';
  return check === 'steps.done' ? 'step' : 'requirement';
}
