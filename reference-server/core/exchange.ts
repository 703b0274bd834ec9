import type { Outbound } from './outbound.ts';

/** What a client says in the head of an HTTP request, also of the one that opens a WebSocket. Over TCP nothing is said: it is empty. */
export interface Opening {
  /** Without the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of the client, with its port, where a protocol passes it on. */
  readonly address?: string;
}

export interface HttpRequest extends Opening {
  readonly method: string;
  readonly body: Uint8Array;
}

export interface HttpReply {
  readonly status: number;
  /** JSON; without it the answer has no body. */
  readonly text?: string;
}

export interface HttpAnswer extends HttpReply {
  /** For connections that are open; carried out before the answer is written. */
  readonly outbound: readonly Outbound[];
}
