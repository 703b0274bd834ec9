/**
 * The interpreter of the scenario language: a state machine without I/O. Events of the log go in, actions come out. The live
 * driver, the re-judge and the mutation proof run this same one; its state is plain data (`state.ts`) that can be forked at any event.
 */

import type { ExecutionEnd, ItemEvent, LogEvent, Opened } from '../../evidence/events.ts';
import type { Action } from './action.ts';
import { answerCall } from './answers.ts';
import { arrivalsOf } from './arrivals.ts';
import { enqueue } from './bounds.ts';
import { decide } from './decide.ts';
import { failHard, plainCheck } from './fail.ts';
import { createMachine, type Machine } from './machine.ts';
import { asksForOpening } from './opening.ts';
import { goOn } from './origin.ts';
import { endSweep, finishTurn, giveUp } from './progress.ts';
import { nothingRead, publish } from './readings.ts';
import { advance, failOutside, stepAt } from './run.ts';
import { type Arrival, bindNames, type ClientState, linked, type State } from './state.ts';
import { beginAct, issueWrites } from './turn.ts';
import { noteWritten } from './written.ts';

export { createMachine, type Machine };

/** The state before the first event. `advance` is left to `begin`, so that the actions of the first step are seen. */
export function beginState(machine: Machine, atUs: number): State {
  const clients: ClientState[] = machine.plan.clients.map(({ name }, index) => ({
    name,
    index,
    status: 'idle',
    closedByUs: false,
    halfClosed: false,
    stopped: false,
    awaited: 0,
    queue: [],
    unread: 0,
    unreadCharacters: 0,
    readings: nothingRead,
    turn: undefined,
    contexts: new Map(),
    requests: 0,
    answers: [],
    atBarrier: false,
    strayTotal: 0,
    flooded: false,
    lastUs: atUs,
    failureCount: 0,
    evidenceCharacters: 0,
    failedChecks: {},
    unlisted: {},
    lastStep: 0,
  }));
  return {
    mode: 'steps',
    step: 0,
    stepBegun: false,
    doneCount: 0,
    begunUs: atUs,
    waiting: false,
    hard: false,
    clients,
    names: {},
    ownsNames: false,
    marks: {},
    lastWriteUs: undefined,
    lastWriters: [],
    nowUs: atUs,
    events: 0,
    decisions: undefined,
    stalls: undefined,
    notes: undefined,
    framesSent: 0,
    framesReceived: 0,
    diverged: false,
  };
}

/** Starts the plan: the first actions. */
export function begin(machine: Machine, state: State): readonly Action[] {
  machine.out = [];
  machine.out.push({ do: 'timer', client: undefined, timer: 'timeout', atUs: state.nowUs + machine.plan.timeoutUs });
  advance(machine, state);
  return machine.out;
}

/** Feeds one event of this execution (or a `stalled` of the run); gives what is to be done. The state is changed in place. */
export function feed(machine: Machine, state: State, event: LogEvent): readonly Action[] {
  machine.out = [];
  if (event.event === 'begin' || event.event === 'skipped' || event.event === 'note') return machine.out;
  if (event.event === 'finish') return machine.out;
  if (event.t > state.nowUs) state.nowUs = event.t;
  if (event.event === 'stalled') {
    state.stalls = linked(state.stalls, { atUs: event.t, lagUs: event.lagUs });
    return machine.out;
  }
  apply(machine, state, event);
  state.events++;
  if (state.mode !== 'done') advance(machine, state, clientOf(machine, state, event));
  return machine.out;
}

type Applied = Exclude<LogEvent, { event: 'begin' | 'skipped' | 'note' | 'stalled' } | ExecutionEnd>;

function apply(machine: Machine, state: State, event: Applied): void {
  if (event.event === 'fetched') return fetched(machine, state, event);
  if (event.event === 'restarted') return restarted(machine, state, event);
  if (event.event === 'due' && event.timer === 'timeout') return timedOut(machine, state);
  const client = clientOf(machine, state, event);
  // A log of another version of the scenario may name clients that this one lacks.
  if (!client) return;
  switch (event.event) {
    case 'opened':
      return opened(machine, state, client, event);
    case 'refused':
      client.status = 'closed';
      // That it was refused is in the stream, and is read before the step is done.
      if (client.turn?.stage === 'connecting') client.turn.stage = 'reading';
      return arrive(state, client, arrivalsOf(machine, state, client, event));
    case 'closed':
      client.status = 'closed';
      arrive(state, client, arrivalsOf(machine, state, client, event));
      if (event.by === 'target') client.awaited = 0;
      return;
    case 'item':
      if (event.http && client.awaited > 0) client.awaited--;
      itemCame(machine, state, client, event);
      return;
    case 'written':
      return noteWritten(machine, state, client, event);
    case 'due':
      return due(machine, state, client, event.timer, event.t);
  }
}

function clientOf(machine: Machine, state: State, event: Applied): ClientState | undefined {
  if (!('c' in event) || event.c === undefined) return undefined;
  return state.clients[machine.clientIndex.get(event.c) ?? -1];
}

function opened(machine: Machine, state: State, client: ClientState, event: Opened): void {
  client.status = 'open';
  client.closedByUs = false;
  client.halfClosed = false;
  const step = stepAt(machine, state);
  if (client.turn?.stage !== 'connecting' || step?.kind !== 'client') return;
  if (asksForOpening(step)) arrive(state, client, arrivalsOf(machine, state, client, event));
  goOn(client, event.t);
  beginAct(machine, state, client, step);
}

/** A call is answered when it comes, whatever its steps are at. */
function itemCame(machine: Machine, state: State, client: ClientState, event: ItemEvent): void {
  const arrivals = arrivalsOf(machine, state, client, event);
  arrive(state, client, arrivals);
  if (event.call) answerCall(machine, state, client, event.call, arrivals[0]!);
}

function arrive(state: State, client: ClientState, arrivals: readonly Arrival[]): void {
  for (const arrival of arrivals) {
    if (arrival.frame !== undefined || arrival.malformed) state.framesReceived++;
    enqueue(client, arrival);
  }
}

/** Counts only if the turn under way has set that timer: in a log that was changed, or of another version, it may be an older one. */
function due(
  machine: Machine,
  state: State,
  client: ClientState,
  timer: 'patience' | 'until' | 'pace' | 'timeout',
  atUs: number,
): void {
  const turn = client.turn;
  const step = stepAt(machine, state);
  if (!turn || turn.stage === 'done' || (step && step.kind !== 'client')) return;
  goOn(client, atUs);
  if (timer === 'pace') {
    turn.pacing = false;
    if (step?.act && (step.act.kind === 'send' || step.act.kind === 'http'))
      issueWrites(machine, state, client, step, step.act);
  } else if (timer === 'patience' && atUs >= (turn.patienceAtUs ?? Number.POSITIVE_INFINITY)) {
    giveUp(machine, state, client, step);
  } else if (timer === 'until' && atUs >= (turn.untilAtUs ?? Number.POSITIVE_INFINITY)) {
    // Names of a repeat are lists of all that came until now.
    publish(state, client);
    if (step) finishTurn(machine, state, client, step, 'weak');
    else endSweep(machine, state, client);
  }
}

function fetched(machine: Machine, state: State, event: Extract<LogEvent, { event: 'fetched' }>): void {
  const step = stepAt(machine, state);
  if (!state.waiting || step?.kind !== 'fetch') return;
  state.waiting = false;
  state.begunUs = Math.max(state.begunUs, event.t);
  if (event.failed === undefined && event.value !== undefined) {
    bindNames(state, [[step.slot, event.value]]);
    decide(state, { check: plainCheck, verdict: 'pass', step: step.index, client: 0, span: step.span });
    return;
  }
  failOutside(
    machine,
    state,
    step,
    'fetch',
    `the source \`${event.source}\` gave nothing: ${event.failed ?? 'no value'}`,
  );
}

function restarted(machine: Machine, state: State, event: Extract<LogEvent, { event: 'restarted' }>): void {
  const step = stepAt(machine, state);
  if (!state.waiting || step?.kind !== 'restart') return;
  state.waiting = false;
  state.begunUs = Math.max(state.begunUs, event.t);
  if (event.failed !== undefined)
    failOutside(machine, state, step, 'fetch', `the target did not come back: ${event.failed}`);
}

/** The scenario's own limit: whatever is under way has failed. */
function timedOut(machine: Machine, state: State): void {
  const step = stepAt(machine, state);
  const message = `the scenario took longer than its limit of ${Math.round(machine.plan.timeoutUs / 1e6)} s`;
  const cause = { kind: 'unmet', faultOf: 'target', message, atUs: state.nowUs, event: state.events } as const;
  for (const client of state.clients) {
    if (client.turn && client.turn.stage !== 'done') failHard(machine, state, client, step, cause);
  }
  if (state.waiting && step) {
    state.waiting = false;
    failOutside(machine, state, step, 'fetch', message);
  }
}

/** The log of a mutant ends where the real one went on: whoever still waits runs out of patience. */
export function exhaust(machine: Machine, state: State): void {
  for (let rounds = 0; state.mode !== 'done' && rounds < 10_000; rounds++) {
    machine.out = [];
    const step = stepAt(machine, state);
    const waiting = state.clients.filter(client => client.turn && client.turn.stage !== 'done');
    if (waiting.length === 0 && !state.waiting) return;
    if (state.waiting && step) failOutside(machine, state, step, 'fetch', 'the log ends before it');
    state.waiting = false;
    for (const client of waiting) {
      if (client.turn!.untilAtUs === undefined)
        giveUp(machine, state, client, step?.kind === 'client' ? step : undefined);
      else due(machine, state, client, 'until', client.turn!.untilAtUs!);
    }
    advance(machine, state);
  }
}
