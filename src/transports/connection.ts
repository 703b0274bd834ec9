import type { Call, HttpAnswer } from '../evidence/events.ts';

/** One connection of a scenario. Each call returns at once; what happens comes to the sink, stamped before it was parsed. */
export interface Connection {
  readonly transport: string;
  /** Writes one message, or its pieces one after another (WebSocket: fragments). */
  write(message: OutgoingMessage): WriteOutcome;
  request(request: OutgoingRequest): WriteOutcome;
  /** Polite end: WebSocket close with a code, TCP end, HTTP connection end. Bounded: the socket is destroyed if the peer does not follow. */
  close(options: { readonly code?: number; readonly half: boolean; readonly abort: boolean }): void;
  /** Stops or goes on reading from the socket: back pressure reaches the peer. What one read has brought still comes. */
  setReading(go: boolean): void;
  /** Ends it without a word; nothing comes to the sink afterwards. */
  destroy(): void;
}

export interface OutgoingMessage {
  readonly opcode: 'text' | 'binary' | 'ping';
  readonly data: string | Uint8Array;
  /** Below the framing: the bytes go to the socket as they are. Lines: without it an LF is written behind the message. */
  readonly wire: boolean;
  /** Byte offsets at which the message is cut; each piece is a write of its own. */
  readonly cutAt: readonly number[];
  /** Not the last of a group that makes one write. */
  readonly hold: boolean;
  /** A piece of a message that goes on with the next write: a fragment that is not the last, a line without its end. */
  readonly more?: boolean;
  /** The number of the call that it answers. */
  readonly answers?: number;
}

export interface OutgoingRequest {
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export type WriteOutcome =
  | { readonly ok: true; readonly atUs: number }
  | {
      readonly ok: false;
      readonly atUs: number;
      readonly reason: string;
      /** The message is none for this transport, whatever the connection: our own fault. */
      readonly unfit?: true;
    };

/** Where a connection tells what happened. `atUs` was taken when the bytes were read. */
export interface ConnectionSink {
  opened(atUs: number, about: { readonly address: string; readonly subprotocol?: string }): void;
  refused(atUs: number, about: { readonly code: string; readonly detail: string; readonly status?: number }): void;
  item(atUs: number, message: IncomingMessage): void;
  closed(
    atUs: number,
    about: {
      readonly code?: number;
      readonly status?: number;
      readonly reason?: string;
      readonly by: 'target' | 'us';
      readonly error?: string;
    },
  ): void;
  note(atUs: number, text: string): void;
}

export interface IncomingMessage {
  readonly bytes: Uint8Array;
  readonly opcode?: 'text' | 'binary';
  readonly http?: HttpAnswer;
  /** Lines: the connection ended inside this line. */
  readonly unterminated?: boolean;
  /** Bytes that were not kept because the message passed the memory bound; `bytes` then holds its beginning. */
  readonly droppedBytes?: number;
  /** The target has called us. */
  readonly call?: Call;
}

export interface ConnectOptions {
  readonly kind: 'websocket' | 'longpoll' | 'grpc' | 'lines' | 'http' | 'udp';
  /** `ws://host:port/path`, `tcp://host:port`, `http://…`, `grpc://…`, `udp://…`; `wss`, `tls`, `https` and `grpcs` for TLS. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly subprotocols: readonly string[];
  readonly pong: boolean;
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly insecure?: boolean };
  /** Long polling: where the first answer names the session, and the member of the query that repeats it. */
  readonly session?: { readonly at: readonly string[]; readonly query: string };
  readonly timeoutUs: number;
  /** All that this process has lagged so far, by which the timeout grows. */
  readonly lagUs?: () => number;
  /** The most bytes of one message that are kept in memory. */
  readonly keepBytes: number;
}

/** Opens a connection; never throws: what goes wrong is `refused`. */
export type OpenConnection = (
  transport: string,
  options: ConnectOptions,
  nowUs: () => number,
  sink: ConnectionSink,
) => Connection;
