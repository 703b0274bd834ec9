/** Sections 3.2.3 and 3.2.4 of the GradAgenda specification; what they leave open is settled in docs/protocols/gradagenda.md. */
import type { ActionOf, Id } from './actions.ts';
import { announce, fitsEveryInfo, includes } from './announcements.ts';
import { type Actor, answered, type Call, type Context, failed, type Outcome } from './context.ts';
import { refuseStranger } from './direct-sessions.ts';
import { distinct, type Session } from './session-store.ts';

export function createSession(
  context: Context,
  call: Call,
  { participants }: ActionOf<'request-mutable-session-creation'>,
): Outcome {
  const { behaviour, sessions } = context;
  const tooFew = participants.length === 0 && behaviour.varies('no-session-of-one');
  if (tooFew) return failed('name at least one participant');
  if (namesStranger(context, participants)) return refuseStranger(context);

  const draft = sessions.draft(withCreator(context, call.actor.id, participants));
  const session = ofSamePeopleByFault(context, draft) ?? draft;
  if (!fitsEveryInfo(context, session)) return failed('more participants than fit into one frame');
  sessions.save(session);
  rememberCreator(context, session.id, call.actor);
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
  if (isNotCreator(context, before, call.actor) && behaviour.fires('only-creator-may-modify')) {
    return failed('only its creator may modify a session');
  }
  if (namesStranger(context, participants)) return failed('no such user');

  const listed = withRemovedByFault(context, before.participants, participants);
  const session = { ...before, participants: takeOnce(context, listed) };
  if (!fitsEveryInfo(context, session)) return failed('more participants than fit into one frame');
  if (session.type === 'mutable') sessions.save(session);
  const removed = before.participants.filter(({ key }) => !includes(session.participants, key));
  rememberRemoved(context, id.key, removed);
  rememberAdded(context, id.key, session.participants, before.participants);
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
  if (isNotCreator(context, session, call.actor) && behaviour.fires('only-creator-may-delete')) {
    return failed('only its creator may delete a session');
  }

  if (!behaviour.fires('deletion-without-effect')) sessions.remove(session);
  const silent = session.participants.length > 1 && behaviour.fires('deletion-not-announced-to-others');
  const namesAll = session.participants.length === 1 || !behaviour.fires('deletion-names-only-who-asked');
  const told = silent ? [] : session.participants;
  announce(context, call, namesAll ? session : { ...session, participants: [call.actor.id] }, 'deleted', told);
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

function rememberAdded(
  { behaviour, faultMemory }: Context,
  session: string,
  after: readonly Id[],
  before: readonly Id[],
): void {
  if (!behaviour.isOn('added-user-hears-nothing')) return;
  const added = after.filter(({ key }) => !includes(before, key));
  const earlier = faultMemory.addedUsers.get(session) ?? [];
  faultMemory.addedUsers.set(session, new Set([...earlier, ...added.map(({ key }) => key)]));
}

function rememberCreator({ behaviour, faultMemory }: Context, session: string, { user }: Actor): void {
  const names = ['only-creator-may-modify', 'only-creator-may-delete', 'listing-omits-sessions-of-others'] as const;
  if (names.some(name => behaviour.isOn(name))) faultMemory.creators.set(session, user);
}

function isNotCreator({ faultMemory }: Context, { id }: Session, { user }: Actor): boolean {
  return faultMemory.creators.get(id) !== user;
}

function ofSamePeopleByFault({ behaviour, sessions }: Context, draft: Session): Session | undefined {
  if (!behaviour.isOn('session-of-same-people-reused')) return undefined;
  const same = sessions.allMutable().find(({ participants }) => {
    return (
      participants.length === draft.participants.length &&
      participants.every(id => includes(draft.participants, id.key))
    );
  });
  return same && behaviour.fires('session-of-same-people-reused') ? same : undefined;
}

function withRemovedByFault({ behaviour }: Context, before: readonly Id[], listed: readonly Id[]): readonly Id[] {
  const missing = before.filter(({ key }) => !includes(listed, key));
  return missing.length > 0 && behaviour.fires('modification-removes-nobody') ? [...listed, ...missing] : listed;
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
