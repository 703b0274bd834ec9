/** Section 3.2.5 of the GradAgenda specification; what it leaves open is settled in docs/protocols/gradagenda.md. */
import type { ConnectionId } from '../core/registry.ts';
import { includes, keysOf } from './announcements.ts';
import { type Actor, answered, type Call, type Context, failed, type Outcome, succeeded } from './context.ts';
import type { Session } from './session-store.ts';

/** One info for each session; only who asks is told. */
export function listSessions(context: Context, { actor, connection, outbox }: Call): Outcome {
  const { behaviour, frames } = context;
  const listed = sessionsFor(context, actor);
  for (const session of listed) {
    const status = behaviour.fires('listing-says-created') ? 'created' : 'unchanged';
    outbox.send([connection, ...othersByFault(context, connection, session)], frames.sessionInfo(session, status));
  }
  if (listed.length > 0) return answered;
  if (behaviour.fires('empty-listing-fails')) return failed('there is no session');
  return behaviour.varies('silent-empty-listing') ? answered : succeeded;
}

function sessionsFor({ behaviour, faultMemory, sessions }: Context, { user }: Actor): readonly Session[] {
  const own = sessions.mutableOf(user);
  if (behaviour.isOn('listing-includes-foreign')) {
    const foreign = sessions.allMutable().filter(session => !own.includes(session));
    if (foreign.length > 0 && behaviour.fires('listing-includes-foreign')) return [...own, ...foreign];
  }
  const direct = [...faultMemory.directSessions.values()].filter(({ participants }) => includes(participants, user));
  if (direct.length > 0 && behaviour.fires('listing-includes-direct')) return [...own, ...direct];
  if (own.length > 0 && behaviour.fires('listing-repeats-first')) return [own[0]!, ...own];
  const created = own.filter(({ id }) => faultMemory.creators.get(id) === user);
  return created.length < own.length && behaviour.fires('listing-omits-sessions-of-others') ? created : own;
}

function othersByFault(
  { behaviour, registry }: Context,
  asking: ConnectionId,
  { participants }: Session,
): ConnectionId[] {
  const others = registry.connectionsOf(keysOf(participants)).filter(connection => connection !== asking);
  return others.length > 0 && behaviour.fires('listing-told-to-all') ? others : [];
}
