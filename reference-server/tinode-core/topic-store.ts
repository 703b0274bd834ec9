import { encodePair } from '../core/pairs.ts';
import { type Access, createTopic, subscribe, type Topic } from './topic.ts';
import type { GroupId, UserId } from './topic-name.ts';

export interface TopicStore {
  /** What belongs to one user exists once it is asked for. */
  me(user: UserId): Topic;
  fnd(user: UserId): Topic;
  p2p(one: UserId, other: UserId): Topic | undefined;
  openP2p(one: UserId, other: UserId, atMs: number): Topic;
  group(id: GroupId): Topic | undefined;
  openGroup(id: GroupId, atMs: number): Topic;
  /** Groups and conversations of two that the user is subscribed to, in the order in which they began. */
  conversationsOf(user: UserId): Topic[];
  /** Subscribes the user, unless that is so already. Returns whether it is new. */
  join(topic: Topic, user: UserId, access: Access, atMs: number): boolean;
}

export function createTopicStore(): TopicStore {
  const topics = new Map<string, Topic>();
  const joined = new Map<UserId, Set<Topic>>();

  function open(kind: Topic['kind'], key: string, atMs: number): Topic {
    const known = topics.get(key);
    if (known) return known;
    const topic = createTopic(kind, key, atMs);
    topics.set(key, topic);
    return topic;
  }

  return {
    me: user => open('me', `me ${user}`, 0),
    fnd: user => open('fnd', `fnd ${user}`, 0),
    p2p: (one, other) => topics.get(encodePair(one, other)),
    openP2p: (one, other, atMs) => open('p2p', encodePair(one, other), atMs),
    group: id => topics.get(id),
    openGroup: (id, atMs) => open('group', id, atMs),
    conversationsOf: user => [...(joined.get(user) ?? [])],
    join(topic, user, access, atMs) {
      if (topic.subscriptions.has(user)) return false;
      subscribe(topic, user, { ...access, updatedMs: atMs });
      if (topic.kind === 'me' || topic.kind === 'fnd') return true;
      const others = joined.get(user);
      if (others) others.add(topic);
      else joined.set(user, new Set([topic]));
      return true;
    },
  };
}
