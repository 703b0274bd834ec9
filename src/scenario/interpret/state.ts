/**
 * The interpreter's state: plain data, cheap to fork. Lists that grow are linked from the newest to the oldest, everything they
 * hold is immutable, so a fork copies a few small objects and shares the rest.
 */
import type { HttpAnswer } from '../../evidence/events.ts';
import type { Violation } from '../../foundation/pack.ts';
import type { Value } from '../../foundation/value.ts';
import type { Verdict } from '../../foundation/verdict.ts';
import type { Bindings } from '../../values/pattern.ts';
import type { AnswerAct, Item, Until } from '../plan.ts';
import type { AbsenceGrade, Decision } from './decision.ts';
import type { Rest } from './rest.ts';

/** A linked list, newest first. */
export interface Chain<T> {
  readonly last: T;
  readonly before: Chain<T> | undefined;
}

/** One thing that arrived for a client, as a scenario reads it. A batch gives several. */
export interface Arrival {
  /** Number of the log event within its execution, from 0. */
  readonly event: number;
  readonly atUs: number;
  readonly frame?: Value;
  /** Undecoded text, if the message is text and was not unwrapped. */
  readonly text?: string;
  readonly http?: HttpAnswer;
  /** The connection has begun. It arrives only where the step asks for it. */
  readonly opened?: { readonly subprotocol?: string };
  readonly closed?: {
    readonly code?: number;
    readonly status?: number;
    readonly by: 'target' | 'us';
    readonly refused?: string;
    /** Transport error and reason, in words. */
    readonly about?: string;
    /** HTTP: no answer was awaited. */
    readonly between?: true;
  };
  readonly violations: readonly Violation[];
  /** An element of a batch that is not its first. */
  readonly laterPart?: true;
  /** It could not be decoded: nothing but `text` can match it. */
  readonly malformed: boolean;
}

/** An item that was taken, and what else was demanded of it. */
export interface TakenItem {
  readonly item: Item;
  readonly step: number;
  readonly turn: number | undefined;
  readonly arrival: Arrival;
  readonly demands: readonly Decision[];
}

/** One way to read what has come (language, section 6). */
export interface Reading {
  readonly rest: Rest | undefined;
  readonly bindings: Bindings;
  /** Taken and not yet decided. */
  readonly taken: Chain<TakenItem> | undefined;
  readonly takenCount: number;
}

export type Stage = 'connecting' | 'acting' | 'reading' | 'barrier' | 'closing' | 'done';

/** A client's part in the step under way. */
export interface Turn {
  stage: Stage;
  /** All writes of the act are done. */
  acted: boolean;
  /** Writes issued, and answered by `written` events. */
  issued: number;
  written: number;
  /** Total writes of the act. */
  writes: number;
  readonly expected: PendingWrite[];
  /** Requests of a windowed step that wait for their answer. */
  unanswered: Value[];
  /** The pace of the act holds the next write back. */
  pacing: boolean;
  /** Writes of the act that broke their schema. */
  invalidWrites: number;
  met: boolean;
  /** Gave up, or was refused: what was owed is decided. */
  failed: boolean;
  originUs: number | undefined;
  readonly beganUs: number;
  lastWriteUs: number | undefined;
  lastTakenUs: number | undefined;
  patienceAtUs: number | undefined;
  /** What came unasked before the step was met: the last of it, as evidence. */
  readonly strays: Arrival[];
  strayCharacters: number;
  /** Earlier ones, only counted. */
  straysDropped: number;
  /** Numbers of the nevers that were violated. */
  readonly violated: number[];
  barrierId: Value | undefined;
  /** What its barrier proves of an absence. */
  readonly absence: AbsenceGrade;
  /** How long it reads once expect is met; `settle` in the end sweep of a client without barrier. */
  until: Until | 'settle' | undefined;
  untilAtUs: number | undefined;
}

/** A write that the driver was asked for and that has not been logged yet. */
export interface PendingWrite {
  readonly n: number;
  readonly data: string | Uint8Array | undefined;
  /** HTTP; the path is empty where the endpoint's own is meant. */
  readonly http?: { readonly path: string; readonly headers: Readonly<Record<string, string>> };
  readonly requestId: Value | undefined;
  readonly captures: readonly { readonly slot: string; readonly value: Value }[];
  readonly barrier: boolean;
}

/** What the items of a step need to know about it, kept as long as something of it remains. */
export interface StepContext {
  readonly replyId: Value | undefined;
  readonly originUs: number | undefined;
}

/** An answer of an `answer` act, and how many calls it will still take. */
export interface StandingAnswer {
  readonly answer: AnswerAct['answers'][number];
  readonly left: number;
}

export interface ClientState {
  readonly name: string;
  readonly index: number;
  status: 'idle' | 'opening' | 'open' | 'closing' | 'closed';
  /** We asked for the close that is under way. */
  closedByUs: boolean;
  /** Our side of the connection has ended, theirs has not. */
  halfClosed: boolean;
  /** The scenario has stopped reading from the socket. */
  stopped: boolean;
  /** HTTP: requests without their answer. */
  awaited: number;
  queue: Arrival[];
  /** First unread arrival of `queue`. */
  unread: number;
  /** Of the unread. */
  unreadCharacters: number;
  readings: readonly Reading[];
  turn: Turn | undefined;
  /** By step index. */
  readonly contexts: Map<number, StepContext>;
  requests: number;
  /** Standing answers, where the target calls us; the first that matches a call wins. */
  answers: readonly StandingAnswer[];
  /** It did a barrier and has written nothing since. */
  atBarrier: boolean;
  strayTotal: number;
  /** So much came unread that the rest was dropped. */
  flooded: boolean;
  /** Instant of the last event that its part in the steps has gone on with. */
  lastUs: number;
  /** Failures so far; the worst verdict of each check that has failed; those that are only counted. */
  failureCount: number;
  /** Of what the failures show. */
  evidenceCharacters: number;
  failedChecks: Readonly<Record<string, Verdict>>;
  unlisted: Readonly<Record<string, number>>;
  /** Index of its last step, for blame. */
  lastStep: number;
}

export type Mode = 'steps' | 'sweep' | 'finally' | 'done';

export interface State {
  mode: Mode;
  /** In `steps`, or in `finally` when the mode says so. */
  step: number;
  stepBegun: boolean;
  /** So many of the clients of the step under way, in its order, are done. */
  doneCount: number;
  /** When the step under way began: the instant of the last event that the steps before it waited for, whatever else has come since. */
  begunUs: number;
  /** Waiting for `fetched` or `restarted`. */
  waiting: boolean;
  hard: boolean;
  clients: ClientState[];
  names: Readonly<Record<string, Value>>;
  /** Nobody else has these names: they grow in place. For a state that is never forked, with many thousand names. */
  ownsNames: boolean;
  marks: Readonly<Record<string, number>>;
  /** The last write of ours on any client, barriers left out. */
  lastWriteUs: number | undefined;
  /** Clients of the last step that wrote. */
  lastWriters: readonly string[];
  nowUs: number;
  events: number;
  decisions: Chain<Decision> | undefined;
  stalls: Chain<{ readonly atUs: number; readonly lagUs: number }> | undefined;
  notes: Chain<string> | undefined;
  framesSent: number;
  framesReceived: number;
  /** Something that we wrote is not what this plan would have written. */
  diverged: boolean;
}

export function forkState(state: State): State {
  return {
    ...state,
    ownsNames: false,
    clients: state.clients.map(client => ({
      ...client,
      queue: client.queue.slice(client.unread),
      unread: 0,
      contexts: new Map(client.contexts),
      turn: client.turn && forkTurn(client.turn),
    })),
  };
}

function forkTurn(turn: Turn): Turn {
  return {
    ...turn,
    expected: [...turn.expected],
    unanswered: [...turn.unanswered],
    violated: [...turn.violated],
    strays: [...turn.strays],
  };
}

/** Adds names, or gives them another value. */
export function bindNames(state: State, bound: readonly (readonly [string, Value])[]): void {
  if (bound.length === 0) return;
  const names: Record<string, Value> = state.ownsNames ? state.names : Object.assign({}, state.names);
  for (const [slot, value] of bound) names[slot] = value;
  state.names = names;
}

/** Oldest first. */
export function listOf<T>(chain: Chain<T> | undefined): T[] {
  const list: T[] = [];
  for (let link = chain; link; link = link.before) list.push(link.last);
  return list.reverse();
}

export function linked<T>(before: Chain<T> | undefined, last: T): Chain<T> {
  return { last, before };
}
