/** What somebody who may share a topic, or run it, gives to another: an invitation, more, less, or nothing. */
import {
  type AccessMode,
  allows,
  allowsAny,
  covers,
  intersectModes,
  readMode,
  uniteModes,
} from '../tinode-core/access-mode.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { AnswerName } from './answers.ts';
import { evict } from './attendance.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { admins, asPairMode, modeIn, sharers, showAccess } from './modes.ts';
import { subscriptionHappened } from './plugin-events.ts';
import { announceAccess } from './presence.ts';
import { isReadOnly } from './suspension.ts';
import { createSubscription, grant, type Subscription, type Topic } from './topic.ts';

interface Gift {
  readonly asReader: boolean;
  readonly user: UserId;
  /** Letters; empty if it is left to the topic. */
  readonly mode: string;
}

export function settleOther(context: Context, call: UserCall, topic: Topic, gift: Gift): void {
  const { user } = gift;
  const asked = readGift(context, call, topic, gift);
  if (typeof asked === 'string') return answer(context, call, asked);

  const known = topic.subscriptions.get(user);
  const before = known && { want: known.want, given: known.given };
  const settled = known ? regrant(context, topic, user, known, asked.mode) : invite(context, topic, user, asked.mode);
  if (typeof settled === 'string') return answer(context, call, settled);

  const isOther = before?.given !== settled.given;
  if (isOther) {
    const after = { want: settled.want, given: settled.given };
    const skip = call.session.connection;
    announceAccess(context, topic, { user, actor: call.user, isReader: false, before, after, skip });
  }
  const isBanned = !allows(settled.given, 'J');
  if (isBanned && !context.behaviour.fires('banned-not-put-out')) evict(context, topic, user, { unsub: false });
  if (!isOther) return answer(context, call, 'notModified');
  answer(context, call, 'ok', { params: { acs: showAccess(settled), user } });
}

/** What is asked for, if the caller may ask for it. */
function readGift(
  context: Context,
  call: UserCall,
  topic: Topic,
  { asReader, mode: written }: Gift,
): { readonly mode: AccessMode | undefined } | AnswerName {
  const own = modeIn(topic, { user: call.user, isReader: false });
  if (!allowsAny(own, sharers) || asReader || isReadOnly(context, topic)) return 'permissionDenied';
  if (written === '') return { mode: undefined };
  const read = readMode(written);
  if (read === undefined) return 'malformed';
  if (!allowsAny(own, admins)) return 'permissionDenied';
  const mode = topic.kind === 'p2p' ? asPairMode(context.profile, read) : read;
  return allows(mode, 'O') && topic.owner !== call.user ? 'permissionDenied' : { mode };
}

function invite(
  context: Context,
  topic: Topic,
  user: UserId,
  asked: AccessMode | undefined,
): Subscription | AnswerName {
  const { accounts, behaviour, limits, nowMs, topics } = context;
  const isFull = topic.kind === 'group' && topic.subscriptions.size >= limits.subscribers;
  if (isFull && !behaviour.fires('one-more-than-fits')) return 'policyViolation';
  const given = asked ?? uniteModes(topic.access.auth, 'J');
  const account = accounts.withId(user);
  const former = topic.departed.get(user);
  if (!account) return 'userNotFound';
  if (account.isSuspended) return 'permissionDenied';
  const want = former?.want ?? intersectModes(account.access.auth, given);
  if (!allows(want, 'J')) return 'permissionDenied';
  const subscription = createSubscription(want, given, nowMs(), undefined);
  topics.join(topic, user, subscription);
  topic.departed.delete(user);
  subscriptionHappened(context, 'create', topic, { user, subscription });
  return subscription;
}

function regrant(
  { nowMs }: Context,
  topic: Topic,
  user: UserId,
  subscription: Subscription,
  asked: AccessMode | undefined,
): Subscription | AnswerName {
  if (asked === undefined || asked === subscription.given) return subscription;
  if (topic.owner === user && !covers(asked, 'JO')) return 'permissionDenied';
  grant(topic, subscription, { given: asked });
  subscription.updatedMs = nowMs();
  return subscription;
}
