/** Carries one client's part in a step forward: reading, `until`, barrier, close, and giving up (language, sections 5, 8 and 9). */

import { formatDurationUs } from '../../foundation/duration.ts';
import type { BarrierPlan, ClientStep, Item } from '../plan.ts';
import { dequeue } from './bounds.ts';
import { decide } from './decide.ts';
import type { AbsenceGrade } from './decision.ts';
import { matchDemand } from './demand.ts';
import { failHard, plainCheck } from './fail.ts';
import { type Machine, scopeOf, transportOf, visitItems } from './machine.ts';
import { goOn } from './origin.ts';
import { commitStrays, countAnswer, judgeForm, passNevers, readArrival } from './reading-loop.ts';
import { settle } from './readings.ts';
import { visitNext } from './rest.ts';
import type { Arrival, ClientState, State } from './state.ts';
import { durationOf } from './taken.ts';
import { freshTurn, issueWrites } from './turn.ts';
import { durationAmount, nextFrame, Unwritable } from './write.ts';

/** Reads what waits, and moves on from stage to stage, until an event is needed. */
export function progress(machine: Machine, state: State, client: ClientState, step: ClientStep | undefined): void {
  while (client.turn && isReading(client)) {
    const { turn } = client;
    if (turn.stage === 'reading' && turn.met && turn.acted && turn.untilAtUs === undefined && turn.until !== 'settle') {
      afterMet(machine, state, client, step);
      continue;
    }
    if (!turn.acted && step && onlySends(step)) break;
    const arrival = dequeue(client);
    if (!arrival) break;
    readOne(machine, state, client, step, arrival);
  }
  if (client.turn && isReading(client)) waitOrGiveUp(machine, state, client, step);
}

/** It reads nothing, however long its writes take (language, section 6); a window lives on answers. */
function onlySends({ act, expect, until, never }: ClientStep): boolean {
  return act?.kind === 'send' && !act.window && !expect && !until && never.length === 0;
}

function isReading(client: ClientState): boolean {
  const stage = client.turn?.stage;
  return stage === 'reading' || stage === 'barrier' || stage === 'closing';
}

function readOne(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep | undefined,
  arrival: Arrival,
): void {
  const turn = client.turn!;
  goOn(client, arrival.atUs);
  if (turn.stage === 'barrier' && answersBarrier(machine, state, client, step, arrival)) {
    machine.trace?.(client.index, arrival, 'barrier', []);
    judgeForm(machine, state, client, step, arrival);
    afterBarrier(machine, state, client, step);
    return;
  }
  const fate = readArrival(machine, state, client, step, arrival);
  // What was taken was told when it was known what took it.
  if (fate !== 'taken') machine.trace?.(client.index, arrival, fate, []);
  if (fate === 'hard') return;
  if (arrival.closed && turn.stage === 'closing') {
    afterOwnClose(machine, state, client, step);
    return;
  }
  if (countAnswer(machine, client, arrival) && step?.act?.kind === 'send')
    issueWrites(machine, state, client, step, step.act);
}

/** Expect is met and everything is written: the step ends, or reads on until its barrier or duration. */
function afterMet(machine: Machine, state: State, client: ClientState, step: ClientStep | undefined): void {
  commitStrays(machine, state, client, step);
  const turn = client.turn!;
  const { until } = turn;
  if (turn.stage !== 'reading') return;
  if (!until || until === 'settle') {
    finishTurn(machine, state, client, step, undefined);
  } else if (until.kind === 'barrier') {
    sendBarrier(machine, state, client, step, until.barrier);
  } else {
    const untilAtUs =
      (turn.originUs ?? turn.beganUs) + durationAmount(until.duration, scopeOf(machine, state, client, undefined));
    turn.untilAtUs = untilAtUs;
    machine.out.push({ do: 'timer', client: client.name, timer: 'until', atUs: untilAtUs });
  }
}

function sendBarrier(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep | undefined,
  barrier: BarrierPlan,
): void {
  if (client.status !== 'open') {
    failHard(
      machine,
      state,
      client,
      step,
      barrierCause(state, 'the connection is closed, so no barrier can be done on it'),
    );
    return;
  }
  const frame = nextFrame(machine, state, client, barrier.send, undefined);
  if (frame instanceof Unwritable) {
    failHard(machine, state, client, step, {
      ...barrierCause(state, frame.message),
      kind: frame.faultOf === 'scenario' ? 'scenario' : 'not-testable',
      faultOf: frame.faultOf,
    });
    return;
  }
  client.requests++;
  const opcode = transportOf(machine, client)?.opcode;
  const pending = { n: 0, data: frame.data, requestId: frame.requestId, captures: [], barrier: true };
  const turn = client.turn!;
  turn.stage = 'barrier';
  turn.barrierId = frame.requestId;
  turn.expected.push(pending);
  machine.out.push({
    do: 'write',
    client: client.name,
    n: 0,
    what: 'frame',
    opcode,
    data: frame.data,
    cut: [],
    everyUs: 0,
    hold: false,
    reveal: () => frame.data,
  });
}

function answersBarrier(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep | undefined,
  arrival: Arrival,
): boolean {
  const barrier = barrierOf(machine, client, step);
  if (!barrier || arrival.closed) return false;
  const scope = scopeOf(machine, state, client, undefined);
  let answered = false;
  visitItems(barrier.answer, item => {
    answered ||= matchDemand(item.demand, arrival, {}, scope, client.turn!.barrierId) !== null;
  });
  return answered;
}

function barrierOf(machine: Machine, client: ClientState, step: ClientStep | undefined): BarrierPlan | undefined {
  if (!step) return machine.plan.clients[client.index]!.barrier;
  return step.until?.kind === 'barrier' ? step.until.barrier : undefined;
}

function afterBarrier(machine: Machine, state: State, client: ClientState, step: ClientStep | undefined): void {
  if (!settle(state, client)) {
    failHard(machine, state, client, step, {
      ...barrierCause(state, 'the barrier was answered before everything that was begun had come'),
      kind: 'unmet',
    });
    return;
  }
  client.atBarrier = true;
  const span = step?.span ?? machine.plan.span;
  decide(state, {
    check: plainCheck,
    verdict: 'pass',
    step: step?.index ?? client.lastStep,
    client: client.index,
    span,
  });
  finishTurn(machine, state, client, step, client.turn!.absence);
}

function afterOwnClose(machine: Machine, state: State, client: ClientState, step: ClientStep | undefined): void {
  if (!client.turn!.met) {
    failHard(machine, state, client, step, {
      ...barrierCause(state, 'the connection was closed before it had come'),
      kind: 'unmet',
    });
    return;
  }
  commitStrays(machine, state, client, step);
  if (settle(state, client)) finishTurn(machine, state, client, step, undefined);
  else
    failHard(machine, state, client, step, {
      ...barrierCause(state, 'the connection was closed before everything that was begun had come'),
      kind: 'unmet',
    });
}

export function finishTurn(
  machine: Machine,
  state: State,
  client: ClientState,
  step: ClientStep | undefined,
  absence: AbsenceGrade | undefined,
): void {
  if (step) passNevers(state, client, step, absence);
  setPatience(machine, client, undefined);
  client.turn!.stage = 'done';
}

/** Nothing waits to be read: set patience, or give up at once where nothing can come any more. */
function waitOrGiveUp(machine: Machine, state: State, client: ClientState, step: ClientStep | undefined): void {
  const turn = client.turn!;
  if (client.flooded) {
    failHard(machine, state, client, step, {
      ...barrierCause(state, 'more messages came unread than are kept'),
      kind: 'flood',
    });
    return;
  }
  if (turn.until === 'settle') {
    endSweep(machine, state, client);
    return;
  }
  const over = client.status === 'closed' || client.status === 'idle';
  if (over && turn.untilAtUs === undefined && !canReopen(machine, client)) {
    const message =
      client.status === 'idle' ? 'the client has not connected' : 'the connection is closed, so it cannot come';
    failHard(machine, state, client, step, { ...barrierCause(state, message), kind: turn.met ? 'closed' : 'unmet' });
    return;
  }
  // A duration ends by itself, and while our own pace holds a write back nobody else is waited for.
  const waits = turn.untilAtUs === undefined && !turn.pacing;
  setPatience(machine, client, waits ? giveUpAtUs(machine, state, client) : undefined);
}

function setPatience(machine: Machine, client: ClientState, patienceAtUs: number | undefined): void {
  const turn = client.turn!;
  if (patienceAtUs === turn.patienceAtUs) return;
  turn.patienceAtUs = patienceAtUs;
  machine.out.push({ do: 'timer', client: client.name, timer: 'patience', atUs: patienceAtUs });
}

function canReopen(machine: Machine, client: ClientState): boolean {
  const transport = transportOf(machine, client);
  return transport?.kind === 'http' && client.turn!.written > 0;
}

/** Patience counts from the step's begin, last write or last taken item, or from the largest demand of what could come next. */
function giveUpAtUs(machine: Machine, state: State, client: ClientState): number {
  const turn = client.turn!;
  let fromUs = Math.max(turn.beganUs, turn.lastWriteUs ?? 0, turn.lastTakenUs ?? 0);
  if (turn.stage === 'reading' && machine.timed) {
    const grow = (item: Item, repetition: number | undefined) => {
      if (!item.within && !item.notBefore) return;
      const scope = scopeOf(machine, state, client, repetition);
      const demandUs = Math.max(durationOf(item.within, scope) ?? 0, durationOf(item.notBefore, scope) ?? 0);
      // What an earlier step left to come counts from that step's origin.
      const originUs = client.contexts.get(machine.stepOfNode[item.node]!)?.originUs ?? turn.beganUs;
      fromUs = Math.max(fromUs, originUs + demandUs);
    };
    for (const reading of client.readings) visitNext(reading.rest, grow);
  }
  return fromUs + machine.around.patienceUs;
}

/** Patience is over. */
export function giveUp(machine: Machine, state: State, client: ClientState, step: ClientStep | undefined): void {
  const turn = client.turn!;
  const waited = formatDurationUs(machine.around.patienceUs);
  if (turn.stage === 'barrier') {
    failHard(machine, state, client, step, barrierCause(state, `the barrier was not answered within ${waited}`));
  } else {
    const message =
      turn.stage === 'closing'
        ? `the connection was not closed within ${waited}`
        : `it did not come: nothing was taken for ${waited}`;
    failHard(machine, state, client, step, { ...barrierCause(state, message), kind: 'unmet' });
  }
}

function barrierCause(state: State, message: string) {
  return { kind: 'barrier', faultOf: 'target', message, atUs: state.nowUs, event: state.events } as const;
}

/** The end sweep: every open client does a barrier; what is read is taken by what remains, else ignored or stray. */
export function beginSweep(machine: Machine, state: State, client: ClientState): void {
  const plan = machine.plan.clients[client.index]!;
  client.turn = freshTurn(state, { met: true });
  if (client.status === 'idle') {
    client.turn.stage = 'done';
    return;
  }
  const open = client.status === 'open' && !client.halfClosed;
  if (open && client.stopped) {
    // Nobody would hear the answer.
    machine.out.push({ do: 'reading', client: client.name, go: true });
    client.stopped = false;
  }
  if (open && plan.barrier) {
    sendBarrier(machine, state, client, undefined, plan.barrier);
    return;
  }
  if (open) {
    // Without a quiet time, what has arrived by now is read all the same: a due event comes after the sockets were drained.
    const quietUs = transportOf(machine, client)?.quietUs ?? 0;
    const untilAtUs = state.begunUs + quietUs;
    client.turn.untilAtUs = untilAtUs;
    machine.out.push({ do: 'timer', client: client.name, timer: 'until', atUs: untilAtUs });
    return;
  }
  client.turn.until = 'settle';
}

/** What waits has been read: settle. */
export function endSweep(machine: Machine, state: State, client: ClientState): void {
  if (settle(state, client)) finishTurn(machine, state, client, undefined, undefined);
  else
    failHard(machine, state, client, undefined, {
      ...barrierCause(state, 'the scenario ended before everything that was begun had come'),
      kind: 'unmet',
    });
}
