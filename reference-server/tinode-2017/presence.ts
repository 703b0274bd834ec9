/** pres: what happens elsewhere, told to those who are on their me topic and have a conversation with whom it is about. */
import type { Outbox } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import { attachedOf, attendanceOf, isAttached, type Message, mayIn, type Topic } from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { Call, Context } from './context.ts';
import { nameFor, peerOf } from './names.ts';

/** A user is online while a session of theirs is attached to their me topic. The first one makes the difference. */
export function comesOn(context: Context, { session, outbox }: Call): void {
  const { behaviour, frames, topics } = context;
  if (attachedOf(topics.me(session.user), session.user).length === 1) {
    announce(context, outbox, { what: 'on', src: session.user });
  }
  if (!behaviour.isOn('tells-who-is-on')) return;
  for (const peer of peersOf(context, session.user)) {
    const isOn = attachedOf(topics.me(peer), peer).length > 0;
    if (isOn && behaviour.varies('tells-who-is-on')) {
      outbox.send([session.connection], frames.pres({ what: 'on', src: peer }));
    }
  }
}

/** The topic has lost the session already. */
export function goneFrom(context: Context, { session, outbox }: Call, topic: Topic): void {
  if (topic.kind === 'p2p') forgetIfEmpty(context, topic);
  if (topic.kind !== 'me') return;
  const { accounts, behaviour, nowMs } = context;
  const { user } = session;
  const stillOn = attachedOf(topic, user).length > 0;
  if (stillOn && !behaviour.fires('off-while-still-on')) return;
  const account = accounts.withId(user);
  if (account) account.seen = { atMs: nowMs(), userAgent: session.userAgent };
  if (!behaviour.varies('goes-off-in-silence')) announce(context, outbox, { what: 'off', src: user });
}

export function announce(
  context: Context,
  outbox: Outbox,
  notice: { readonly what: 'on' | 'off'; readonly src: UserId },
): void {
  const { behaviour, frames } = context;
  if (notice.what === 'on' && behaviour.fires('on-not-told')) return;
  const told = peersOf(context, notice.src).flatMap(peer => onMe(context, peer));
  const text = frames.pres(notice);
  outbox.send(told, text);
  if (notice.what !== 'on' || !behaviour.isOn('on-told-to-strangers')) return;
  const strangers = strangersOf(context, notice.src);
  if (strangers.length > 0 && behaviour.fires('on-told-to-strangers')) outbox.send(strangers, text);
}

/** To everybody in the conversation but the sender. Who is attached receives the message itself. */
export function noticeMessage(context: Context, outbox: Outbox, topic: Topic, message: Message): void {
  const { behaviour, frames } = context;
  const isForAll = behaviour.isOn('notice-besides-message');
  for (const user of isForAll ? topic.subscriptions.keys() : attendanceOf(topic).absent) {
    if (user === message.from || !mayIn(topic, user, 'P')) continue;
    const told = onMe(context, user);
    if (told.length === 0) continue;
    if (attachedOf(topic, user).length > 0 && !behaviour.varies('notice-besides-message')) continue;
    if (behaviour.fires('message-not-noticed')) continue;
    const seq = behaviour.fires('notice-one-ahead') ? message.seq + 1 : message.seq;
    outbox.send(told, frames.pres({ what: 'msg', src: nameFor(topic, user), seq }));
  }
}

/** The sessions of a user that are told of things. */
function onMe({ behaviour, sessions, topics }: Context, user: UserId): ConnectionId[] {
  const attached = attachedOf(topics.me(user), user);
  if (attached.length > 1 && behaviour.fires('one-session-told')) return attached.slice(0, 1);
  if (!behaviour.isOn('told-off-me')) return attached;
  const all = [...sessions.values()].filter(session => session.user === user);
  return all.length > attached.length && behaviour.fires('told-off-me')
    ? all.map(({ connection }) => connection)
    : attached;
}

function peersOf({ topics }: Context, user: UserId): UserId[] {
  return topics
    .conversationsOf(user)
    .filter(topic => topic.kind === 'p2p' && mayIn(topic, user, 'P'))
    .map(topic => peerOf(topic, user));
}

/** For a fault: what was said ends with the last session that was there. */
function forgetIfEmpty({ behaviour }: Context, { messages, sessions, subscriptions }: Topic): void {
  const isEmpty = sessions.connectionsOf(subscriptions.keys()).length === 0;
  if (isEmpty && messages.length > 0 && behaviour.fires('history-ends-with-last-session')) messages.length = 0;
}

/** For a fault: sessions on me of users who have no conversation with this one. */
function strangersOf({ sessions, topics }: Context, user: UserId): ConnectionId[] {
  return [...sessions.values()]
    .filter(other => other.user !== undefined && other.user !== user && !topics.p2p(user, other.user))
    .filter(other => isAttached(topics.me(other.user!), other.connection))
    .map(({ connection }) => connection);
}
