/** The same topic has other names for other users: a conversation of two is called by the id of the other. */
import { readsAsUser, type UserId } from '../tinode-core/topic-name.ts';
import type { TopicStore } from '../tinode-core/topic-store.ts';
import type { AnswerName } from './answers.ts';
import type { Topic } from './topic.ts';

/** What a client means by a name. */
export type Target =
  | { readonly kind: 'me' | 'fnd' | 'slf' | 'sys' | 'newGroup' | 'newChannel' | 'unknown' }
  | { readonly kind: 'p2p'; readonly peer: UserId }
  | { readonly kind: 'group'; readonly group: string; readonly asReader: boolean };

/** An answer if nothing could have this name for this user. */
export function readTarget(text: string, user: UserId): Target | AnswerName {
  if (text === '') return 'malformed';
  if (text.startsWith('new')) return { kind: 'newGroup' };
  if (text.startsWith('nch')) return { kind: 'newChannel' };
  if (text === 'me' || text === 'fnd' || text === 'slf' || text === 'sys') return { kind: text };
  if (text.startsWith('chn')) return { kind: 'group', group: `grp${text.slice(3)}`, asReader: true };
  if (text.startsWith('grp')) return { kind: 'group', group: text, asReader: false };
  if (text.startsWith('usr')) {
    if (!readsAsUser(text)) return 'malformed';
    return text === user ? 'permissionDenied' : { kind: 'p2p', peer: text };
  }
  return { kind: 'unknown' };
}

/** Undefined if there is none, yet or ever. */
export function findTopic(topics: TopicStore<Topic>, user: UserId, target: Target): Topic | undefined {
  switch (target.kind) {
    case 'me':
      return topics.me(user);
    case 'fnd':
      return topics.fnd(user);
    case 'slf':
      return topics.slf(user);
    case 'sys':
      return topics.sys();
    case 'p2p':
      return topics.p2p(user, target.peer);
    case 'group':
      return topics.group(target.group);
    default:
      return undefined;
  }
}

export function nameFor(topic: Topic, user: UserId, isReader = false): string {
  if (topic.kind === 'group') return isReader ? `chn${topic.key.slice(3)}` : topic.key;
  return topic.kind === 'p2p' ? peerOf(topic, user) : topic.kind;
}

export function peerOf({ users }: Topic, user: UserId): UserId {
  return users[0] === user ? users[1]! : users[0]!;
}
