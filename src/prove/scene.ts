import type { LogEvent } from '../evidence/events.ts';
import type { Execution } from './executions.ts';
import type { Mutant, Operator } from './mutant.ts';
import type { Reading, Survey } from './survey.ts';

/** One event of the target, with what has to be known to change it. */
export interface Scene<Event extends LogEvent = LogEvent> {
  readonly execution: Execution;
  readonly survey: Survey;
  readonly event: Event;
  /** Its place in the events of the execution, and its number in the log of it. */
  readonly index: number;
  readonly number: number;
  /** What it was to the scenario; of a batch several. Nothing if nobody has read it. */
  readonly readings: readonly Reading[];
  /** Clients with a connection at that moment. */
  readonly open: ReadonlySet<string>;
}

/** A mutant, and how it comes about. Most are listed only, so nothing is made before it is asked for. */
export interface Edit {
  readonly mutant: Mutant;
  readonly scene: Scene;
  /** Which of the frames in the message it changes, where it changes one. */
  readonly element?: number | undefined;
  make(): Changed;
}

export interface Changed {
  /** The log from the changed event on. */
  readonly tail: Tail;
  /** What stands in the place of the event, where one thing does. */
  readonly instead?: LogEvent;
  /** The event that it changed places with. */
  readonly neighbour?: LogEvent;
}

/** Some events, and behind them those of a list from a place on: what is as it was is not copied for every mutant. */
export interface Tail {
  readonly head: readonly LogEvent[];
  readonly rest: readonly LogEvent[];
  readonly from: number;
}

export interface Change {
  readonly operator: Operator;
  readonly variant?: string | undefined;
  readonly kind?: string | undefined;
  /** As a member of the whole message, for the id. */
  readonly place?: string;
  readonly at?: string;
  readonly was?: string | undefined;
  readonly becomes?: string | undefined;
}

export function mutantOf({ execution, event, number }: Scene, change: Change): Mutant {
  const { id, scenario } = execution.about;
  const { operator, variant, place = '', kind, at, was, becomes } = change;
  const name = variant === undefined ? operator : `${operator}.${variant}`;
  const client = 'c' in event ? (event.c ?? '') : '';
  const mutant: Draft = {
    id: `${id}~${number}.${name}${place}`,
    execution: id,
    scenario,
    client,
    event: number,
    operator,
    kind,
  };
  // Member by member: there are tens of thousands of them.
  if (at !== undefined) mutant.at = at;
  if (was !== undefined) mutant.was = was;
  if (becomes !== undefined) mutant.becomes = becomes;
  return mutant;
}

type Draft = { -readonly [Name in keyof Mutant]: Mutant[Name] };

/** These in the place of the event, all behind it as it was. */
export function followed({ execution, index }: Scene, ...head: readonly LogEvent[]): Tail {
  return { head, rest: execution.events, from: index + 1 };
}

export function putInstead(scene: Scene, instead: LogEvent): Changed {
  return { instead, tail: followed(scene, instead) };
}

/** The events behind, without what the target says on this connection until the client opens another one. */
export function withoutConnection({ execution, index, event }: Scene): readonly LogEvent[] {
  const client = 'c' in event ? event.c : undefined;
  const { events } = execution;
  const next = events.findIndex((each, k) => k > index && each.event === 'opened' && each.c === client);
  const end = next < 0 ? events.length : next;
  return events.filter((each, k) => k > index && !(k < end && isOfTarget(each, client)));
}

/** It tells what the target has done to this client. */
export function isOfTarget(event: LogEvent, client: string | undefined): boolean {
  return (event.event === 'item' || event.event === 'closed') && event.c === client;
}
