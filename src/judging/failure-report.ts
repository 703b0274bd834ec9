/** Makes the failure of a report from a decision: the requirement, the place in the scenario, the evidence. */
import type { Failure } from '../evidence/results.ts';
import { detached } from '../foundation/detached.ts';
import { writeJson } from '../foundation/json.ts';
import type { Span } from '../foundation/span.ts';
import type { Ledger } from '../packs/file-types.ts';
import type { Decision, FailureFacts } from '../scenario/interpret/decision.ts';
import type { Arrival } from '../scenario/interpret/state.ts';
import type { Plan } from '../scenario/plan.ts';
import { requirementOf } from '../suites/plan-checks.ts';
import type { Lanes } from './lanes.ts';

/** Lines of the scenario around the place. */
const excerptLines = 2;
const meanwhileShown = 8;
const textCharacters = 600;

export function failureOf(plan: Plan, ledger: Ledger, decision: Decision, lanes: Lanes, beganUs: number): Failure {
  const facts = decision.failure!;
  const requirement = ledger.byId.get(requirementOf(decision.check));
  const step = plan.steps[decision.step];
  const nearest = facts.nearest;
  return {
    check: decision.check,
    requirement: requirementOf(decision.check),
    level: requirement?.level ?? 'must',
    verdict: decision.verdict,
    kind: facts.kind,
    faultOf: facts.faultOf,
    message: facts.message,
    requirementText: requirement?.text ?? '',
    source: requirement ? sourceText(ledger, requirement.source) : '',
    ...(plan.clients[decision.client] ? { client: plan.clients[decision.client]!.name } : {}),
    atMs: (facts.atUs - beganUs) / 1000,
    span: decision.span,
    excerpt: excerptOf(plan, decision.span),
    via: step?.via ?? [],
    ...(facts.expected === undefined ? {} : { expected: facts.expected }),
    ...(nearest ? { nearest: { text: arrivalText(nearest.arrival), differences: nearest.differences } } : {}),
    meanwhile: meanwhileOf(facts),
    lanes: facts.kind === 'not-testable' ? [] : lanes.until(facts.atUs, beganUs),
  };
}

/** `Title, section 3.2.6`. */
export function sourceText(ledger: Ledger, source: { readonly id: string; readonly section: string }): string {
  const title = ledger.sources.find(({ id }) => id === source.id)?.title ?? source.id;
  return `${title}, section ${source.section}`;
}

function meanwhileOf(facts: FailureFacts): readonly string[] {
  const others = (facts.meanwhile ?? []).filter(arrival => arrival !== facts.nearest?.arrival);
  const shown = others.slice(-meanwhileShown).map(arrivalText);
  return others.length > shown.length ? [`(${others.length - shown.length} earlier ones)`, ...shown] : shown;
}

/** What arrived, as a reader wants to see it: the undecoded text, or an element of a batch. */
function arrivalText(arrival: Arrival): string {
  const { opened, closed, http, text, frame } = arrival;
  if (opened) return opened.subprotocol === undefined ? 'opened' : `opened with the subprotocol ${opened.subprotocol}`;
  if (closed) {
    if (closed.refused !== undefined) return `refused: ${closed.refused}`;
    return closed.code === undefined ? 'closed' : `closed with code ${closed.code}`;
  }
  const body = text ?? (frame === undefined ? '' : writeJson(frame));
  const whole = `${http ? `HTTP ${http.status} ` : ''}${body}`;
  return whole.length > textCharacters ? detached(whole.slice(0, textCharacters)) : whole;
}

function excerptOf(plan: Plan, span: Span): Failure['excerpt'] {
  const lines = plan.sourceTexts[span.file]?.split(/\r?\n/);
  if (!lines) return [];
  const from = Math.max(1, span.line - excerptLines);
  const to = Math.min(lines.length, Math.min(span.endLine, span.line + 3) + excerptLines);
  return lines.slice(from - 1, to).map((text, k) => ({ line: from + k, text }));
}
