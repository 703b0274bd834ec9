/** desc: a topic as one of its users sees it. What is zero, or not given, is left out. */
import { allows, allowsAny } from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import { writeTime } from '../tinode-core/wire-time.ts';
import type { Account } from './account.ts';
import type { AnswerName } from './answers.ts';
import type { Context, UserCall } from './context.ts';
import { sharers, showAccess, subscriptionOf } from './modes.ts';
import { findTopic, peerOf, type Target } from './names.ts';
import type { Subscription, Topic } from './topic.ts';

export function describeTopic(context: Context, call: UserCall, topic: Topic, sinceMs: number | undefined): object {
  const account = topic.kind === 'me' ? context.accounts.withId(call.user) : undefined;
  const { createdMs, updatedMs } = account ?? topic;
  const isNews = sinceMs === undefined || sinceMs < updatedMs || context.behaviour.fires('unchanged-told-again');
  return {
    created: sinceMs === undefined ? writeTime(createdMs) : undefined,
    updated: writeTime(updatedMs),
    ...(topic.kind === 'group' && { chan: topic.isChannel || undefined, subcnt: membersTold(context, topic) }),
    ...(isNews && shownBy(context, call, topic)),
    ...describeForSubscriber(context, call, topic, { updatedMs, isNews }),
  };
}

function membersTold({ behaviour }: Context, topic: Topic): number {
  return behaviour.fires('owner-not-counted') ? countOf(topic) - 1 : countOf(topic);
}

export function countOf({ subscriptions, readers }: Topic): number {
  return subscriptions.size + readers.size;
}

function shownBy({ accounts }: Context, call: UserCall, topic: Topic): object {
  switch (topic.kind) {
    case 'me':
      return shown(accounts.withId(call.user));
    case 'p2p':
      return shown(accounts.withId(peerOf(topic, call.user)));
    case 'fnd':
      return { public: topic.queries.size > 0 ? Object.fromEntries(topic.queries) : undefined };
    default:
      return shown(topic);
  }
}

function shown(source: { readonly public: unknown; readonly trusted: unknown } | undefined): object {
  return { public: source?.public, trusted: source?.trusted };
}

interface Told {
  readonly updatedMs: number;
  readonly isNews: boolean;
}

function describeForSubscriber(context: Context, call: UserCall, topic: Topic, { updatedMs, isNews }: Told): object {
  const { accounts, behaviour } = context;
  const isReader = topic.sessions.occupantOf(call.session.connection)?.isReader ?? false;
  const subscription = subscriptionOf(topic, call.user, isReader);
  if (!subscription) return {};
  const mode = modeOf(subscription);
  const access = topic.kind === 'me' ? accounts.withId(call.user)?.access : topic.access;
  const showsAccess = topic.kind === 'me' || (topic.kind !== 'p2p' && allowsAny(mode, sharers));
  return {
    defacs: showsAccess ? access : undefined,
    acs: showAccess(subscription),
    state: topic.kind === 'me' && call.session.level === 'root' ? 'ok' : undefined,
    ...(allows(mode, 'P') && presenceOf(context, call, topic)),
    private: isNews ? keptBy(context, topic, call.user, subscription) : undefined,
    ...(allows(mode, 'R') || (topic.seq > 0 && behaviour.fires('numbers-told-without-reading'))
      ? positionsIn(topic, subscription)
      : { touched: writeTime(updatedMs) }),
  };
}

/** A private value, of nobody else but for a fault. */
function keptBy({ behaviour }: Context, topic: Topic, user: string, own: Subscription): unknown {
  const theirs = topic.kind === 'p2p' ? topic.subscriptions.get(peerOf(topic, user))?.private : undefined;
  const isLeak = own.private === undefined && theirs !== undefined && behaviour.fires('private-told-to-peer');
  return isLeak ? theirs : own.private;
}

function presenceOf({ accounts }: Context, call: UserCall, topic: Topic): object {
  if (topic.kind === 'group') return { online: topic.sessions.everybody().length > 0 || undefined };
  return topic.kind === 'p2p' ? seenOf(accounts.withId(peerOf(topic, call.user))) : {};
}

export function seenOf(account: Account | undefined): object {
  const seen = account?.seen;
  return seen ? { seen: { when: writeTime(seen.atMs), ua: seen.userAgent || undefined } } : {};
}

function positionsIn(topic: Topic, { read, recv, clear }: Subscription): object {
  return {
    touched: topic.touchedMs > 0 ? writeTime(topic.touchedMs) : undefined,
    seq: topic.seq || undefined,
    read: read || undefined,
    recv: recv || undefined,
    clear: Math.max(clear, topic.deletions) || undefined,
  };
}

/** For whoever is not attached. */
export function describeFromOutside(context: Context, call: UserCall, target: Target): object | AnswerName {
  const topic = findTopic(context.topics, call.user, target);
  const known = describeTarget(context, call, target, topic);
  if (typeof known === 'string') return known;
  const isReader = target.kind === 'group' && target.asReader;
  const own =
    topic && topic.kind !== 'me' && topic.kind !== 'fnd' ? subscriptionOf(topic, call.user, isReader) : undefined;
  return own ? { ...known, private: own.private, acs: showAccess(own) } : known;
}

function describeTarget(
  { accounts, behaviour }: Context,
  call: UserCall,
  target: Target,
  topic: Topic | undefined,
): object | AnswerName {
  if (target.kind === 'group' || target.kind === 'sys') {
    if (!topic) return 'topicNotFound';
    return {
      ...timesOf(topic),
      ...shown(topic),
      chan: topic.isChannel || undefined,
      subcnt: countOf(topic) || undefined,
      defacs: topic.owner === call.user || behaviour.fires('defaults-told-to-strangers') ? topic.access : undefined,
      acs: { mode: call.level === 'anon' ? topic.access.anon : topic.access.auth },
    };
  }
  const about = target.kind === 'p2p' ? target.peer : target.kind === 'me' ? call.user : undefined;
  if (about === undefined) return 'malformed';
  const account = accounts.withId(about);
  if (!account) return 'userNotFound';
  const byLevel = { anon: account.access.anon, auth: account.access.auth, root: account.access.auth };
  const state = call.session.level === 'root' ? { state: account.isSuspended ? 'susp' : 'ok' } : {};
  return { ...timesOf(account), ...shown(account), ...state, acs: { mode: byLevel[call.level] } };
}

function timesOf({ createdMs, updatedMs }: { readonly createdMs: number; readonly updatedMs: number }): object {
  return { created: writeTime(createdMs), updated: writeTime(updatedMs) };
}
