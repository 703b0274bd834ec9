import type { Id } from './actions.ts';
import type { Call, Context } from './context.ts';
import type { SessionStatus } from './frames.ts';
import type { Session } from './session-store.ts';

/** Tells every connection of these users of a session, and whoever asked. Section 3.3.2 of the GradAgenda specification. */
export function announce(
  { frames, registry }: Context,
  call: Call,
  session: Session,
  status: SessionStatus,
  users: readonly Id[],
): void {
  const connections = new Set(registry.connectionsOf(keysOf(users)));
  connections.add(call.connection);
  call.outbox.send([...connections], frames.sessionInfo(session, status));
}

/**
 * Whether every info of the session fits into a frame. It is asked before the session is stored, for the longest of all status words:
 * what could be created and not be listed would be lost to its participants.
 */
export function fitsEveryInfo({ behaviour, frames }: Context, session: Session): boolean {
  return frames.fits(frames.sessionInfo(session, 'unchanged')) || behaviour.fires('oversize-frame-sent');
}

export function keysOf(ids: readonly Id[]): Set<string> {
  return new Set(ids.map(({ key }) => key));
}

export const includes = (ids: readonly Id[], user: string): boolean => ids.some(({ key }) => key === user);
