/** Access modes that this server gives without being asked. */
import { type AccessMode, intersectModes, uniteModes } from '../tinode-core/access-mode.ts';
import { type Access, modeOf } from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { Level } from './account.ts';
import type { Profile } from './profile.ts';
import type { Attendee, Subscription, Topic } from './topic.ts';

export const ownMode: AccessMode = 'JPS';
export const notesMode: AccessMode = 'JRWDO';
export const ownerMode: AccessMode = 'JRWPASDO';
export const memberMode: AccessMode = 'JRWPS';
export const writerMode: AccessMode = 'RWPS';
export const readerMode: AccessMode = 'JRP';
export const systemMode: AccessMode = 'JRWPD';

export const admins = ['A', 'O'] as const;
export const sharers = ['A', 'S', 'O'] as const;

/** Between two users. */
export function pairMode({ deletesForBoth }: Profile): AccessMode {
  return deletesForBoth ? 'JRWPAD' : 'JRWPA';
}

/** Cut to what two users may grant each other; the right to approve is never taken away. */
export function asPairMode(profile: Profile, mode: AccessMode): AccessMode {
  return uniteModes(intersectModes(mode, pairMode(profile)), 'A');
}

/** What a new account grants to others. */
export function accountAccess(profile: Profile): AccessMode {
  return uniteModes(pairMode(profile), memberMode);
}

/** What a topic grants to whoever comes. */
export function defaultMode(topic: Topic, level: Level): AccessMode {
  if (level === 'root') return rootMode(topic);
  return level === 'anon' ? topic.access.anon : topic.access.auth;
}

function rootMode(topic: Topic): AccessMode {
  if (topic.kind === 'me' || topic.kind === 'fnd') return ownMode;
  if (topic.kind === 'slf') return notesMode;
  return topic.kind === 'group' ? memberMode : 'JRWPA';
}

export function subscriptionOf(topic: Topic, user: UserId, isReader = false): Subscription | undefined {
  return isReader ? topic.readers.get(user) : topic.subscriptions.get(user);
}

/** N for whoever is not subscribed. */
export function modeIn(topic: Topic, { user, isReader }: Pick<Attendee, 'user' | 'isReader'>): AccessMode {
  const subscription = subscriptionOf(topic, user, isReader);
  return subscription ? modeOf(subscription) : 'N';
}

export function showAccess(access: Access): { want: string; given: string; mode: string } {
  return { want: access.want, given: access.given, mode: modeOf(access) };
}
