import type { HttpAnswer, HttpRequest, Opening } from './exchange.ts';
import type { Outbound } from './outbound.ts';
import type { ConnectionId } from './registry.ts';

/** What came over a connection: a frame of a WebSocket, or a line without its end, which is never binary. */
export interface Message {
  readonly payload: Uint8Array;
  readonly binary: boolean;
}

/** A protocol without sockets: what comes in, and what is to go out because of it. */
export interface Domain {
  /** Connections that are served at once. One more is cut as soon as it comes. */
  readonly mostConnections?: number;
  connect(connection: ConnectionId, opening: Opening): readonly Outbound[];
  receive(connection: ConnectionId, message: Message): readonly Outbound[];
  /** Of a protocol over HTTP. The connection is that of the socket: requests on one socket share it. */
  answer?(connection: ConnectionId, request: HttpRequest): HttpAnswer;
  /** What that means for others. */
  disconnect(connection: ConnectionId): readonly Outbound[];
  /** The last word to everybody, before connections are closed. */
  sayGoodbye?(): readonly Outbound[];
  /** Ends what waits for time to pass. */
  stop?(): void;
}
