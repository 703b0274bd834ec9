/** An account may be suspended by root: nobody can log in to it, and nothing new is said where it belongs. */
import type { Context } from './context.ts';
import type { Topic } from './topic.ts';

export function isReadOnly({ accounts }: Context, { kind, owner, users }: Topic): boolean {
  const concerned = kind === 'p2p' ? users : kind === 'group' && owner !== undefined ? [owner] : [];
  return concerned.some(user => accounts.withId(user)?.isSuspended);
}
