/** Failures: what they decide, and what becomes not testable behind them (language, section 10). */

import type { FailureKind } from '../../evidence/results.ts';
import type { Span } from '../../foundation/span.ts';
import type { MissingValue } from '../../values/expression.ts';
import type { ClientStep, Expectation, Item, Step } from '../plan.ts';
import { takeStrays } from './bounds.ts';
import { decide, decideTaken } from './decide.ts';
import type { FailureFacts } from './decision.ts';
import { explainDemand } from './explain.ts';
import { type Machine, scopeOf, visitItems } from './machine.ts';
import { bestReading, firstThatMayEnd, nothingRead } from './readings.ts';
import { lackingIn } from './references.ts';
import { visitNext, visitRequired } from './rest.ts';
import { type Arrival, type ClientState, listOf, type State, type Turn } from './state.ts';
import { missing } from './write.ts';

export interface Cause {
  readonly kind: FailureKind;
  readonly faultOf: 'target' | 'scenario';
  readonly message: string;
  readonly atUs: number;
  readonly event: number;
}

/** The check that something without a check of its own decides. */
export const plainCheck = 'steps.done';

/** A soft failure of one check: the scenario goes on. */
export function failSoft(
  state: State,
  client: ClientState,
  check: string,
  span: Span,
  step: number,
  failure: FailureFacts,
): void {
  decide(state, {
    check,
    verdict: failure.faultOf === 'scenario' ? 'error' : 'fail',
    step,
    client: client.index,
    span,
    failure,
  });
}

/**
 * A hard failure of one client's part in a step: what was taken stands, what could come next fails, what is behind it in this
 * step is not testable. The steps behind follow when every client of the step is done.
 */
export function failHard(
  machine: Machine,
  state: State,
  client: ClientState,
  step: Step | undefined,
  cause: Cause,
): void {
  const turn = client.turn!;
  const index = step?.index ?? client.lastStep;
  const best = bestReading(client);
  decideTaken(state, listOf(best.taken));
  const failed = new Set<number>();
  const direct = cause.kind !== 'not-testable' && cause.faultOf === 'target';
  let lacking: MissingValue | undefined;
  for (const { item, turn: repetition } of direct ? nextItems(client) : []) {
    // It could not come: a name of ours has no such member (language, section 7).
    const lacks = lackingIn(item.demand, scopeOf(machine, state, client, repetition), best.bindings);
    lacking ??= lacks;
    if (lacks) continue;
    failed.add(item.node);
    const at = machine.stepOfNode[item.node] ?? index;
    const facts = explained(machine, state, client, item, repetition, cause);
    decide(state, {
      check: item.check,
      verdict: 'fail',
      step: at,
      client: client.index,
      span: item.span,
      failure: facts,
    });
  }
  if (failed.size === 0) {
    const span = step?.span ?? machine.plan.span;
    const untestable = lacking !== undefined || cause.kind === 'not-testable';
    const verdict = cause.faultOf === 'scenario' ? 'error' : untestable ? 'not-testable' : 'fail';
    const told: Cause = lacking ? { ...cause, kind: 'not-testable', message: missing(lacking).message } : cause;
    decide(state, {
      check: plainCheck,
      verdict,
      step: index,
      client: client.index,
      span,
      failure: { ...told, meanwhile: [...turn.strays] },
    });
  }
  visitRequired(best.rest, item => {
    const at = machine.stepOfNode[item.node] ?? index;
    if (!failed.has(item.node)) notTestable(state, client.index, item.check, at, item.span, cause);
    for (const verify of item.verify) notTestable(state, client.index, verify.check, at, verify.span, cause);
  });
  if (step?.kind === 'client') {
    for (const [k, each] of step.never.entries()) {
      if (!turn.violated.includes(k)) notTestable(state, client.index, each.check, index, each.span, cause);
    }
  }
  client.readings = nothingRead;
  client.contexts.clear();
  clearTimers(machine, client, turn);
  turn.stage = 'done';
  turn.failed = true;
  takeStrays(turn);
  state.hard = true;
}

/** A timer that was set for this step must not be due in the next. */
function clearTimers(machine: Machine, { name: client }: ClientState, { patienceAtUs, untilAtUs, pacing }: Turn): void {
  const set = { patience: patienceAtUs !== undefined, until: untilAtUs !== undefined, pace: pacing };
  for (const timer of ['patience', 'until', 'pace'] as const) {
    if (set[timer]) machine.out.push({ do: 'timer', client, timer, atUs: undefined });
  }
}

function nextItems(client: ClientState): readonly { item: Item; turn: number | undefined }[] {
  const items: { item: Item; turn: number | undefined }[] = [];
  visitNext(bestReading(client).rest, (item, turn, required) => {
    if (required && !items.some(each => each.item.node === item.node)) items.push({ item, turn });
  });
  return items;
}

function explained(
  machine: Machine,
  state: State,
  client: ClientState,
  item: Item,
  turn: number | undefined,
  cause: Cause,
): FailureFacts {
  if (!machine.around.explain) return cause;
  const meanwhile = [...client.turn!.strays];
  const candidates = meanwhile.filter(arrival => !arrival.closed || item.demand.closed);
  const replyId = client.contexts.get(machine.stepOfNode[item.node]!)?.replyId;
  return {
    ...cause,
    meanwhile,
    ...explainDemand(
      item.demand,
      candidates,
      bestReading(client).bindings,
      scopeOf(machine, state, client, turn),
      replyId,
    ),
  };
}

function notTestable(
  state: State,
  client: number,
  check: string,
  step: number,
  span: Span,
  cause: { atUs: number; event: number; message: string },
): void {
  const { atUs, event } = cause;
  const failure: FailureFacts = {
    kind: 'not-testable',
    faultOf: 'target',
    message: `not testable: ${cause.message}`,
    atUs,
    event,
  };
  decide(state, { check, verdict: 'not-testable', step, client, span, failure });
}

/** After a hard failure: what other clients have taken stands, and every check of the steps behind is not testable. */
export function abandonSteps(machine: Machine, state: State): void {
  for (const client of state.clients) {
    const reading = firstThatMayEnd(client) ?? bestReading(client);
    decideTaken(state, listOf(reading.taken));
    client.readings = nothingRead;
  }
  const cause = { atUs: state.nowUs, event: state.events, message: 'a step before it failed' };
  for (const step of machine.plan.steps.slice(state.step + 1)) {
    if (step.kind !== 'client') continue;
    for (const name of step.clients) abandonStep(state, step, machine.clientIndex.get(name)!, cause);
  }
}

function abandonStep(
  state: State,
  step: ClientStep,
  client: number,
  cause: { atUs: number; event: number; message: string },
): void {
  if (step.expect)
    visitChecks(step.expect, (check, span) => notTestable(state, client, check, step.index, span, cause));
  for (const never of step.never) notTestable(state, client, never.check, step.index, never.span, cause);
}

function visitChecks(expectation: Expectation, visit: (check: string, span: Span) => void): void {
  visitItems(expectation, (item, required) => {
    if (!required) return;
    visit(item.check, item.span);
    for (const verify of item.verify) visit(verify.check, verify.span);
  });
}

/** How an arrival is named in a message. */
export function describeArrival(arrival: Arrival): string {
  const { opened, closed } = arrival;
  if (opened) return 'the connection was opened';
  if (!closed) return 'a message';
  if (closed.refused !== undefined) return `the connection was refused (${closed.refused})`;
  const how = closed.code === undefined ? '' : ` with code ${closed.code}`;
  return `the connection was closed${how}${closed.about === undefined ? '' : ` (${closed.about})`}`;
}
