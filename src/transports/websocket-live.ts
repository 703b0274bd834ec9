import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { ConnectOptions } from './connection.ts';
import type { Deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import type { Failure } from './failure.ts';
import type { GuardedSink } from './guarded-sink.ts';
import type { ReadStamp } from './stamp.ts';

/** One WebSocket connection while it lasts. */
export interface LiveWebSocket {
  readonly endpoint: Endpoint;
  readonly options: ConnectOptions;
  readonly nowUs: () => number;
  readonly sink: GuardedSink;
  readonly stamp: ReadStamp;
  readonly ws: WebSocket;
  /** Carries the frames: TLS or TCP. */
  readonly socket: Socket;
  /** The TCP socket. */
  readonly raw: Socket;
  /** What is expected next of the handshake, for the text of a refusal. */
  awaited: string;
  /** Of a connection that we closed before it was open. */
  ownFailure?: Failure;
  /** Of an upgrade that was refused. */
  status?: number;
  /** That the target has chosen. */
  subprotocol?: string;
  reading: boolean;
  corked: boolean;
  /** We have ended our side of the TCP connection: nothing can be written. */
  half: boolean;
  /** Pings and pongs that have come. */
  controls: number;
  endedBy?: 'target' | 'us';
  /** The read that ended it. */
  endedAtUs?: number;
  failure?: { readonly error: string; readonly reason?: string };
  deadline?: Deadline | undefined;
}

const ofEmitter = Symbol('live WebSocket');

type Attached = { [ofEmitter]: LiveWebSocket };

/**
 * Listeners are the same functions for all connections, and find theirs by what calls them. With closures a connection of a load, of
 * which there are tens of thousands, would be as large again.
 */
export function attachLive(live: LiveWebSocket): void {
  for (const emitter of [live.ws, live.socket, live.raw]) (emitter as unknown as Attached)[ofEmitter] = live;
}

/** Of the WebSocket or socket that calls a listener. */
export function liveOf(emitter: WebSocket | Socket): LiveWebSocket {
  return (emitter as unknown as Attached)[ofEmitter];
}
