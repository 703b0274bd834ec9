import { type ConnectionId, createRegistry, type Occupant, type Registry } from '../core/registry.ts';
import { type AccessLetter, type AccessMode, allows, intersectModes } from './access-mode.ts';
import type { UserId } from './topic-name.ts';

export interface Access {
  readonly want: AccessMode;
  readonly given: AccessMode;
}

export interface Subscription extends Access {
  readonly updatedMs: number;
}

/** Numbered from 1 in each topic, without gaps. */
export interface Message {
  readonly seq: number;
  readonly from: UserId;
  readonly atMs: number;
  readonly content: unknown;
}

/** A subscription lasts; a session is attached to the topic until it leaves or ends. Only who is subscribed can be attached. */
export interface Topic {
  /** Own to this topic; clients see other names of it. */
  readonly key: string;
  readonly kind: 'me' | 'fnd' | 'p2p' | 'group';
  readonly createdMs: number;
  readonly subscriptions: Map<UserId, Subscription>;
  readonly sessions: Registry<Occupant>;
  readonly messages: Message[];
  /** The number of the last message, which may be gone. */
  seq: number;
}

export function createTopic(kind: Topic['kind'], key: string, createdMs: number): Topic {
  return { key, kind, createdMs, subscriptions: new Map(), sessions: createRegistry(), messages: [], seq: 0 };
}

export function modeOf({ want, given }: Access): AccessMode {
  return intersectModes(want, given);
}

export function mayIn(topic: Topic, user: UserId, letter: AccessLetter): boolean {
  const subscription = topic.subscriptions.get(user);
  return subscription !== undefined && allows(modeOf(subscription), letter);
}

export function attach(topic: Topic, connection: ConnectionId, user: UserId): void {
  topic.sessions.bind(connection, { user, device: String(connection) });
}

export function detach(topic: Topic, connection: ConnectionId): void {
  topic.sessions.release(connection);
}

export function isAttached(topic: Topic, connection: ConnectionId): boolean {
  return topic.sessions.occupantOf(connection) !== undefined;
}

export function attachedOf(topic: Topic, user: UserId): ConnectionId[] {
  return topic.sessions.connectionsOf([user]);
}

export function readersOf(topic: Topic): ConnectionId[] {
  return topic.sessions.connectionsOf([...topic.subscriptions.keys()].filter(user => mayIn(topic, user, 'R')));
}

export function append(topic: Topic, from: UserId, content: unknown, atMs: number): Message {
  const message = { seq: ++topic.seq, from, atMs, content };
  topic.messages.push(message);
  return message;
}
