/** Sections 3.2.3 and 3.2.4 of the GradAgenda specification; what they leave open is settled in docs/protocols/gradagenda.md. */
import type { ActionOf, Id } from './actions.ts';
import { announce, fitsEveryInfo, includes } from './announcements.ts';
import { type Actor, answered, type Call, type Context, failed, type Outcome } from './context.ts';
import { distinct, type Session } from './session-store.ts';

export function createSession(
  context: Context,
  call: Call,
  { participants }: ActionOf<'request-mutable-session-creation'>,
): Outcome {
  const { behaviour, sessions } = context;
  const tooFew = participants.length === 0 && behaviour.varies('no-session-of-one');
  if (tooFew) return failed('name at least one participant');
  if (namesStranger(context, participants)) return failed('no such user');

  const session = sessions.draft(withCreator(context, call.actor.id, participants));
  if (!fitsEveryInfo(context, session)) return failed('more participants than fit into one frame');
  sessions.save(session);
  const silent = session.participants.length > 1 && behaviour.fires('creation-not-announced-to-others');
  announce(context, call, session, 'created', silent ? [] : session.participants);
  return answered;
}

/** The list replaces all that were in the session. So a participant leaves with a list of the others, a creator too. */
export function modifySession(
  context: Context,
  call: Call,
  { session: id, participants }: ActionOf<'request-mutable-session-modification'>,
): Outcome {
  const { behaviour, sessions } = context;
  const before = findChangeable(context, call.actor, id.key);
  if ('status' in before) return before;
  if (namesStranger(context, participants)) return failed('no such user');

  const session = { ...before, participants: takeOnce(context, participants) };
  if (!fitsEveryInfo(context, session)) return failed('more participants than fit into one frame');
  if (session.type === 'mutable') sessions.save(session);
  const removed = before.participants.filter(({ key }) => !includes(session.participants, key));
  rememberRemoved(context, id.key, removed);
  const silent = removed.length > 0 && behaviour.fires('modification-not-announced-to-removed');
  announce(context, call, session, 'modified', silent ? session.participants : [...session.participants, ...removed]);
  return answered;
}

export function deleteSession(
  context: Context,
  call: Call,
  { session: id }: ActionOf<'request-mutable-session-deletion'>,
): Outcome {
  const { behaviour, sessions } = context;
  const session = findChangeable(context, call.actor, id.key);
  if ('status' in session) return session;

  if (!behaviour.fires('deletion-without-effect')) sessions.remove(session);
  const silent = session.participants.length > 1 && behaviour.fires('deletion-not-announced-to-others');
  announce(context, call, session, 'deleted', silent ? [] : session.participants);
  return answered;
}

/** Any participant may change a session. Section 2.2: a direct session is immutable. */
function findChangeable({ behaviour, sessions }: Context, actor: Actor, id: string): Session | Outcome {
  const session = sessions.find(id);
  if (!session) return failed('no such session');
  if (!actor.anywhere && !includes(session.participants, actor.user) && !behaviour.fires('outsider-may-modify')) {
    return failed('only participants may change a session');
  }
  const mayChange = session.type === 'mutable' || behaviour.fires('direct-session-mutable');
  return mayChange ? session : failed('a direct session is immutable');
}

function rememberRemoved({ behaviour, faultMemory }: Context, session: string, removed: readonly Id[]): void {
  if (!behaviour.isOn('broadcast-leaks-to-removed')) return;
  const earlier = faultMemory.removedUsers.get(session) ?? [];
  faultMemory.removedUsers.set(session, new Set([...earlier, ...removed.map(({ key }) => key)]));
}

function namesStranger({ behaviour, credentials }: Context, participants: readonly Id[]): boolean {
  return !participants.every(({ key }) => credentials.knows(key)) && !behaviour.fires('unknown-user-accepted');
}

/** A creator takes part, listed or not. */
function withCreator(context: Context, creator: Id, listed: readonly Id[]): readonly Id[] {
  const asListed = includes(listed, creator.key) || context.behaviour.fires('creator-only-if-listed');
  return takeOnce(context, asListed ? listed : [creator, ...listed]);
}

/** Who is named twice takes part once. */
function takeOnce({ behaviour }: Context, named: readonly Id[]): readonly Id[] {
  const once = distinct(named);
  return once.length < named.length && behaviour.fires('duplicate-participant-kept') ? named : once;
}
