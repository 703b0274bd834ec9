/** Section 3.2.5 of the GradAgenda specification; what it leaves open is settled in docs/protocols/gradagenda.md. */
import { includes } from './announcements.ts';
import { type Actor, answered, type Call, type Context, type Outcome, succeeded } from './context.ts';
import type { Session } from './session-store.ts';

/** One info for each session; only who asks is told. */
export function listSessions(context: Context, { actor, connection, outbox }: Call): Outcome {
  const { behaviour, frames, sessions } = context;
  const own = sessions.mutableOf(actor.user);
  const listed: Session[] = [...own, ...listByFault(context, actor, own)];
  for (const session of listed) outbox.send([connection], frames.sessionInfo(session, 'unchanged'));
  if (listed.length > 0) return answered;
  return behaviour.varies('silent-empty-listing') ? answered : succeeded;
}

function listByFault({ behaviour, faultMemory, sessions }: Context, actor: Actor, own: readonly Session[]): Session[] {
  if (behaviour.isOn('listing-includes-foreign')) {
    const foreign = sessions.allMutable().filter(session => !own.includes(session));
    if (foreign.length > 0 && behaviour.fires('listing-includes-foreign')) return foreign;
  }
  const direct = [...faultMemory.directSessions.values()].filter(session => includes(session.participants, actor.user));
  return direct.length > 0 && behaviour.fires('listing-includes-direct') ? direct : [];
}
