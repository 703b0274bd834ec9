/** The same topic has other names for other users: a conversation of two is called by the id of the other. */
import type { Topic } from '../tinode-core/topic.ts';
import { readTopicName, type UserId } from '../tinode-core/topic-name.ts';
import type { TopicStore } from '../tinode-core/topic-store.ts';

export function nameFor(topic: Topic, user: UserId): string {
  if (topic.kind === 'group') return topic.key;
  return topic.kind === 'p2p' ? peerOf(topic, user) : topic.kind;
}

export function peerOf(topic: Topic, user: UserId): UserId {
  const [one, other] = topic.subscriptions.keys();
  return one === user ? other! : one!;
}

/** Undefined if nothing has this name for this user, yet or ever. */
export function findTopic(topics: TopicStore<Topic>, user: UserId, text: string): Topic | undefined {
  const name = readTopicName(text);
  switch (name?.kind) {
    case 'me':
      return topics.me(user);
    case 'fnd':
      return topics.fnd(user);
    case 'p2p':
      return topics.p2p(user, name.peer);
    case 'group':
      return topics.group(name.group);
    default:
      return undefined;
  }
}
