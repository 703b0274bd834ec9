import { encodePair } from '../core/pairs.ts';
import type { Occupant } from '../core/registry.ts';
import type { Message, Subscription, Topic, TopicKind } from './topic.ts';
import type { GroupId, UserId } from './topic-name.ts';

type AnyTopic = Topic<Subscription, Occupant, Message, unknown>;
type KeptIn<T extends AnyTopic> = T extends { readonly subscriptions: Map<UserId, infer Kept> } ? Kept : never;

export interface TopicStore<T extends AnyTopic> {
  /** What belongs to one user exists once it is asked for. */
  me(user: UserId): T;
  fnd(user: UserId): T;
  slf(user: UserId): T | undefined;
  openSlf(user: UserId, atMs: number): T;
  /** There is one, for all users. */
  sys(): T;
  p2p(one: UserId, other: UserId): T | undefined;
  openP2p(one: UserId, other: UserId, atMs: number): T;
  group(id: GroupId): T | undefined;
  openGroup(id: GroupId, atMs: number): T;
  all(): T[];
  /** What the user is subscribed to besides me and fnd, in the order in which that began. */
  conversationsOf(user: UserId): T[];
  /** Subscribes the user, unless that is so already. Returns whether it is new. */
  join(topic: T, user: UserId, subscription: KeptIn<T>): boolean;
  part(topic: T, user: UserId): void;
  /** The topic is no more, for nobody. */
  drop(topic: T): void;
}

export function createTopicStore<T extends AnyTopic>(
  createTopic: (kind: TopicKind, key: string, createdMs: number, users: readonly UserId[]) => T,
): TopicStore<T> {
  const topics = new Map<string, T>();
  const joined = new Map<UserId, Set<T>>();

  /** `users` are those whose topic it is from the start. */
  function open(kind: TopicKind, key: string, atMs: number, users: readonly UserId[]): T {
    const known = topics.get(key);
    if (known) return known;
    const topic = createTopic(kind, key, atMs, users);
    topics.set(key, topic);
    return topic;
  }

  function part(topic: T, user: UserId): void {
    topic.subscriptions.delete(user);
    topic.attendance = undefined;
    joined.get(user)?.delete(topic);
  }

  return {
    me: user => open('me', `me ${user}`, 0, [user]),
    fnd: user => open('fnd', `fnd ${user}`, 0, [user]),
    slf: user => topics.get(`slf ${user}`),
    openSlf: (user, atMs) => open('slf', `slf ${user}`, atMs, [user]),
    sys: () => open('sys', 'sys', 0, []),
    p2p: (one, other) => topics.get(encodePair(one, other)),
    openP2p: (one, other, atMs) => open('p2p', encodePair(one, other), atMs, [one, other]),
    group: id => topics.get(id),
    openGroup: (id, atMs) => open('group', id, atMs, []),
    all: () => [...topics.values()],
    conversationsOf: user => [...(joined.get(user) ?? [])],
    join(topic, user, subscription) {
      if (topic.subscriptions.has(user)) return false;
      topic.subscriptions.set(user, subscription);
      topic.attendance = undefined;
      if (topic.kind === 'me' || topic.kind === 'fnd') return true;
      const others = joined.get(user);
      if (others) others.add(topic);
      else joined.set(user, new Set([topic]));
      return true;
    },
    part,
    drop(topic) {
      for (const user of [...topic.subscriptions.keys()]) part(topic, user);
      topics.delete(topic.key);
    },
  };
}
