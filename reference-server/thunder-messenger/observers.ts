/** Who has registered for what. An observer is one event under one id on one connection, and goes with the connection. */
import type { ConnectionId } from '../core/registry.ts';

export type EventName = 'roomupdate' | 'userupdate' | 'message';

export interface Observer {
  readonly connection: ConnectionId;
  readonly event: string;
  /** As it was given: `<client-id>`, or `<roomid>.<client-id>`. */
  readonly id: string;
}

export interface Observers {
  add(observer: Observer): void;
  remove(observer: Observer): void;
  find(wanted: Observer): Observer | undefined;
  ofConnection(connection: ConnectionId): readonly Observer[];
  /** All of an event, or those of one roomid, in the order in which they registered. */
  of(event: EventName, roomid?: string): readonly Observer[];
}

export function createObservers(): Observers {
  const byTopic = new Map<string, Set<Observer>>();
  const byConnection = new Map<ConnectionId, Set<Observer>>();

  return {
    add(observer) {
      insert(byTopic, topicOf(observer), observer);
      insert(byConnection, observer.connection, observer);
    },
    remove(observer) {
      take(byTopic, topicOf(observer), observer);
      take(byConnection, observer.connection, observer);
    },
    find: ({ connection, event, id }) =>
      [...(byConnection.get(connection) ?? [])].find(known => known.event === event && known.id === id),
    ofConnection: connection => [...(byConnection.get(connection) ?? [])],
    of: (event, roomid) => [...(byTopic.get(roomid === undefined ? event : `${event} ${roomid}`) ?? [])],
  };
}

/** The document, userupdate and message: the id begins with the roomid. */
export function roomidOf({ id }: Observer): string {
  return id.split('.', 1)[0]!;
}

function topicOf(observer: Observer): string {
  return observer.event === 'roomupdate' ? observer.event : `${observer.event} ${roomidOf(observer)}`;
}

function insert<Key>(sets: Map<Key, Set<Observer>>, key: Key, observer: Observer): void {
  const set = sets.get(key);
  if (set) set.add(observer);
  else sets.set(key, new Set([observer]));
}

function take<Key>(sets: Map<Key, Set<Observer>>, key: Key, observer: Observer): void {
  const set = sets.get(key);
  set?.delete(observer);
  if (set?.size === 0) sets.delete(key);
}
