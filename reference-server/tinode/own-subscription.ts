/** What somebody asks for in a topic for themselves: by sub, or by set. */
import {
  type AccessMode,
  allows,
  allowsAny,
  covers,
  intersectModes,
  readMode,
  subtractModes,
  uniteModes,
} from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import { evict } from './attendance.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { isCleared } from './merge.ts';
import { admins, asPairMode, defaultMode, readerMode, showAccess, systemMode } from './modes.ts';
import { subscriptionHappened } from './plugin-events.ts';
import { announceAccess, tellContacts } from './presence.ts';
import { createSubscription, grant, type Subscription, type Topic } from './topic.ts';

export interface OwnRequest {
  readonly topic: Topic;
  /** Of a channel, by its chn name. */
  readonly asReader: boolean;
  /** Letters; empty if nothing is said of it. */
  readonly mode: string;
  readonly private: unknown;
  /** The topic was made for it, and the subscription with it. */
  readonly isNew: boolean;
}

export interface Settled {
  /** There is a subscription now that was not there before, or not for the topic as it runs. */
  readonly isNew: boolean;
  /** Undefined if it is as before. */
  readonly acs: ReturnType<typeof showAccess> | undefined;
  readonly mayAttend: boolean;
}

/** Undefined if it is refused, which has been answered. */
export function settleOwn(context: Context, call: UserCall, request: OwnRequest): Settled | undefined {
  const { topic, asReader } = request;
  const wanted = request.mode === '' ? undefined : readMode(request.mode);
  if (request.mode !== '' && wanted === undefined) return refuse(context, call, 'malformed');
  const isMember = asReader && topic.subscriptions.has(call.user);
  if (isMember && !context.behaviour.fires('members-may-be-readers')) {
    answer(context, call, 'useOther', { params: { topic: topic.key } });
    return undefined;
  }

  const known = asReader ? topic.readers.get(call.user) : topic.subscriptions.get(call.user);
  const before = known ? { want: known.want, given: known.given } : noAccess(asReader);
  const settled = known ? change(context, call, request, known, wanted) : open(context, call, request, wanted);
  if (!settled) return undefined;

  const isNew = request.isNew || !known;
  const after = { want: settled.want, given: settled.given };
  const isOther = before.want !== after.want || before.given !== after.given;
  if (topic.kind === 'me' && !hasPresence(after) && hasPresence(before)) {
    tellContacts(context, topic, call.user, 'off+dis', topic.agent);
  }
  if (isOther) {
    const { session, user } = call;
    announceAccess(context, topic, { user, actor: user, isReader: asReader, before, after, skip: session.connection });
  }
  const acs = isNew || isOther ? showAccess(after) : undefined;
  if (!allows(after.want, 'J')) {
    evict(context, topic, call.user, { unsub: false });
    return { isNew, acs, mayAttend: false };
  }
  const isBanned = !allows(after.given, 'J');
  if (isBanned && !context.behaviour.fires('ban-not-kept')) return refuse(context, call, 'permissionDenied');
  return { isNew, acs, mayAttend: true };
}

type Access = { readonly want: AccessMode; readonly given: AccessMode };

function noAccess(asReader: boolean): Access {
  return asReader ? { want: readerMode, given: readerMode } : { want: 'N', given: 'N' };
}

function refuse(context: Context, call: UserCall, why: Parameters<typeof answer>[2]): undefined {
  answer(context, call, why);
  return undefined;
}

/** Somebody comes for the first time, or again. */
function open(
  context: Context,
  call: UserCall,
  { topic, asReader, private: kept }: OwnRequest,
  wanted: AccessMode | undefined,
): Subscription | undefined {
  const { behaviour, limits, topics, nowMs } = context;
  const { user, level } = call;
  const isFull = topic.kind === 'group' && !asReader && topic.subscriptions.size >= limits.subscribers;
  if (isFull && !behaviour.fires('full-group-joined')) return refuse(context, call, 'policyViolation');
  if (topic.kind === 'sys' && level !== 'root') return refuse(context, call, 'permissionDenied');
  const { want, given } = firstAccess(context, call, topic, asReader, wanted);
  if (!allows(given, 'J')) return refuse(context, call, 'permissionDenied');
  const atMs = nowMs();
  const subscription = createSubscription(want, given, atMs, isCleared(kept) ? undefined : kept);
  if (asReader) topic.readers.set(user, subscription);
  else topics.join(topic, user, subscription);
  topic.departed.delete(user);
  subscriptionHappened(context, 'create', topic, { user, subscription, isReader: asReader });
  return subscription;
}

function firstAccess(
  { profile }: Context,
  { user, level }: UserCall,
  topic: Topic,
  asReader: boolean,
  wanted: AccessMode | undefined,
): Access {
  const former = topic.departed.get(user);
  if (topic.kind === 'p2p') {
    return { want: asPairMode(profile, wanted ?? former?.want ?? 'N'), given: former?.given ?? 'N' };
  }
  if (topic.kind === 'sys') {
    return { want: wanted ? uniteModes(intersectModes(wanted, systemMode), 'JW') : systemMode, given: systemMode };
  }
  if (asReader) return { want: wanted ? readersWish(wanted) : readerMode, given: readerMode };
  const standard = defaultMode(topic, level);
  return { want: wanted ?? standard, given: former?.given ?? standard };
}

function readersWish(wanted: AccessMode): AccessMode {
  return uniteModes(intersectModes(wanted, readerMode), 'JR');
}

/** Somebody who is subscribed asks for more, or less, or for nothing in particular. */
function change(
  context: Context,
  call: UserCall,
  { topic, asReader, private: kept, isNew }: OwnRequest,
  subscription: Subscription,
  wanted: AccessMode | undefined,
): Subscription | undefined {
  const { behaviour, nowMs, profile } = context;
  const { session, user, level } = call;
  const { want, given } = subscription;
  const isOwner = topic.owner === user;
  let wish = wanted;
  if (wish !== undefined && asReader && !session.topics.has(topic)) wish = readersWish(wish);
  if (wish !== undefined && !asReader) {
    const givesUp = isOwner && !covers(wish, 'JO');
    if (givesUp && !behaviour.fires('owner-gives-up')) return refuse(context, call, 'permissionDenied');
    if (allows(wish, 'O') && !allows(given, 'O')) return refuse(context, call, 'permissionDenied');
    grant(topic, subscription, { given: raised(topic, given, wish) });
    if (topic.kind === 'p2p') wish = asPairMode(profile, wish);
    if (topic.kind === 'sys') wish = uniteModes(intersectModes(wish, systemMode), 'W');
  }
  // Who had banned the topic, and comes without a wish, is back with all that they may have.
  if (wish === undefined && !allows(want, 'J')) wish = uniteModes(subscription.given, defaultMode(topic, level));
  if (wish !== undefined) grant(topic, subscription, { want: wish });

  if (kept !== undefined) subscription.private = isCleared(kept) ? undefined : kept;
  const isOther = subscription.want !== want || subscription.given !== given;
  if (isOther || kept !== undefined) {
    subscription.updatedMs = nowMs();
    // Access that comes with a new topic is part of it.
    if (!isNew || kept !== undefined)
      subscriptionHappened(context, 'update', topic, { user, subscription, isReader: asReader });
  }
  if (allows(subscription.want, 'O') && !allows(want, 'O') && !isOwner) takeOver(context, topic, call);
  return subscription;
}

/** Who was offered the topic may ask for anything in it; an admin of a group gets what they ask for, but for deleting and owning. */
function raised(topic: Topic, given: AccessMode, wish: AccessMode): AccessMode {
  if (allows(given, 'O')) return allows(wish, 'O') ? uniteModes(given, wish) : given;
  const isAdmin = topic.kind === 'group' && allowsAny(given, admins) && allowsAny(wish, admins);
  return isAdmin ? uniteModes(given, subtractModes(wish, 'D')) : given;
}

/** The former owner keeps everything but the topic. */
function takeOver(context: Context, topic: Topic, { user }: UserCall): void {
  const former = topic.owner;
  topic.owner = user;
  const subscription = former === undefined ? undefined : topic.subscriptions.get(former);
  if (!subscription || former === undefined || context.behaviour.fires('owner-twice')) return;
  const before = { want: subscription.want, given: subscription.given };
  grant(topic, subscription, { want: subtractModes(before.want, 'O'), given: subtractModes(before.given, 'O') });
  const change = { user: former, actor: user, isReader: false, before, after: subscription, skip: undefined };
  announceAccess(context, topic, change);
}

function hasPresence(access: Access): boolean {
  return allows(modeOf(access), 'P');
}
