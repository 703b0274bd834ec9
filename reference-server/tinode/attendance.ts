/** Which sessions are in a topic, and whether it runs. A topic that everybody has left goes on for a while. */
import type { ConnectionId } from '../core/registry.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { Context, Session } from './context.ts';
import { writeCtrl } from './frames.ts';
import { nameFor } from './names.ts';
import { announceArrival, announceEnd, noteActivity, tellContacts } from './presence.ts';
import { tellAttached } from './tell.ts';
import type { Attendee, Topic } from './topic.ts';

export function attach(topic: Topic, session: Session, user: UserId, isReader: boolean): void {
  const { connection } = session;
  const who = { user, device: String(connection), isReader };
  start(topic, session);
  topic.sessions.bind(connection, who);
  topic.attendance = undefined;
  session.topics.add(topic);
}

export function announceAttached(context: Context, topic: Topic, session: Session): void {
  const who = topic.sessions.occupantOf(session.connection);
  if (who) announceArrival(context, topic, session, who);
}

function start(topic: Topic, session: Session): void {
  topic.stopUnloading?.();
  topic.stopUnloading = undefined;
  if (topic.isRunning) return;
  topic.isRunning = true;
  topic.agent = session.userAgent;
  topic.activeAgent = '';
}

/** Returns who it was, if the session was there. */
export function detach(context: Context, topic: Topic, session: Session): Attendee | undefined {
  const who = topic.sessions.occupantOf(session.connection);
  if (!who) return undefined;
  topic.sessions.release(session.connection);
  topic.attendance = undefined;
  session.topics.delete(topic);
  unloadIfEmpty(context, topic);
  return who;
}

export function unloadIfEmpty(context: Context, topic: Topic): void {
  const { later, timers } = context;
  if (topic.kind === 'sys' || topic.sessions.everybody().length > 0) return;
  topic.stopUnloading?.();
  const isAtOnce = topic.kind === 'me' && context.behaviour.fires('off-at-once');
  topic.stopUnloading = later(isAtOnce ? 1 : timers.unloadMs, () => unload(context, topic));
}

function unload(context: Context, topic: Topic): void {
  announceEnd(context, topic);
  stop(topic);
}

/** From now on nothing happens in the topic by itself, and nobody hears it. */
export function stop(topic: Topic): void {
  topic.stopUnloading?.();
  topic.stopTellingAgent?.();
  topic.stopUnloading = undefined;
  topic.stopTellingAgent = undefined;
  topic.isRunning = false;
  topic.isAnnounced = false;
  topic.contacts.clear();
}

/** A session has left by itself, or has ended. */
export function announceLeft(context: Context, topic: Topic, session: Session, who: Attendee): void {
  switch (topic.kind) {
    case 'me':
      if (topic.sessions.everybody().length > 0 && context.behaviour.fires('off-while-still-on')) {
        tellContacts(context, topic, who.user, 'off', topic.activeAgent);
      }
      return recordLeft(context, topic, session, who.user);
    case 'fnd':
      if (!context.behaviour.fires('query-outlives-leaving')) topic.queries.delete(session.connection);
      return;
    case 'group': {
      if (who.isReader) return;
      const isThere = topic.sessions.connectionsOf([who.user]).length > 0;
      if (isThere && !context.behaviour.fires('off-with-every-session')) return;
      return tellAttached(context, topic, { what: 'off', src: who.user }, { needs: ['R'] });
    }
  }
}

function recordLeft(context: Context, me: Topic, session: Session, user: UserId): void {
  const { accounts, nowMs } = context;
  const recent = mostRecent(context, me);
  if (recent) noteActivity(context, recent);
  const account = accounts.withId(user);
  if (account) account.seen = { atMs: nowMs(), userAgent: (recent ?? session).userAgent };
}

function mostRecent({ sessions }: Context, topic: Topic): Session | undefined {
  const there = topic.sessions.everybody().map(([connection]) => sessions.get(connection)!);
  return there.toSorted((one, other) => other.lastActive - one.lastActive)[0];
}

/** Puts out every session of a user, who is told so, but for the one that asked for it. */
export function evict(
  context: Context,
  topic: Topic,
  user: UserId,
  how: { readonly unsub: boolean; readonly skip?: ConnectionId },
): void {
  const { nowMs, outbox, sessions } = context;
  for (const [connection, who] of topic.sessions.everybody()) {
    if (who.user !== user) continue;
    detach(context, topic, sessions.get(connection)!);
    if (connection === how.skip) continue;
    const told = { topic: nameFor(topic, user, who.isReader), params: { unsub: how.unsub }, atMs: nowMs() };
    outbox.send([connection], writeCtrl('evicted', told));
  }
}
