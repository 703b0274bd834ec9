import { worse } from '../../foundation/verdict.ts';
import { mayKeepEvidence } from './bounds.ts';
import type { Decision, FailureFacts } from './decision.ts';
import { type ClientState, linked, type State, type TakenItem } from './state.ts';

/** Failures of one client whose evidence is kept. Beyond them a check that has failed already is only counted: a flood stays small. */
const keptFailures = 20;

/** Adds a decision. In `finally` nothing is decided: a failure is a note. */
export function decide(state: State, decision: Decision): void {
  const { failure } = decision;
  if (state.mode === 'finally') {
    const kind = failure?.kind;
    const told = kind !== undefined && kind !== 'stray' && kind !== 'invalid-frame' && kind !== 'not-testable';
    if (failure && told) state.notes = linked(state.notes, `in finally: ${failure.message}`);
    return;
  }
  if (!failure) {
    state.decisions = linked(state.decisions, decision);
    return;
  }
  const kept = countFailure(state.clients[decision.client]!, decision, failure);
  if (kept) state.decisions = linked(state.decisions, kept);
}

/** The decision as it is kept; undefined if it is only counted. By client, so that interleaving does not matter. */
function countFailure(client: ClientState, decision: Decision, failure: FailureFacts): Decision | undefined {
  const { check, verdict } = decision;
  const known = client.failedChecks[check];
  const worst = known === undefined ? verdict : worse(known, verdict);
  client.failureCount++;
  if (client.failureCount > keptFailures && known === worst) {
    countUnlisted(client, check, 1);
    return undefined;
  }
  if (known !== worst) client.failedChecks = { ...client.failedChecks, [check]: worst };
  return client.failureCount <= keptFailures && mayKeepEvidence(client, failure)
    ? decision
    : withoutEvidence(decision, failure);
}

/** Failures of a check that has failed already. */
export function countUnlisted(client: ClientState, check: string, count: number): void {
  client.unlisted = { ...client.unlisted, [check]: (client.unlisted[check] ?? 0) + count };
}

function withoutEvidence(decision: Decision, failure: FailureFacts): Decision {
  const { kind, faultOf, message, atUs, event } = failure;
  return { ...decision, failure: { kind, faultOf, message, atUs, event } };
}

export function decideTaken(state: State, taken: readonly TakenItem[]): void {
  for (const { demands } of taken) for (const decision of demands) decide(state, decision);
}
