/** What became of an execution: the checks with the worst of their decisions, in an order that does not depend on interleaving. */

import { type Verdict, worse } from '../../foundation/verdict.ts';
import type { AbsenceGrade, Decision } from './decision.ts';
import type { Machine } from './machine.ts';
import { listOf, type State } from './state.ts';

export interface CheckOutcome {
  readonly check: string;
  readonly verdict: Verdict;
  readonly decisions: number;
  readonly lenient: boolean;
  readonly absence: AbsenceGrade | undefined;
}

export interface Outcome {
  /** Every step, the sweep and `finally` ran to their end. */
  readonly complete: boolean;
  readonly checks: readonly CheckOutcome[];
  readonly failures: readonly Decision[];
  readonly notes: readonly string[];
  readonly framesSent: number;
  readonly framesReceived: number;
  readonly diverged: boolean;
}

const absenceOrder: readonly AbsenceGrade[] = ['strong', 'own', 'weak'];

/** Decides what only the end can decide, and gathers. Does not change the state. */
export function conclude(machine: Machine, state: State): Outcome {
  const stalls = listOf(state.stalls);
  const checks = new Map<string, CheckOutcome>();
  const failures: Decision[] = [];
  for (const each of [...listOf(state.decisions), ...closingDecisions(machine, state)]) {
    const decision = withStalls(each, stalls);
    if (decision.failure) failures.push(decision);
    const known = checks.get(decision.check);
    checks.set(decision.check, known ? joined(known, decision) : outcomeOf(decision));
  }
  const unlisted = new Map<string, number>();
  for (const client of state.clients) {
    for (const [check, count] of Object.entries(client.unlisted))
      unlisted.set(check, (unlisted.get(check) ?? 0) + count);
  }
  for (const [check, count] of unlisted) {
    const known = checks.get(check) ?? { check, verdict: 'fail', decisions: 0, lenient: false, absence: undefined };
    checks.set(check, { ...known, decisions: known.decisions + count });
  }
  failures.sort((a, b) => a.step - b.step || a.client - b.client);
  return {
    complete: state.mode === 'done',
    checks: [...checks.values()].sort((a, b) => (a.check < b.check ? -1 : a.check > b.check ? 1 : 0)),
    failures,
    notes: [...listOf(state.notes), ...[...unlisted].map(([check, count]) => `${check} failed ${count} more times`)],
    framesSent: state.framesSent,
    framesReceived: state.framesReceived,
    diverged: state.diverged,
  };
}

/** The closed world held to the end; every frame that was read had its form. */
function closingDecisions(machine: Machine, state: State): readonly Decision[] {
  if (state.mode !== 'done' || state.hard) return [];
  const place = { step: machine.plan.steps.length, client: 0, span: machine.plan.span } as const;
  let unasked = false;
  let invalid = false;
  for (let link = state.decisions; link; link = link.before) {
    if (link.last.verdict === 'pass') continue;
    unasked ||= link.last.check === 'frames.unasked';
    invalid ||= link.last.check === 'frames.valid';
  }
  const passes: Decision[] = [];
  if (!unasked) passes.push({ check: 'frames.unasked', verdict: 'pass', ...place });
  if (!invalid && state.framesReceived > 0) passes.push({ check: 'frames.valid', verdict: 'pass', ...place });
  return passes;
}

/** Too late by less than our own process stood still in that time: no evidence against anybody (language, section 8). */
function withStalls(
  decision: Decision,
  stalls: readonly { readonly atUs: number; readonly lagUs: number }[],
): Decision {
  const late = decision.failure?.late;
  if (!late || decision.verdict !== 'fail') return decision;
  const stalled = stalls.some(
    ({ atUs, lagUs }) => lagUs > late.lateUs && atUs > late.fromUs && atUs - lagUs < late.toUs,
  );
  if (!stalled) return decision;
  const failure = {
    ...decision.failure!,
    kind: 'rig',
    faultOf: 'rig',
    message: `${decision.failure!.message}; but this machine stood still for longer than that`,
  } as const;
  return { ...decision, verdict: 'inconclusive', failure };
}

function outcomeOf({ check, verdict, lenient, absence }: Decision): CheckOutcome {
  return { check, verdict, decisions: 1, lenient: lenient === true, absence };
}

function joined(known: CheckOutcome, { verdict, lenient, absence }: Decision): CheckOutcome {
  return {
    check: known.check,
    verdict: worse(known.verdict, verdict),
    decisions: known.decisions + 1,
    lenient: known.lenient || lenient === true,
    absence: weaker(known.absence, absence),
  };
}

function weaker(a: AbsenceGrade | undefined, b: AbsenceGrade | undefined): AbsenceGrade | undefined {
  if (!a || !b) return a ?? b;
  return absenceOrder.indexOf(a) >= absenceOrder.indexOf(b) ? a : b;
}
