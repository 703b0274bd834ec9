/** Secure rooms and their acl: what join says about `secure` and `acl`, and the readings of docs/protocols/thunder-messenger.md. */
import type { Context } from './context.ts';
import type { JoinParams } from './params.ts';
import type { Room } from './rooms.ts';

/**
 * Whether the room lets in who joins. `origin` is that of the access token: without one nothing is asked, and with an origin all is
 * asked of those who want the room secure.
 */
export function admits(
  context: Context,
  key: string,
  room: Room | undefined,
  { secure, acl }: JoinParams,
  origin: string | undefined,
): boolean {
  const { behaviour, faultMemory } = context;
  if (secure !== 'secure') return true;
  if (origin === undefined) {
    if (room && room.acl.length > 0 && behaviour.fires('tokenless-kept-out')) return false;
    return !behaviour.fires('secure-without-token-refused');
  }
  if (origin === '' && behaviour.fires('unissued-token-passed-over')) return true;
  if (!room) {
    if (faultMemory.formerAcls.has(key) && behaviour.fires('acl-outlives-room')) return false;
    if (acl === undefined) return behaviour.fires('secure-room-without-acl');
    return acl.length > 0 || behaviour.fires('secure-room-with-empty-acl');
  }
  if (room.acl.length === 0) return behaviour.fires('open-room-secured-later');
  if (acl !== undefined && !behaviour.fires('second-acl-accepted')) return false;
  return room.acl.some(pattern => fits(context, pattern, origin)) || behaviour.fires('acl-not-asked');
}

/** A `*` stands for what may be in its place: part of a host name, the scheme, or the port. All else is meant literally. */
export function fits({ behaviour }: Pick<Context, 'behaviour'>, pattern: string, origin: string): boolean {
  const source = pattern
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/^\*(?=:)/, '[a-z]+')
    .replace(/:\*$/, ':[0-9]+')
    .replaceAll('*', '[a-zA-Z0-9.-]+');
  const reads = (expression: string): boolean => new RegExp(expression).test(origin);
  if (reads(`^${source}$`)) return !(pattern.includes('*') && behaviour.fires('acl-without-wildcards'));
  if (reads(`^${source}`) && behaviour.fires('acl-by-beginning')) return true;
  return reads(`^${source.replaceAll('\\.', '.')}$`) && behaviour.fires('acl-dots-fit-all');
}

/** Scheme, host and port of a URL; the text itself if it is none. */
export function originOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? url;
}
