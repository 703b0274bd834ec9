import type { ConnectionId } from './registry.ts';

/** What a domain wants done, in this order. One text for many connections, so that a front encodes it once. */
export type Outbound =
  | { readonly kind: 'send'; readonly to: readonly ConnectionId[]; readonly text: string }
  | { readonly kind: 'close'; readonly connection: ConnectionId; readonly code: number; readonly reason: string };

export interface Outbox {
  send(to: readonly ConnectionId[], text: string): void;
  close(connection: ConnectionId, code: number, reason: string): void;
  readonly items: Outbound[];
}

export function createOutbox(): Outbox {
  const items: Outbound[] = [];
  return {
    items,
    send(to, text) {
      if (to.length > 0) items.push({ kind: 'send', to, text });
    },
    close(connection, code, reason) {
      items.push({ kind: 'close', connection, code, reason });
    },
  };
}
