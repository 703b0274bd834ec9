import type { ConnectionId } from '../core/registry.ts';

export type TransportKind = 'websocket' | 'http' | 'grpc' | 'lines' | 'udp';

export interface NullTransport {
  /** As the pack calls it. */
  readonly name: string;
  readonly kind: TransportKind;
}

export interface NullFrontOptions {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Those that this port serves: one, or WebSocket beside HTTP. */
  readonly transports: readonly NullTransport[];
  readonly nextConnection: () => ConnectionId;
}

/** Sockets of a null server on one port. */
export interface NullFront {
  readonly port: number;
  /** Cuts every connection; resolves when all are gone. */
  stop(): Promise<void>;
}
