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
  make(): Changed;
}

export interface Changed {
  /** The log from the changed event on. */
  readonly tail: readonly LogEvent[];
  /** What stands in the place of the event, where one thing does. */
  readonly instead?: LogEvent;
  /** The event that it changed places with. */
  readonly neighbour?: LogEvent;
}

export interface Change {
  readonly operator: Operator;
  readonly variant?: string;
  readonly kind?: string | undefined;
  /** As a member of the whole message, for the id. */
  readonly place?: string;
  readonly at?: string;
  readonly was?: string | undefined;
  readonly becomes?: string | undefined;
}

export function mutantOf({ execution, event, number }: Scene, change: Change): Mutant {
  const { about } = execution;
  const { operator, variant, kind, place = '', at, was, becomes } = change;
  return {
    id: `${about.id}~${number}.${operator}${variant === undefined ? '' : `.${variant}`}${place}`,
    execution: about.id,
    scenario: about.scenario,
    client: 'c' in event ? (event.c ?? '') : '',
    event: number,
    operator,
    kind,
    ...(at !== undefined && { at }),
    ...(was !== undefined && { was }),
    ...(becomes !== undefined && { becomes }),
  };
}

/** Something else in the place of the event, all behind it as it was. */
export function putInstead({ execution, index }: Scene, instead: LogEvent): Changed {
  return { instead, tail: [instead, ...execution.events.slice(index + 1)] };
}

/** The events behind, without what the target says on this connection until the client opens another one. */
export function withoutConnection({ execution, index, event }: Scene): LogEvent[] {
  const client = 'c' in event ? event.c : undefined;
  let same = true;
  return execution.events.slice(index + 1).filter(each => {
    if (!('c' in each) || each.c !== client) return true;
    if (each.event === 'opened') same = false;
    return !same || (each.event !== 'item' && each.event !== 'closed');
  });
}
