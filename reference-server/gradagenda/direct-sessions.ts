/** Section 3.2.2 of the GradAgenda specification. */
import type { ActionOf } from './actions.ts';
import { answered, type Call, type Context, failed, type Outcome } from './context.ts';
import type { Session } from './session-store.ts';

/** Only who asks is told: nothing has changed for the other, who may as well be offline. */
export function provideDirectSession(
  context: Context,
  { actor, connection, outbox }: Call,
  { other }: ActionOf<'request-direct-session-info'>,
): Outcome {
  const { behaviour, credentials, frames, sessions } = context;
  if (other.key === actor.user && !behaviour.varies('direct-with-oneself')) return failed('that is you');
  if (!credentials.knows(other.key) && !behaviour.fires('unknown-user-accepted')) return refuseStranger(context);

  const session = sessions.direct(actor.id, other);
  // Section 3.3.2: the status of a direct session is always "unchanged".
  const status = isFirstRequest(context, session) && behaviour.fires('direct-status-created') ? 'created' : 'unchanged';
  const named = behaviour.fires('direct-names-only-the-other') ? { ...session, participants: [other] } : session;
  const info = frames.sessionInfo(named, status);
  if (!frames.fits(info) && !behaviour.fires('oversize-frame-sent'))
    return failed('the two ids do not fit into one frame');
  outbox.send([connection], info);
  return answered;
}

/** A session that is asked for with a user who does not exist. */
export function refuseStranger({ behaviour }: Context): Outcome {
  return behaviour.fires('session-with-stranger-unanswered') ? answered : failed('no such user');
}

function isFirstRequest({ behaviour, faultMemory }: Context, session: Session): boolean {
  if (!behaviour.isOn('direct-status-created') && !behaviour.isOn('listing-includes-direct')) return false;
  const first = !faultMemory.directSessions.has(session.id);
  faultMemory.directSessions.set(session.id, session);
  return first;
}
