/** leave: this session goes; with unsub the subscription ends too, and every session of the user goes. */
import { announceLeft, detach, evict, stop } from './attendance.ts';
import { endCallOf } from './calls.ts';
import { answer, type Context, type Session, type UserCall } from './context.ts';
import { subscriptionOf } from './modes.ts';
import { findTopic, readTarget } from './names.ts';
import { subscriptionHappened, topicHappened } from './plugin-events.ts';
import { announceAccess } from './presence.ts';
import type { BodyOf } from './requests.ts';
import type { Topic } from './topic.ts';

export function leave(context: Context, call: UserCall, { unsub = false }: BodyOf<'leave'>): void {
  const { session, user } = call;
  const target = readTarget(call.topic, user);
  if (typeof target === 'string') return answer(context, call, target);
  const topic = findTopic(context.topics, user, target);
  if (!topic || !session.topics.has(topic)) return answer(context, call, unsub ? 'attachFirst' : 'notJoined');
  const asReader = target.kind === 'group' && target.asReader;
  if (unsub) {
    if (topic.kind === 'me' || topic.kind === 'fnd') return answer(context, call, 'permissionDenied');
    return unsubscribe(context, call, topic, asReader);
  }

  endCallOf(context, topic, session);
  const who = detach(context, topic, session);
  // Whoever came in by the other name is out, but is not told so.
  if (who?.isReader !== asReader) return answer(context, call, 'notFound');
  announceLeft(context, topic, session, who);
  answer(context, call, 'ok');
}

/** A session ends, and with it all that it was in. */
export function leaveAll(context: Context, session: Session): void {
  for (const topic of [...session.topics]) {
    endCallOf(context, topic, session);
    const who = detach(context, topic, session);
    if (who) announceLeft(context, topic, session, who);
  }
}

export function unsubscribe(context: Context, call: UserCall, topic: Topic, asReader: boolean): void {
  const { session, user } = call;
  if (topic.owner === user) return answer(context, call, 'permissionDenied');
  const isReader = asReader || (topic.readers.has(user) && !topic.subscriptions.has(user));
  if (!subscriptionOf(topic, user, isReader)) return answer(context, call, 'noAction');
  answer(context, call, 'ok');
  endSubscription(context, topic, { user, actor: user, isReader, skip: session.connection });
  const skip = session.connection;
  const areOthers = topic.sessions.connectionsOf([user]).some(connection => connection !== skip);
  if (areOthers && context.behaviour.fires('other-sessions-stay')) detach(context, topic, session);
  else evict(context, topic, user, { unsub: true, skip });
  dropIfDeserted(context, topic);
}

interface Ending {
  readonly user: string;
  readonly actor: string;
  readonly isReader: boolean;
  readonly skip: number | undefined;
}

export function endSubscription(context: Context, topic: Topic, { user, actor, isReader, skip }: Ending): void {
  const { nowMs, topics } = context;
  const subscription = subscriptionOf(topic, user, isReader)!;
  const before = { want: subscription.want, given: subscription.given };
  announceAccess(context, topic, { user, actor, isReader, before, after: undefined, skip });
  subscriptionHappened(context, 'delete', topic, { user, subscription, isReader });
  if (isReader) {
    topic.readers.delete(user);
    return;
  }
  topics.part(topic, user);
  topic.departed.set(user, { ...subscription, read: 0, recv: 0, clear: 0, deletedMs: nowMs() });
}

/** What two had with each other is gone when both have left. */
export function dropIfDeserted(context: Context, topic: Topic): void {
  if (topic.kind !== 'p2p' || topic.subscriptions.size > 0) return;
  stop(topic);
  context.topics.drop(topic);
  topicHappened(context, 'delete', topic);
}
