/** A client's readings: what an arrival makes of them, and how they are settled (language, sections 6 and 7). */
import { writeJson } from '../../foundation/json.ts';
import { equalValues, type Value } from '../../foundation/value.ts';
import type { Bindings } from '../../values/pattern.ts';
import { decideTaken } from './decide.ts';
import { matchDemand } from './demand.ts';
import { type Machine, scopeOf, slotOf } from './machine.ts';
import { type Matches, mayEnd, restKey, type Taking, take } from './rest.ts';
import {
  type Arrival,
  bindNames,
  type ClientState,
  linked,
  listOf,
  type Reading,
  type State,
  type TakenItem,
} from './state.ts';
import { demandsOf } from './taken.ts';

/** More ways to read what came are a fault of the scenario. */
export const mostReadings = 64;

export const nothingRead: readonly Reading[] = [{ rest: undefined, bindings: {}, taken: undefined, takenCount: 0 }];

interface Bound {
  readonly bindings: Bindings;
  readonly taken: TakenItem;
}

/** Takes the arrival in every reading that can; false if none can, and then the readings stay. `ambiguous`: over 64. */
export function takeArrival(
  machine: Machine,
  state: State,
  client: ClientState,
  arrival: Arrival,
): boolean | 'ambiguous' {
  const next: Reading[] = [];
  const several = client.readings.length > 1;
  const seen = new Set<string>();
  for (const reading of client.readings) {
    if (!reading.rest) continue;
    const takings: Taking<Bound>[] = [];
    take(reading.rest, matcher(machine, state, client, reading, arrival), undefined, takings);
    for (const taking of takings) {
      const { bindings, taken } = taking.bound;
      if (several || takings.length > 1) {
        const key = `${restKey(taking.rest)} ${bindingsKey(bindings)}`;
        if (seen.has(key)) continue;
        seen.add(key);
      }
      next.push({
        rest: taking.rest,
        bindings,
        taken: linked(reading.taken, taken),
        takenCount: reading.takenCount + 1,
      });
    }
  }
  if (next.length === 0) return false;
  if (next.length > mostReadings) return 'ambiguous';
  machine.trace?.(
    client.index,
    arrival,
    'taken',
    next.map(({ taken }) => taken!.last.item),
  );
  client.readings = next;
  commitCertain(state, client);
  return true;
}

function matcher(
  machine: Machine,
  state: State,
  client: ClientState,
  reading: Reading,
  arrival: Arrival,
): Matches<Bound> {
  return (item, turn) => {
    const step = machine.stepOfNode[item.node]!;
    const scope = scopeOf(machine, state, client, turn);
    const bound = matchDemand(item.demand, arrival, reading.bindings, scope, client.contexts.get(step)?.replyId);
    if (!bound) return undefined;
    const { bindings, demands } = demandsOf(machine, client, item, step, arrival, bound, scope);
    return { bindings: withTurnLists(reading.bindings, bindings), taken: { item, step, turn, arrival, demands } };
  };
}

/** A text that is equal for equal bindings, in whatever order they came about. */
function bindingsKey(bindings: Bindings): string {
  const slots = Object.keys(bindings).sort();
  return slots.map(slot => `${slot}=${writeJson(bindings[slot]!)}`).join(' ');
}

/** A name bound in a repeat is a list outside of it: `<slot>` beside `<slot>@<turn>`. */
function withTurnLists(before: Bindings, after: Bindings): Bindings {
  if (before === after) return after;
  let lists: Record<string, Value> | undefined;
  for (const key of Object.keys(after)) {
    const at = key.lastIndexOf('@');
    if (at < 0 || Object.hasOwn(before, key)) continue;
    const slot = key.slice(0, at);
    lists ??= { ...after };
    const list = lists[slot];
    lists[slot] = [...(Array.isArray(list) ? list : []), after[key]!];
  }
  return lists ?? after;
}

/** While there is one reading only, what it took is certain and decided at once. */
function commitCertain(state: State, client: ClientState): void {
  const only = client.readings[0]!;
  if (client.readings.length > 1 || !only.taken) return;
  decideTaken(state, listOf(only.taken));
  client.readings = [{ ...only, taken: undefined }];
}

export function firstThatMayEnd(client: ClientState): Reading | undefined {
  return client.readings.find(reading => mayEnd(reading.rest));
}

/** The reading that took most, then the first: whose debts an unmet expect decides. */
export function bestReading(client: ClientState): Reading {
  return client.readings.reduce((best, reading) => (reading.takenCount > best.takenCount ? reading : best));
}

/** Expect is met: its bindings become names, and readings that contradict them are dropped. */
export function publish(state: State, client: ClientState): void {
  const first = firstThatMayEnd(client);
  if (!first) return;
  const published = Object.entries(first.bindings).filter(([slot]) => !slot.includes('@'));
  if (published.length === 0) return;
  bindNames(
    state,
    published.map(([slot, value]) => [slotOf(slot, client.name), value] as const),
  );
  if (client.readings.length === 1) {
    forgetPublished(client, first);
    return;
  }
  client.readings = client.readings.filter(reading =>
    published.every(
      ([slot, value]) => !Object.hasOwn(reading.bindings, slot) || equalValues(reading.bindings[slot]!, value),
    ),
  );
}

/** What has become a name need not be bound any more, unless a repeat under way still makes a list of it. */
function forgetPublished(client: ClientState, only: Reading): void {
  for (const slot in only.bindings) if (slot.includes('@')) return;
  client.readings = [{ ...only, bindings: unbound }];
}

const unbound: Bindings = {};

/** The first reading that may end decides all checks so far, and nothing remains. False: none may end, something is owed. */
export function settle(state: State, client: ClientState): boolean {
  const first = firstThatMayEnd(client);
  if (!first) return false;
  publish(state, client);
  decideTaken(state, listOf(first.taken));
  client.readings = nothingRead;
  client.contexts.clear();
  return true;
}
