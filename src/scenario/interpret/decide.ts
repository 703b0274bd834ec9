import type { Decision, FailureFacts } from './decision.ts';
import { linked, type State, type TakenItem } from './state.ts';

/** Failures of one execution whose evidence is kept; further ones still decide. */
const keptFailures = 100;

/** Adds a decision. In `finally` nothing is decided: a failure is a note. */
export function decide(state: State, decision: Decision): void {
  if (state.mode === 'finally') {
    const kind = decision.failure?.kind;
    const told = kind !== undefined && kind !== 'stray' && kind !== 'invalid-frame' && kind !== 'not-testable';
    if (decision.failure && told) state.notes = linked(state.notes, `in finally: ${decision.failure.message}`);
    return;
  }
  const failure = decision.failure;
  if (failure) state.failureCount++;
  state.decisions = linked(
    state.decisions,
    failure && state.failureCount > keptFailures ? withoutEvidence(decision, failure) : decision,
  );
  state.decisionCount++;
}

function withoutEvidence(decision: Decision, failure: FailureFacts): Decision {
  const { kind, faultOf, message, atUs, event } = failure;
  return { ...decision, failure: { kind, faultOf, message, atUs, event } };
}

export function decideTaken(state: State, taken: readonly TakenItem[]): void {
  for (const { demands } of taken) for (const decision of demands) decide(state, decision);
}
