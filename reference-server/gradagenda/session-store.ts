import type { Credentials } from '../core/credentials.ts';
import { createMembership } from '../core/membership.ts';
import type { Id } from './actions.ts';
import type { GradagendaBehaviour } from './context.ts';
import { createDirectIds } from './direct-ids.ts';

/** Section 2.2 of the GradAgenda specification: direct sessions are immutable, mutable ones come and go. */
export interface Session {
  readonly id: string;
  readonly type: 'direct' | 'mutable';
  readonly participants: readonly Id[];
}

export interface SessionStore {
  /** A direct session needs no creating: that of two known users exists. The ids are listed as they were given. */
  direct(asker: Id, other: Id): Session;
  find(id: string): Session | undefined;
  /** A session that is not stored yet, with an id that no other has, also not in another run of the server. */
  draft(participants: readonly Id[]): Session;
  /** Stores a drafted session, or another state of one that is stored. One that nobody is in is gone: nobody could name it. */
  save(session: Session): void;
  remove(session: Session): void;
  /** The mutable sessions that the user is in. */
  mutableOf(user: string): Session[];
  allMutable(): Session[];
}

/** `epoch` tells this run of the server from all others. */
export function createSessionStore(
  behaviour: GradagendaBehaviour,
  credentials: Credentials,
  epoch: string,
): SessionStore {
  const directIds = createDirectIds(behaviour, epoch);
  const membership = createMembership();
  const mutable = new Map<string, Session>();
  let drafted = 0;

  function findDirect(id: string): Session | undefined {
    const pair = directIds.pairOf(id);
    if (!pair?.every(credentials.knows)) return undefined;
    return { id, type: 'direct', participants: pair.map(key => ({ key, source: JSON.stringify(key) })) };
  }

  function remove({ id }: Session): void {
    mutable.delete(id);
    membership.drop(id);
  }

  return {
    direct: (asker, other) => ({
      id: directIds.idOf(asker.key, other.key),
      type: 'direct',
      participants: distinct([asker, other]),
    }),
    find: id => mutable.get(id) ?? findDirect(id),
    draft(participants) {
      drafted++;
      const id = behaviour.varies('ids-shaped-otherwise')
        ? `séance "${epoch}" n° ${drafted}`
        : `mutable-${epoch}-${drafted}`;
      return { id, type: 'mutable', participants };
    },
    save(session) {
      if (session.participants.length === 0) {
        remove(session);
        return;
      }
      mutable.set(session.id, session);
      const users = session.participants.map(({ key }) => key);
      membership.assign(session.id, users);
    },
    remove,
    mutableOf: user => [...membership.groupsOf(user)].map(id => mutable.get(id)!),
    allMutable: () => [...mutable.values()],
  };
}

/** Each user once, as first written. */
export function distinct(ids: readonly Id[]): readonly Id[] {
  const first = new Map<string, Id>();
  for (const id of ids) if (!first.has(id.key)) first.set(id.key, id);
  return [...first.values()];
}
