/** Runs a plan as far as the events so far allow: steps one after another, then the end sweep, then `finally`. */

import { build } from '../../values/build.ts';
import { MissingValue } from '../../values/expression.ts';
import type { Step } from '../plan.ts';
import { abandonSteps, failHard } from './fail.ts';
import { type Machine, scopeOf } from './machine.ts';
import { noteAsked } from './memory.ts';
import { actsOnTarget, unprovedWriters } from './origin.ts';
import { beginSweep, progress } from './progress.ts';
import { nothingRead } from './readings.ts';
import type { ClientState, State } from './state.ts';
import { beginTurn, freshTurn } from './turn.ts';

/** Goes on until an event is needed, or all is done. `only`: the client that something has happened to, if it was one. */
export function advance(machine: Machine, state: State, only?: ClientState): void {
  let happenedTo = only;
  for (;;) {
    if (state.mode === 'done' || state.waiting) return;
    if (!state.stepBegun) {
      happenedTo = undefined;
      if (!beginStep(machine, state)) continue;
      if (state.waiting) return;
    }
    if (progressAll(machine, state, happenedTo)) return;
    endStep(machine, state);
  }
}

/** Whether one of the step's clients still waits for something. What happens to one of thousands is no news for the others. */
function progressAll(machine: Machine, state: State, only: ClientState | undefined): boolean {
  const step = stepAt(machine, state);
  const clientStep = step?.kind === 'client' ? step : undefined;
  const active = activeOf(machine, state, step);
  if (only) progress(machine, state, only, clientStep);
  else for (const index of active) progress(machine, state, state.clients[index]!, clientStep);
  while (state.doneCount < active.length && isDone(state.clients[active[state.doneCount]!]!)) state.doneCount++;
  return state.doneCount < active.length;
}

/** Once it is, it is until the step ends. */
function isDone({ turn }: ClientState): boolean {
  return turn === undefined || turn.stage === 'done';
}

/** The step under way; undefined in the sweep. */
export function stepAt(machine: Machine, state: State): Step | undefined {
  if (state.mode === 'steps') return machine.plan.steps[state.step];
  return state.mode === 'finally' ? machine.plan.finally[state.step] : undefined;
}

/** Indexes of the clients of a step; in the sweep all of them. */
function activeOf(machine: Machine, state: State, step: Step | undefined): readonly number[] {
  if (state.mode === 'sweep') return machine.everyClient;
  return (step && machine.clientsOf.get(step)) ?? [];
}

/** False: there was no step left, and the mode has moved on. */
function beginStep(machine: Machine, state: State): boolean {
  state.doneCount = 0;
  if (state.mode === 'sweep') {
    state.stepBegun = true;
    for (const client of state.clients) beginSweep(machine, state, client);
    return true;
  }
  const step = stepAt(machine, state);
  if (!step) {
    nextMode(machine, state);
    return false;
  }
  state.stepBegun = true;
  if (step.kind === 'client') {
    const unproved = unprovedWriters(machine, state);
    for (const index of machine.clientsOf.get(step)!) beginTurn(machine, state, state.clients[index]!, step, unproved);
  } else if (step.kind === 'fetch') {
    beginFetch(machine, state, step);
  } else {
    state.waiting = true;
    machine.out.push({ do: 'restart' });
  }
  return true;
}

function beginFetch(machine: Machine, state: State, step: Extract<Step, { kind: 'fetch' }>): void {
  const made = build(step.with, scopeOf(machine, state, undefined, undefined));
  if (made instanceof MissingValue) {
    failOutside(machine, state, step, 'not-testable', `$(${made.expression.text}) has no value: ${made.detail}`);
    return;
  }
  noteAsked(machine.memory, state, `fetch ${step.index}`, made.value);
  state.waiting = true;
  machine.out.push({ do: 'fetch', source: step.source, with: made.value });
}

/** A failure of a step that no client runs: its first client stands for it. */
export function failOutside(
  machine: Machine,
  state: State,
  step: Step,
  kind: 'fetch' | 'not-testable',
  message: string,
): void {
  const client = state.clients[0]!;
  client.turn = freshTurn(state);
  const owed = client.readings;
  client.readings = nothingRead;
  failHard(machine, state, client, step, { kind, faultOf: 'target', message, atUs: state.nowUs, event: state.events });
  client.readings = owed;
}

function endStep(machine: Machine, state: State): void {
  for (const client of state.clients) {
    if (client.turn) state.begunUs = Math.max(state.begunUs, client.lastUs);
    client.turn = undefined;
  }
  state.stepBegun = false;
  if (state.mode === 'sweep') {
    nextMode(machine, state);
    return;
  }
  const step = stepAt(machine, state)!;
  if (state.mode === 'steps' && state.hard) {
    abandonSteps(machine, state);
    state.mode = 'finally';
    state.step = 0;
    return;
  }
  if (step.kind === 'client' && actsOnTarget(step)) state.lastWriters = step.clients;
  state.step++;
}

function nextMode(machine: Machine, state: State): void {
  state.stepBegun = false;
  if (state.mode === 'steps') {
    state.mode = 'sweep';
  } else if (state.mode === 'sweep') {
    state.mode = 'finally';
    state.step = 0;
  } else {
    state.mode = 'done';
    machine.out.push({ do: 'timer', client: undefined, timer: 'timeout', atUs: undefined }, { do: 'finish' });
  }
}
