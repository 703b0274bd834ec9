/** Reads a client's stream from left to right: every arrival is foreign, taken, forbidden, ignored or stray (language, section 6). */
import { equalValues } from '../../foundation/value.ts';
import { match } from '../../values/match.ts';
import type { Pattern } from '../../values/pattern.ts';
import type { ClientStep } from '../plan.ts';
import { keepStray, mostUnasked, takeStrays } from './bounds.ts';
import { countUnlisted, decide } from './decide.ts';
import { matchDemand } from './demand.ts';
import { explainDemand } from './explain.ts';
import { describeArrival, failHard, failSoft } from './fail.ts';
import { type Machine, scopeOf } from './machine.ts';
import { bestReading, firstThatMayEnd, mostReadings, publish, takeArrival } from './readings.ts';
import type { Arrival, ClientState, State } from './state.ts';

export type Fate = 'foreign' | 'taken' | 'forbidden' | 'ignored' | 'stray' | 'hard';

/** Gives one arrival its fate. `step` is undefined in the end sweep: the client's last step is blamed. */
export function readArrival(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep | undefined,
  arrival: Arrival,
): Fate {
  if (arrival.frame !== undefined && matchesAny(machine, state, client, machine.plan.foreign, arrival))
    return 'foreign';
  judgeForm(machine, state, client, step, arrival);
  const taken = takeArrival(machine, state, client, arrival);
  if (taken === 'ambiguous') {
    const message = `what has come can be read in more than ${mostReadings} ways: make the expectations tell apart, or fewer of them optional`;
    failHard(machine, state, client, step, {
      kind: 'scenario',
      faultOf: 'scenario',
      message,
      atUs: arrival.atUs,
      event: arrival.event,
    });
    return 'hard';
  }
  if (taken) return afterTaking(state, client, arrival);
  if (step && isForbidden(machine, state, client, step, arrival)) return 'forbidden';
  if (arrival.opened) return untakenOpening(client, arrival);
  if (arrival.closed) return unaskedClose(machine, state, client, step, arrival);
  const ignore = step?.ignore ?? machine.plan.clients[client.index]!.ignore;
  if (arrival.frame !== undefined && matchesAny(machine, state, client, ignore, arrival)) return 'ignored';
  addStray(machine, state, client, step, arrival);
  return 'stray';
}

function afterTaking(state: State, client: ClientState, arrival: Arrival): Fate {
  const turn = client.turn!;
  if (!turn.met && firstThatMayEnd(client)) {
    turn.met = true;
    publish(state, client);
  }
  // With the connection the act is over.
  turn.acted ||= arrival.closed !== undefined;
  turn.lastTakenUs = arrival.atUs;
  return 'taken';
}

/** `frames.valid`: encoding, schema and size of what the target sent. */
export function judgeForm(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep | undefined,
  arrival: Arrival,
): void {
  if (arrival.violations.length === 0) return;
  const span = step?.span ?? machine.plan.span;
  const said = arrival.violations.map(({ at, message }) => (at ? `${at}: ${message}` : message)).join('; ');
  const evidence = machine.around.explain ? { nearest: { arrival, differences: [] } } : {};
  const failure = {
    kind: 'invalid-frame',
    faultOf: 'target',
    message: said,
    atUs: arrival.atUs,
    event: arrival.event,
    ...evidence,
  } as const;
  failSoft(state, client, 'frames.valid', span, step?.index ?? client.lastStep, failure);
}

function isForbidden(machine: Machine, state: State, client: ClientState, step: ClientStep, arrival: Arrival): boolean {
  const bindings = bestReading(client).bindings;
  const scope = scopeOf(machine, state, client, undefined);
  for (const [k, never] of step.never.entries()) {
    if (!matchDemand(never.demand, arrival, bindings, scope, undefined)) continue;
    const evidence = machine.around.explain
      ? { ...explainDemand(never.demand, [], bindings, scope, undefined), nearest: { arrival, differences: [] } }
      : {};
    const message = arrival.closed
      ? `${describeArrival(arrival)}, which must not happen here`
      : 'what came is what must never come here';
    failSoft(state, client, never.check, never.span, step.index, {
      kind: 'forbidden',
      faultOf: 'target',
      message,
      atUs: arrival.atUs,
      event: arrival.event,
      ...evidence,
    });
    client.turn!.violated.push(k);
    return true;
  }
  return false;
}

function matchesAny(
  machine: Machine,
  state: State,
  client: ClientState,
  patterns: readonly Pattern[],
  arrival: Arrival,
): boolean {
  if (patterns.length === 0) return false;
  const scope = scopeOf(machine, state, client, undefined);
  const { bindings } = client.readings[0]!;
  return patterns.some(pattern => match(pattern, arrival.frame!, bindings, scope) !== null);
}

/** Nobody has to expect that a connection begins; where what was expected of it is not met, it is the evidence. */
function untakenOpening(client: ClientState, arrival: Arrival): Fate {
  const turn = client.turn!;
  if (turn.met) return 'ignored';
  keepStray(turn, arrival);
  return 'stray';
}

/** A close that nothing took is hard, unless we asked for it (then it is evidence at most), or an HTTP connection ended between requests. */
function unaskedClose(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep | undefined,
  arrival: Arrival,
): Fate {
  if (arrival.closed?.between) return 'ignored';
  const kind = arrival.closed?.refused === undefined ? 'closed' : 'refused';
  const turn = client.turn!;
  if (client.closedByUs && turn.met) return 'ignored';
  keepStray(turn, arrival);
  if (client.closedByUs) return 'stray';
  failHard(machine, state, client, step, {
    kind,
    faultOf: 'target',
    message: describeArrival(arrival),
    atUs: arrival.atUs,
    event: arrival.event,
  });
  return 'hard';
}

/** A stray is a failure of its own once the step is met; before that it is evidence. */
function addStray(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep | undefined,
  arrival: Arrival,
): void {
  const turn = client.turn!;
  client.strayTotal++;
  if (client.strayTotal > mostUnasked) {
    const message = `more than ${mostUnasked} messages came that nothing asked for`;
    failHard(machine, state, client, step, {
      kind: 'flood',
      faultOf: 'target',
      message,
      atUs: arrival.atUs,
      event: arrival.event,
    });
    return;
  }
  if (turn.met) {
    failStray(machine, state, client, step, arrival);
    return;
  }
  keepStray(turn, arrival);
}

const unaskedCheck = 'frames.unasked';

export function failStray(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep | undefined,
  arrival: Arrival,
): void {
  // One frame, one failure: what broke its form is not held against the target a second time.
  if (arrival.violations.length > 0) return;
  const span = step?.span ?? machine.plan.steps[client.lastStep]?.span ?? machine.plan.span;
  const evidence = machine.around.explain ? { nearest: { arrival, differences: [] } } : {};
  const message = 'nothing asked for this, and nothing allows it';
  failSoft(state, client, unaskedCheck, span, step?.index ?? client.lastStep, {
    kind: 'stray',
    faultOf: 'target',
    message,
    atUs: arrival.atUs,
    event: arrival.event,
    ...evidence,
  });
}

/** The step was met: the strays before that were no mere evidence. */
export function commitStrays(machine: Machine, state: State, client: ClientState, step: ClientStep | undefined): void {
  const turn = client.turn!;
  for (const arrival of takeStrays(turn)) failStray(machine, state, client, step, arrival);
  if (turn.straysDropped > 0) countUnlisted(client, unaskedCheck, turn.straysDropped);
  turn.straysDropped = 0;
}

/** An answer to a windowed request makes room for the next one. */
export function countAnswer(machine: Machine, client: ClientState, arrival: Arrival): boolean {
  const turn = client.turn!;
  if (turn.unanswered.length === 0 || arrival.frame === undefined) return false;
  const reply = machine.around.pack.replyIdOf(arrival.frame);
  if (reply?.id === undefined) return false;
  const unanswered = turn.unanswered.filter(id => !equalValues(id, reply.id!));
  if (unanswered.length === turn.unanswered.length) return false;
  turn.unanswered = unanswered;
  return true;
}

/** The step is over and its `never` was not violated. */
export function passNevers(
  state: State,
  client: ClientState,
  step: ClientStep,
  absence: 'strong' | 'own' | 'weak' | undefined,
): void {
  for (const [k, never] of step.never.entries()) {
    if (client.turn!.violated.includes(k)) continue;
    const place = { step: step.index, client: client.index, span: never.span };
    decide(
      state,
      absence
        ? { check: never.check, verdict: 'pass', absence, ...place }
        : { check: never.check, verdict: 'pass', ...place },
    );
  }
}
