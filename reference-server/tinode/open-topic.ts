/** Finds the topic that somebody wants to be in, or makes it. */
import { allows, readMode, subtractModes, uniteModes } from '../tinode-core/access-mode.ts';
import { idBytes, type UserId, writeGroupId } from '../tinode-core/topic-name.ts';
import type { Account } from './account.ts';
import type { AnswerName } from './answers.ts';
import type { Context, UserCall } from './context.ts';
import { isCleared } from './merge.ts';
import { asPairMode, memberMode, notesMode, ownerMode, pairMode, writerMode } from './modes.ts';
import type { Target } from './names.ts';
import type { AccessChange, Settings } from './requests.ts';
import { hasProtectedTags, readTags } from './tags.ts';
import { createSubscription, grant, type Subscription, type Topic } from './topic.ts';

export interface Opened {
  readonly topic: Topic;
  readonly asReader: boolean;
  /** The topic was made just now. */
  readonly isMade: boolean;
  /** So was the subscription of the caller, */
  readonly isNew: boolean;
  /** or that of the other of the two. */
  readonly hasNewPeer: boolean;
}

export function openTopic(context: Context, call: UserCall, target: Target, settings: Settings): Opened | AnswerName {
  const { topics } = context;
  const { user } = call;
  switch (target.kind) {
    case 'me':
      return known(topics.me(user));
    case 'fnd':
      return known(topics.fnd(user));
    case 'sys':
      return known(topics.sys());
    case 'slf':
      return openNotes(context, call, settings);
    case 'p2p':
      return openPair(context, call, target.peer, settings);
    case 'newGroup':
    case 'newChannel':
      return openGroup(context, call, target.kind === 'newChannel', settings);
    case 'group': {
      const topic = topics.group(target.group);
      if (!topic) return 'topicNotFound';
      if (target.asReader && !topic.isChannel) return 'notFound';
      return { ...known(topic), asReader: target.asReader };
    }
    default:
      return 'topicNotFound';
  }
}

function known(topic: Topic): Opened {
  return { topic, asReader: false, isMade: false, isNew: false, hasNewPeer: false };
}

/** Notes to oneself. */
function openNotes({ topics, nowMs }: Context, { user }: UserCall, { desc }: Settings): Opened {
  const old = topics.slf(user);
  if (old) return known(old);
  const topic = topics.openSlf(user, nowMs());
  topic.owner = user;
  topic.access = { auth: notesMode, anon: 'N' };
  topics.join(topic, user, createSubscription(notesMode, notesMode, nowMs(), given(desc?.private)));
  return { ...known(topic), isMade: true, isNew: true };
}

function openPair(context: Context, call: UserCall, peerId: UserId, settings: Settings): Opened | AnswerName {
  const { accounts, topics, nowMs } = context;
  const { user } = call;
  const account = accounts.withId(user);
  const peer = accounts.withId(peerId);
  if (!account || !peer) return 'userNotFound';
  const old = topics.p2p(user, peerId);
  const isWhole = old?.subscriptions.size === 2;
  // While it runs, who was in it is remembered with what they had.
  if (old && (isWhole || old.isRunning)) return known(old);

  const theirs = old?.subscriptions.get(peerId) ?? peersSubscription(context, account, settings);
  const grantedBy = accessTo(context, peer, call);
  const mine = old?.subscriptions.get(user) ?? callersSubscription(context, theirs.given, grantedBy, settings);
  const hasNewPeer = !old?.subscriptions.has(peerId);
  if (!allows(mine.given, 'J') && !old) return 'permissionDenied';
  const topic = topics.openP2p(user, peerId, nowMs());
  if (hasNewPeer) grant(topic, theirs, { want: asPairMode(context.profile, grantedBy) });
  const isNew = topics.join(topic, user, mine);
  topics.join(topic, peerId, theirs);
  for (const each of topic.users) topic.departed.delete(each);
  return { ...known(topic), isMade: !old, isNew, hasNewPeer };
}

/** The caller grants the other what they ask for, or what they grant everybody. */
function peersSubscription({ profile, nowMs }: Context, account: Account, { desc }: Settings): Subscription {
  const asked = desc?.defacs ? readMode(desc.defacs.auth ?? '') : undefined;
  const granted = asPairMode(profile, desc?.defacs?.auth && asked !== undefined ? asked : account.access.auth);
  return createSubscription('N', granted, nowMs(), undefined);
}

function callersSubscription(context: Context, granted: string, grantedBy: string, settings: Settings): Subscription {
  const { profile, nowMs } = context;
  const mode = settings.sub?.mode ?? '';
  const asked = mode === '' ? undefined : readMode(mode);
  const want = settings.sub ? uniteModes(asPairMode(profile, asked ?? granted), 'J') : granted;
  return createSubscription(want, grantedBy, nowMs(), given(settings.desc?.private));
}

function accessTo({ profile }: Context, { access }: Account, { level }: UserCall): string {
  if (level === 'root') return pairMode(profile);
  return level === 'anon' ? access.anon : access.auth;
}

function openGroup(context: Context, call: UserCall, isChannel: boolean, settings: Settings): Opened | AnswerName {
  const { limits, topics, nowMs, randomBytes } = context;
  const { user, level } = call;
  const { desc, sub } = settings;
  if (desc?.trusted !== undefined && level !== 'root') return 'permissionDenied';
  const tags = readTags(settings.tags ?? [], limits.tags);
  if (hasProtectedTags(context, tags)) return 'permissionDenied';

  const topic = topics.openGroup(writeGroupId(randomBytes(idBytes)), nowMs());
  topic.owner = user;
  topic.isChannel = isChannel;
  topic.access = groupAccess(desc?.defacs, isChannel ? writerMode : memberMode);
  topic.public = given(desc?.public);
  topic.trusted = given(desc?.trusted);
  topic.tags = tags;
  const asked = sub?.mode ? readMode(sub.mode) : undefined;
  const want = asked === undefined ? ownerMode : uniteModes(asked, 'JO');
  topics.join(topic, user, createSubscription(want, ownerMode, nowMs(), given(desc?.private)));
  return { ...known(topic), isMade: true, isNew: true };
}

/** Letters that cannot be read are as if they had not been given; nobody owns a group by default. */
function groupAccess(asked: AccessChange | undefined, standard: string): { auth: string; anon: string } {
  const read = (text: string | undefined, fallback: string) =>
    subtractModes(text ? (readMode(text) ?? fallback) : fallback, 'O');
  return { auth: read(asked?.auth, standard), anon: read(asked?.anon, 'N') };
}

function given(value: unknown): unknown {
  return isCleared(value) ? undefined : value;
}
