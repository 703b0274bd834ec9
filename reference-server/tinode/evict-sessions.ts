import type { ConnectionId } from '../core/registry.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { Context } from './context.ts';
import { writeCtrl } from './frames.ts';

/** Ends every session of a user, but for the one that asked for it. */
export function evictFromServer(context: Context, user: UserId, { skip }: { readonly skip?: ConnectionId }): void {
  for (const { connection, user: whose } of [...context.sessions.values()]) {
    if (whose === user && connection !== skip) evictSession(context, connection);
  }
}

/** A last word, and the connection is cut without another. */
export function evictSession(
  { nowMs, outbox }: Context,
  connection: ConnectionId,
  why: 'evicted' | 'serverShutdown' = 'evicted',
): void {
  outbox.send([connection], writeCtrl(why, { atMs: nowMs() }));
  outbox.close(connection, cutCode, why);
}

/** What a client sees when no close frame comes. */
export const cutCode = 1006;
