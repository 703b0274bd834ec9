/** get sub: the topics of a user, on me; who is subscribed, in a topic. */
import { allows, allowsAny } from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import { writeTime } from '../tinode-core/wire-time.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { countOf, seenOf } from './descriptions.ts';
import { admins, modeIn, sharers, showAccess, subscriptionOf } from './modes.ts';
import { findTopic, nameFor, peerOf, readTarget, type Target } from './names.ts';
import type { GetOptions } from './requests.ts';
import { rowsFound } from './search.ts';
import { sendMeta, sendNothing } from './send-meta.ts';
import type { Departed, Subscription, Topic } from './topic.ts';

interface Asked {
  readonly asReader: boolean;
  readonly options: GetOptions;
}

export function sendRows(context: Context, call: UserCall, topic: Topic, { asReader, options }: Asked): void {
  if (options.since || options.before) return answer(context, call, 'malformed');
  const rows = rowsOf(context, call, topic, { asReader, options });
  if (rows.length === 0) return sendNothing(context, call, 'sub');
  const isReversed = topic.kind !== 'fnd' && rows.length > 1 && context.behaviour.varies('rows-reversed');
  sendMeta(context, call, { sub: isReversed ? rows.toReversed() : rows });
}

function rowsOf(context: Context, call: UserCall, topic: Topic, { asReader, options }: Asked): object[] {
  switch (topic.kind) {
    case 'me':
      return rowsOnMe(context, call, topic, options);
    case 'fnd':
      return rowsFound(context, call, topic);
    case 'p2p':
      return memberRows(context, call, topic, options, [...topic.subscriptions]);
    case 'group': {
      const readers = [...topic.readers].filter(([user]) => user === call.user);
      return memberRows(context, call, topic, options, asReader ? readers : [...topic.subscriptions]);
    }
    default:
      return [];
  }
}

function rowsOnMe(context: Context, call: UserCall, me: Topic, options: GetOptions): object[] {
  const { topics } = context;
  const { user } = call;
  const asked = options.topic ? readTarget(options.topic, user) : undefined;
  const only = asked && typeof asked !== 'string' ? findTopic(topics, user, asked) : undefined;
  if (asked !== undefined && !only) return [];
  const all = [...topics.conversationsOf(user), ...topics.all().filter(({ readers }) => readers.has(user))];
  const shown = options.limit ? all.slice(0, mostRows(context, all.length, options.limit)) : all;
  const wanted = shown.filter(topic => (only === undefined || topic === only) && topic.kind !== 'sys');
  const { ims } = options;
  if (ims === undefined) return wanted.map(topic => rowOnMe(context, call, me, topic, ims));
  const changed = wanted.filter(topic => hasChanged(context, user, topic, ims));
  const rows = changed.map(topic => rowOnMe(context, call, me, topic, ims));
  const names = changed.map(topic => nameFor(topic, user, topic.readers.has(user)));
  const departed = departedRows(topics.all(), user, ims);
  const isForgotten = departed.length > 0 && context.behaviour.fires('ended-subscriptions-forgotten');
  return [...rows, ...(isForgotten ? [] : departed), ...onlineRows(me, names)];
}

/** me and fnd are subscriptions too: they count, though they are not shown. */
function mostRows({ behaviour }: Context, count: number, limit: number): number {
  const least = Math.max(0, limit - hiddenRows);
  return count > least && behaviour.varies('limit-of-what-is-shown') ? limit : least;
}

function hasChanged({ accounts }: Context, user: UserId, topic: Topic, sinceMs: number): boolean {
  const subscription = topic.subscriptions.get(user) ?? topic.readers.get(user);
  const shown = topic.kind === 'p2p' ? accounts.withId(peerOf(topic, user)) : topic;
  const latestMs = Math.max(subscription?.updatedMs ?? 0, topic.touchedMs, shown?.updatedMs ?? 0);
  return latestMs > sinceMs;
}

/** Of those that have not changed it is told that they are online, if they are. */
function onlineRows({ contacts }: Topic, names: readonly string[]): object[] {
  const others = [...contacts].filter(([name, { isOnline }]) => isOnline && !names.includes(name));
  return others.map(([topic]) => ({ topic, online: true, acs: {} }));
}

const hiddenRows = 2;

function departedRows(topics: readonly Topic[], user: UserId, sinceMs: number): object[] {
  return topics.flatMap(topic => {
    const departed = topic.departed.get(user);
    if (!departed || departed.deletedMs <= sinceMs) return [];
    return [{ topic: nameFor(topic, user), deleted: writeTime(departed.deletedMs), acs: {} }];
  });
}

function rowOnMe(context: Context, call: UserCall, me: Topic, topic: Topic, sinceMs: number | undefined): object {
  const { accounts, behaviour } = context;
  const { user } = call;
  const isReader = topic.readers.has(user);
  const subscription = subscriptionOf(topic, user, isReader)!;
  const name = nameFor(topic, user, isReader);
  const mode = modeOf(subscription);
  const hearsPresence = allows(modeIn(me, { user, isReader: false }), 'P');
  const isOnline = hearsPresence && (me.contacts.get(name)?.isOnline ?? false);
  const isBanned = !allows(mode, 'J');
  const isNews = sinceMs === undefined || subscription.updatedMs > sinceMs;
  const peer = topic.kind === 'p2p' ? accounts.withId(peerOf(topic, user)) : undefined;
  const shown = topic.kind === 'p2p' ? peer : topic;
  const own = subscription.private;
  const showsPrivate = own === undefined || !behaviour.varies('private-left-out-of-rows');
  return {
    topic: name,
    updated: writeTime(subscription.updatedMs),
    online: isOnline || undefined,
    acs: showAccess(subscription),
    ...(!isBanned && {
      ...progressOnMe(topic, subscription),
      subcnt: topic.kind === 'group' ? countOf(topic) : undefined,
    }),
    ...(!isBanned && peer && (!isOnline || (peer.seen && behaviour.fires('seen-told-while-online'))) && seenOf(peer)),
    ...(isNews && { public: shown?.public, trusted: shown?.trusted, private: showsPrivate ? own : undefined }),
  };
}

function progressOnMe(topic: Topic, subscription: Subscription): object {
  if (!allows(modeOf(subscription), 'R')) return { touched: writeTime(subscription.updatedMs) };
  const { read, recv, clear } = subscription;
  return {
    touched: topic.touchedMs > 0 ? writeTime(topic.touchedMs) : undefined,
    seq: topic.seq || undefined,
    clear: Math.max(clear, topic.clearedForAll) || undefined,
    read: read || undefined,
    recv: recv || undefined,
  };
}

type Members = readonly (readonly [UserId, Subscription])[];

function memberRows(context: Context, call: UserCall, topic: Topic, options: GetOptions, members: Members): object[] {
  const wanted = options.user ? members.filter(([user]) => user === options.user) : members;
  const most = options.limit ? options.limit : wanted.length;
  const rows = wanted.slice(0, most).map(([user, each]) => memberRow(context, call, topic, options.ims, user, each));
  if (options.ims === undefined) return rows;
  const gone = [...topic.departed].filter(([, { deletedMs }]) => deletedMs > options.ims!);
  return [...rows, ...gone.map(departedMember)];
}

function departedMember([user, { deletedMs }]: readonly [UserId, Departed]): object {
  return { user, deleted: writeTime(deletedMs), acs: {} };
}

function memberRow(
  { accounts, behaviour }: Context,
  call: UserCall,
  topic: Topic,
  sinceMs: number | undefined,
  user: UserId,
  subscription: Subscription,
): object {
  const own = modeIn(topic, { user: call.user, isReader: topic.readers.has(call.user) });
  const mode = modeOf(subscription);
  const isOwn = user === call.user;
  const isBanned = topic.kind === 'group' && !allows(mode, 'J');
  const mayKnow = allowsAny(own, sharers) || isOwn || allowsAny(mode, admins);
  const showsMode = mayKnow || behaviour.fires('access-of-all-told');
  const showsSelf = sinceMs === undefined || subscription.updatedMs > sinceMs;
  const reads = allows(mode, 'R') && !isBanned;
  const isAttached = topic.kind === 'group' && topic.sessions.connectionsOf([user]).length > 0;
  const isThere = isAttached && (allows(own, 'P') || behaviour.fires('who-is-there-told-without-presence'));
  const account = topic.kind === 'group' ? accounts.withId(user) : undefined;
  return {
    user,
    updated: writeTime(subscription.updatedMs),
    online: isThere || undefined,
    acs: showsMode ? showAccess(subscription) : {},
    clear: (reads && isOwn && Math.max(subscription.clear, topic.clearedForAll)) || undefined,
    read: (reads && subscription.read) || undefined,
    recv: (reads && subscription.recv) || undefined,
    ...(showsSelf && { public: account?.public, trusted: account?.trusted }),
    private: showsSelf && isOwn ? subscription.private : undefined,
  };
}

/** For whoever is not attached: their own subscription, also one that they had. */
export function ownRow(context: Context, call: UserCall, target: Target): object | undefined {
  const topic = findTopic(context.topics, call.user, target);
  if (!topic) return undefined;
  const isReader = target.kind === 'group' && target.asReader;
  const departed = topic.departed.get(call.user);
  const subscription = subscriptionOf(topic, call.user, isReader);
  if (!subscription) return departed && { deleted: writeTime(departed.deletedMs), acs: {} };
  const { read, recv, clear, updatedMs } = subscription;
  const reads = allows(modeOf(subscription), 'R') && allows(modeOf(subscription), 'J');
  return {
    user: call.user,
    updated: writeTime(updatedMs),
    acs: showAccess(subscription),
    private: topic.kind === 'fnd' ? undefined : subscription.private,
    ...(reads && { read: read || undefined, recv: recv || undefined, clear: clear || undefined }),
  };
}
