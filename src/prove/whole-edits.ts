/** Mutants of an item as a whole: not there, there twice, too late, out of order, with somebody else, behind the end of the connection. */
import type { Closed, ItemEvent, LogEvent } from '../evidence/events.ts';
import { transportKindOf, transportNameOf } from './client-transport.ts';
import {
  type Change,
  type Changed,
  type Edit,
  followed,
  mutantOf,
  putInstead,
  type Scene,
  type Tail,
  withoutConnection,
} from './scene.ts';

export function* wholeEdits(scene: Scene<ItemEvent>, kind: string | undefined): Generator<Edit> {
  const { execution, event } = scene;
  const edit = (change: Change, make: Edit['make']): Edit => ({
    mutant: mutantOf(scene, { kind, ...change }),
    scene,
    make,
  });
  const transport = transportKindOf(execution, event.c);
  yield edit({ operator: 'drop' }, () => ({ tail: followed(scene) }));
  // An answer that no request asked for is no HTTP, and reaches no scenario.
  if (transport !== 'http') yield edit({ operator: 'repeat' }, () => ({ tail: followed(scene, event, event) }));
  const neighbour = neighbourOf(scene);
  if (neighbour !== undefined) yield edit({ operator: 'swap' }, () => swapped(scene, neighbour));
  yield edit({ operator: 'delay' }, () => ({ tail: delayed(scene) }));
  const other = transport === 'http' ? undefined : otherClient(scene);
  if (other !== undefined)
    yield edit({ operator: 'misdeliver', becomes: other }, () => putInstead(scene, { ...event, c: other }));
  if (transport === 'udp') return;
  yield edit({ operator: 'close-early' }, () => {
    const instead = endBefore(scene, transport === 'websocket');
    return { instead, tail: { head: [instead], rest: withoutConnection(scene), from: 0 } };
  });
}

/** Mutants of the end of a connection. */
export function* closeEdits(scene: Scene<Closed>): Generator<Edit> {
  const { code, by } = scene.event;
  if (code !== undefined && by === 'target') {
    const other = code === 1000 ? 1011 : 1000;
    const change = { operator: 'close-code', was: String(code), becomes: String(other) } as const;
    yield { mutant: mutantOf(scene, change), scene, make: () => putInstead(scene, { ...scene.event, code: other }) };
  }
  yield { mutant: mutantOf(scene, { operator: 'never-close' }), scene, make: () => ({ tail: followed(scene) }) };
}

/** The next item of the same client, if nothing that we did lies between: what it caused must not come before it. */
function neighbourOf({ execution: { events }, index, event }: Scene<ItemEvent>): number | undefined {
  for (let k = index + 1; k < events.length; k++) {
    const each = events[k]!;
    if (each.event === 'item' && each.c === event.c) return k;
    if (each.event !== 'item' && each.event !== 'closed' && each.event !== 'due' && each.event !== 'stalled')
      return undefined;
    if (each.event === 'closed' && each.c === event.c) return undefined;
  }
  return undefined;
}

function swapped({ execution: { events }, index, event }: Scene<ItemEvent>, at: number): Changed {
  const neighbour = events[at] as ItemEvent;
  const between = events.slice(index + 1, at);
  const head = [{ ...neighbour, t: event.t }, ...between, { ...event, t: neighbour.t }];
  return { tail: { head, rest: events, from: at + 1 }, neighbour };
}

/**
 * Just behind the instant by which it had to come; what follows on the connection comes behind it. Without such an instant the
 * connection is silent until patience has run out.
 */
function delayed(scene: Scene<ItemEvent>): Tail {
  const { execution, index, readings, survey } = scene;
  const { events } = execution;
  const deadlineUs = readings.find(each => each.deadlineUs !== undefined)?.deadlineUs;
  const others = withoutConnection(scene);
  if (deadlineUs === undefined) return { head: [], rest: others, from: 0 };
  // What is late by less than we stood still is no evidence against anybody (language, section 8).
  const lateUs = deadlineUs + 1_000 + survey.longestStallUs;
  const kept = new Set(others);
  const late = events.slice(index).filter(each => !kept.has(each));
  const place = others.findIndex(each => each.t > lateUs);
  const before = place < 0 ? others : others.slice(0, place);
  const after = place < 0 ? [] : others.slice(place);
  const moved = late.map((each): LogEvent => ({ ...each, t: Math.max(each.t, lateUs) }));
  return { head: before, rest: merged(moved, after), from: 0 };
}

/** Both in their order, by their instants. */
function merged(some: readonly LogEvent[], others: readonly LogEvent[]): readonly LogEvent[] {
  const all: LogEvent[] = [];
  let k = 0;
  for (const each of some) {
    while (k < others.length && others[k]!.t < each.t) all.push(others[k++]!);
    all.push(each);
  }
  return [...all, ...others.slice(k)];
}

/** Another one on the same transport, each in its turn. */
function otherClient({ execution, event, number, open }: Scene<ItemEvent>): string | undefined {
  const transport = transportNameOf(execution, event.c);
  const others = execution.plan.clients.filter(
    ({ name }) => name !== event.c && open.has(name) && transportNameOf(execution, name) === transport,
  );
  return others[number % others.length]?.name;
}

/** As the connection ends later on, if it does: then only the moment is wrong. */
function endBefore({ execution: { events }, index, event }: Scene<ItemEvent>, hasCode: boolean): Closed {
  const { x, c, t } = event;
  for (let k = index + 1; k < events.length; k++) {
    const each = events[k]!;
    if (!('c' in each) || each.c !== c) continue;
    if (each.event === 'opened') break;
    if (each.event === 'closed' && each.by === 'target') return { ...each, t };
  }
  return { event: 'closed', x, c, t, ...(hasCode ? { code: 1000 } : {}), by: 'target' };
}
