/**
 * Judges what is left of a changed log, from a copy of the state before the change (docs/prove.md). What we wrote is taken from the log
 * as long as the interpreter asks for it. Where the log goes on with a write that nobody asked for, it tells of another course of events:
 * nothing behind it counts, and whoever still waits runs out of patience.
 */
import type { LogEvent, Written } from '../evidence/events.ts';
import type { Decision } from '../scenario/interpret/decision.ts';
import { feed, type Machine } from '../scenario/interpret/interpreter.ts';
import { transportOf } from '../scenario/interpret/machine.ts';
import { stepAt } from '../scenario/interpret/run.ts';
import type { ClientState, State } from '../scenario/interpret/state.ts';
import type { Tail } from './scene.ts';
import { isJudged } from './survey.ts';

export interface JudgedTail {
  /** Decisions that are worse than pass, in order. */
  readonly failures: readonly Decision[];
  /** It would have written something else than the log has, or something that the log lacks. */
  readonly diverged: boolean;
}

/** What a tail is judged in. */
export interface Setting {
  /** Number of the execution. */
  readonly x: number;
  readonly machine: Machine;
  /** Patience is granted that much more, because this machine stood still: so it was in the run. */
  readonly graceUs: number;
}

interface Run extends Setting {
  readonly state: State;
  readonly failures: Decision[];
  /** What was fed, made-up timers included. */
  readonly fed: LogEvent[] | undefined;
}

/** Goes on until `isEnough` says so of a failure. `state` is changed; `fed` gets every event that counted. */
export function judgeTail(
  setting: Setting,
  state: State,
  { head, rest, from }: Tail,
  isEnough: (failure: Decision) => boolean,
  fed?: LogEvent[],
): JudgedTail {
  const failures: Decision[] = [];
  const run: Run = { ...setting, state, failures, fed };
  const count = head.length + rest.length - from;
  for (let k = 0; k < count; k++) {
    const event = k < head.length ? head[k]! : rest[from + k - head.length]!;
    const over = !isJudged(state) || giveUpUntil(run, event.t);
    if (over || !isAsked(run.machine, state, event)) break;
    const known = failures.length;
    give(run, event);
    if (state.diverged) return { failures, diverged: true };
    for (let n = known; n < failures.length; n++) {
      // What came has made us want to write what must not be written: it is no longer the log that was.
      if (failures[n]!.failure!.faultOf === 'scenario') return { failures: failures.slice(0, n), diverged: true };
      if (isEnough(failures[n]!)) return { failures, diverged: false };
    }
  }
  return { failures, diverged: !runOut(run) };
}

function give({ machine, state, failures, fed }: Run, event: LogEvent): void {
  const before = state.decisions;
  const known = failures.length;
  fed?.push(event);
  feed(machine, state, event);
  for (let link = state.decisions; link && link !== before; link = link.before)
    if (link.last.failure) failures.splice(known, 0, link.last);
}

/** Whoever waited until this instant in vain gives up before it. True: that has ended the steps. */
function giveUpUntil(run: Run, untilUs: number): boolean {
  const { state } = run;
  for (const client of state.clients) {
    const { turn } = client;
    if (!turn || turn.stage === 'done' || turn.patienceAtUs === undefined) continue;
    if (turn.patienceAtUs + run.graceUs >= untilUs) continue;
    give(run, {
      event: 'due',
      x: run.x,
      c: client.name,
      t: Math.max(state.nowUs, turn.patienceAtUs),
      timer: 'patience',
    });
  }
  return !isJudged(state);
}

/** Whether the interpreter has asked for what the event tells of; what the target does needs no asking. */
function isAsked(machine: Machine, state: State, event: LogEvent): boolean {
  if (event.event === 'fetched' || event.event === 'restarted') {
    const step = stepAt(machine, state);
    return state.waiting && step?.kind === (event.event === 'fetched' ? 'fetch' : 'restart');
  }
  if (!('c' in event) || event.c === undefined || event.event === 'item') return true;
  const client = state.clients[machine.clientIndex.get(event.c) ?? -1];
  if (!client) return true;
  // An HTTP client ends and opens its connections by itself.
  const managed = transportOf(machine, client)?.kind === 'http';
  switch (event.event) {
    case 'opened':
    case 'refused':
      return managed || client.turn?.stage === 'connecting';
    case 'closed':
      return managed || event.by === 'target' || client.closedByUs;
    case 'written':
      return isWriteAsked(client, event);
    case 'due':
      return event.timer !== 'pace' || client.turn?.pacing === true;
    default:
      return true;
  }
}

function isWriteAsked({ turn, closedByUs, halfClosed }: ClientState, { what }: Written): boolean {
  if (what === 'close' || what === 'abort') return closedByUs;
  if (!turn) return false;
  if (what === 'half-close') return halfClosed && turn.stage === 'acting';
  return turn.expected.length > 0;
}

/** Timers run out, the first first. False: what is waited for next is a doing of ours, of which the log knows nothing. */
function runOut(run: Run): boolean {
  const { state } = run;
  while (isJudged(state)) {
    let first: { readonly t: number; readonly c: string; readonly timer: 'patience' | 'until' } | undefined;
    for (const { name, turn } of state.clients) {
      if (!turn || turn.stage === 'done') continue;
      const timer = turn.untilAtUs === undefined ? 'patience' : 'until';
      const atUs = turn.untilAtUs ?? turn.patienceAtUs;
      if (atUs === undefined || (first && first.t <= atUs)) continue;
      first = { t: atUs, c: name, timer };
    }
    if (!first) return false;
    give(run, { event: 'due', x: run.x, ...first, t: Math.max(state.nowUs, first.t) });
  }
  return true;
}
