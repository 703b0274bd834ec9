/** What the process of the domain and those of the sockets tell each other. Bytes that belong to a message travel behind it. */
import type { HttpRequest, Opening } from '../core/exchange.ts';
import type { Endpoint, Settings } from '../core/protocol.ts';
import type { ConnectionId } from '../core/registry.ts';

export type ToWorker =
  | {
      readonly kind: 'assign';
      readonly protocol: string;
      readonly settings: Omit<Settings, 'log'>;
      /** This one is the k-th of so many: connection ids that leave this rest belong to it. */
      readonly index: number;
      readonly workers: number;
    }
  /** Bytes: the text. */
  | { readonly kind: 'send'; readonly to: readonly ConnectionId[] }
  | { readonly kind: 'close'; readonly connection: ConnectionId; readonly code: number; readonly reason: string }
  | { readonly kind: 'cut'; readonly connection: ConnectionId }
  /** Bytes: the text, if there is one. */
  | { readonly kind: 'reply'; readonly request: number; readonly status: number; readonly hasText: boolean }
  | { readonly kind: 'stop' };

export type FromWorker =
  | { readonly kind: 'listening'; readonly endpoints: readonly Endpoint[] }
  | { readonly kind: 'failed'; readonly message: string; readonly code?: string }
  | { readonly kind: 'opened'; readonly connection: ConnectionId; readonly opening: Opening }
  /** Bytes: the payload. */
  | { readonly kind: 'received'; readonly connection: ConnectionId; readonly binary: boolean }
  /** Bytes: the body. */
  | {
      readonly kind: 'requested';
      readonly connection: ConnectionId;
      readonly request: number;
      readonly about: Omit<HttpRequest, 'body'>;
    }
  | { readonly kind: 'closed'; readonly connection: ConnectionId }
  | { readonly kind: 'log'; readonly line: string }
  /** The last one. */
  | { readonly kind: 'stopped'; readonly fired: Readonly<Record<string, number>> };
