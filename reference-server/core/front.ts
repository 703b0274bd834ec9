import type { Endpoint } from './protocol.ts';
import type { ConnectionId } from './registry.ts';
import type { Arrivals, Sockets } from './switchboard.ts';

/** What every front is given, besides what its protocol wants of it. */
export interface FrontSurroundings {
  readonly host: string;
  readonly port: number;
  /** Gives these sockets to somebody who is told what arrives at them. */
  readonly attach: (sockets: FrontSockets) => Arrivals;
  /** No two connections have one id, whatever they are. */
  readonly nextId: () => ConnectionId;
  readonly log: (line: string) => void;
}

export interface FrontSockets extends Sockets {
  /** Reads nothing more of it, until it is resumed. What has been read already is still told. */
  pause(connection: ConnectionId): void;
  resume(connection: ConnectionId): void;
}

export interface Front {
  readonly endpoints: readonly Endpoint[];
  /** Closes every connection, which nobody is told, and resolves when all are gone. */
  stop(): Promise<void>;
}
