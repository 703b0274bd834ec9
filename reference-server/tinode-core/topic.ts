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

export type TopicKind = 'me' | 'fnd' | 'slf' | 'sys' | 'p2p' | 'group';

/**
 * A subscription lasts; a session is attached to the topic until it leaves or ends. Only who is subscribed can be attached. What else
 * a server keeps of each is its own.
 */
export interface Topic<
  Kept extends Subscription = Subscription,
  Who extends Occupant = Occupant,
  Said extends Message = Message,
  Present = Attendance,
> {
  /** Own to this topic; clients see other names of it. */
  readonly key: string;
  readonly kind: TopicKind;
  readonly createdMs: number;
  readonly subscriptions: Map<UserId, Kept>;
  readonly sessions: Registry<Who>;
  readonly messages: Said[];
  /** The number of the last message, which may be gone. */
  seq: number;
  /** Kept until somebody comes or goes: a publish to thousands would spend most of its time on finding them. */
  attendance: Present | undefined;
}

export interface Attendance {
  /** Sessions of all who may read. */
  readonly readers: readonly ConnectionId[];
  /** Who is subscribed and has no session here. */
  readonly absent: readonly UserId[];
}

export function createTopic(kind: TopicKind, key: string, createdMs: number): Topic {
  return {
    key,
    kind,
    createdMs,
    subscriptions: new Map(),
    sessions: createRegistry(),
    messages: [],
    seq: 0,
    attendance: undefined,
  };
}

export function modeOf({ want, given }: Access): AccessMode {
  return intersectModes(want, given);
}

export function mayIn(topic: Topic, user: UserId, letter: AccessLetter): boolean {
  const subscription = topic.subscriptions.get(user);
  return subscription !== undefined && allows(subscription.want, letter) && allows(subscription.given, letter);
}

export function attach(topic: Topic, connection: ConnectionId, user: UserId): void {
  topic.sessions.bind(connection, { user, device: String(connection) });
  topic.attendance = undefined;
}

export function detach(topic: Topic, connection: ConnectionId): void {
  topic.sessions.release(connection);
  topic.attendance = undefined;
}

export function isAttached(topic: Topic, connection: ConnectionId): boolean {
  return topic.sessions.occupantOf(connection) !== undefined;
}

export function attachedOf(topic: Topic, user: UserId): ConnectionId[] {
  return topic.sessions.connectionsOf([user]);
}

export function attendanceOf(topic: Topic): Attendance {
  topic.attendance ??= takeAttendance(topic);
  return topic.attendance;
}

function takeAttendance(topic: Topic): Attendance {
  const users = [...topic.subscriptions.keys()];
  return {
    readers: topic.sessions.connectionsOf(users.filter(user => mayIn(topic, user, 'R'))),
    absent: users.filter(user => attachedOf(topic, user).length === 0),
  };
}

export function append<Said extends Message>(
  topic: Pick<Topic<Subscription, Occupant, Said>, 'seq' | 'messages'>,
  said: Omit<Said, 'seq'>,
): Said {
  const message = { ...said, seq: ++topic.seq } as Said;
  topic.messages.push(message);
  return message;
}
