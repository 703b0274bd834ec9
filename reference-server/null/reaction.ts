import type { Received } from '../core/protocol.ts';
import type { ConnectionId } from '../core/registry.ts';

export interface Message {
  readonly bytes: Uint8Array;
  /** Of an HTTP answer; 200 if not given. */
  readonly status?: number;
  /** Below the framing: bytes that go to the socket as they are. */
  readonly bare?: boolean;
}

/** What a null server does about something, on the connection where that happened. */
export type Reaction =
  | { readonly kind: 'say'; readonly message: Message }
  | { readonly kind: 'trickle'; readonly message: Message }
  /** These, one after another, again and again, in the place of what it floods with so far. */
  | { readonly kind: 'flood'; readonly messages: readonly Message[] }
  | { readonly kind: 'close' };

/** Decides what a null server does. It knows no socket and no clock. */
export interface NullDomain {
  connect(connection: ConnectionId): readonly Reaction[];
  receive(connection: ConnectionId, received: Received): readonly Reaction[];
}
