/** Mutants of an item as a whole: not there, there twice, too late, out of order, with somebody else, behind the end of the connection. */
import type { Closed, ItemEvent, LogEvent } from '../evidence/events.ts';
import { transportKindOf, transportNameOf } from './client-transport.ts';
import { type Change, type Changed, type Edit, mutantOf, putInstead, type Scene, withoutConnection } from './scene.ts';

export function* wholeEdits(scene: Scene<ItemEvent>, kind: string | undefined): Generator<Edit> {
  const { execution, event, index } = scene;
  const rest = () => execution.events.slice(index + 1);
  const edit = (change: Change, make: Edit['make']): Edit => ({
    mutant: mutantOf(scene, { kind, ...change }),
    scene,
    make,
  });
  const transport = transportKindOf(execution, event.c);
  yield edit({ operator: 'drop' }, () => ({ tail: rest() }));
  // An answer that no request asked for is no HTTP, and reaches no scenario.
  if (transport !== 'http') yield edit({ operator: 'repeat' }, () => ({ tail: [event, event, ...rest()] }));
  const neighbour = neighbourOf(scene);
  if (neighbour !== undefined) yield edit({ operator: 'swap' }, () => swapped(scene, neighbour));
  yield edit({ operator: 'delay' }, () => ({ tail: delayed(scene) }));
  const other = transport === 'http' ? undefined : otherClient(scene);
  if (other !== undefined)
    yield edit({ operator: 'misdeliver', becomes: other }, () => putInstead(scene, { ...event, c: other }));
  if (transport === 'udp') return;
  yield edit({ operator: 'close-early' }, () => {
    const instead = endBefore(scene, transport === 'websocket');
    return { instead, tail: [instead, ...withoutConnection(scene)] };
  });
}

/** Mutants of the end of a connection. */
export function* closeEdits(scene: Scene<Closed>): Generator<Edit> {
  const { execution, event, index } = scene;
  const { code, by } = event;
  if (code !== undefined && by === 'target') {
    const other = code === 1000 ? 1011 : 1000;
    const change = { operator: 'close-code', was: String(code), becomes: String(other) } as const;
    yield { mutant: mutantOf(scene, change), scene, make: () => putInstead(scene, { ...event, code: other }) };
  }
  const make = () => ({ tail: execution.events.slice(index + 1) });
  yield { mutant: mutantOf(scene, { operator: 'never-close' }), scene, make };
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
  const tail = events.slice(index);
  const neighbour = events[at] as ItemEvent;
  tail[0] = { ...neighbour, t: event.t };
  tail[at - index] = { ...event, t: neighbour.t };
  return { tail, neighbour };
}

/**
 * Just behind the instant by which it had to come; what follows on the connection comes behind it. Without such an instant the
 * connection is silent until patience has run out.
 */
function delayed(scene: Scene<ItemEvent>): readonly LogEvent[] {
  const { execution, index, event, readings } = scene;
  const deadlineUs = readings.find(each => each.deadlineUs !== undefined)?.deadlineUs;
  if (deadlineUs === undefined) return withoutConnection(scene);
  const lateUs = deadlineUs + 1_000 + longestStall(execution.events);
  let same = true;
  const moved = execution.events.slice(index).map((each): LogEvent => {
    if (!('c' in each) || each.c !== event.c) return each;
    if (each.event === 'opened') same = false;
    const isTargets = each.event === 'item' || each.event === 'closed';
    return same && isTargets && each.t < lateUs ? { ...each, t: lateUs } : each;
  });
  return moved.sort((a, b) => a.t - b.t);
}

/** What is late by less than that is no evidence against anybody (language, section 8). */
function longestStall(events: readonly LogEvent[]): number {
  return events.reduce((longest, event) => (event.event === 'stalled' ? Math.max(longest, event.lagUs) : longest), 0);
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
