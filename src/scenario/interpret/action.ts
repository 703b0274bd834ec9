import type { Value } from '../../foundation/value.ts';

/** What the interpreter asks of whoever drives it. A re-judge ignores them: the log has what came of them. */
export type Action =
  | ConnectAction
  | WriteAction
  | RequestAction
  | {
      readonly do: 'close';
      readonly client: string;
      readonly code: number | undefined;
      readonly half: boolean;
      readonly abort: boolean;
    }
  | { readonly do: 'reading'; readonly client: string; readonly go: boolean }
  /** Sets, moves or (undefined) clears a timer; its `due` event is logged after every readable socket was drained. */
  | {
      readonly do: 'timer';
      readonly client: string | undefined;
      readonly timer: 'patience' | 'until' | 'pace' | 'timeout';
      readonly atUs: number | undefined;
    }
  | { readonly do: 'fetch'; readonly source: string; readonly with: Value }
  | { readonly do: 'restart' }
  | { readonly do: 'finish' };

export interface ConnectAction {
  readonly do: 'connect';
  readonly client: string;
  readonly transport: string;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly path: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly subprotocols: readonly string[];
  readonly pong: boolean;
}

export interface WriteAction {
  readonly do: 'write';
  readonly client: string;
  /** Number of the write within its step, from 1; 0 for a barrier; of an answer, that of the call. */
  readonly n: number;
  readonly what: 'frame' | 'raw' | 'ping' | 'wire' | 'answer';
  readonly opcode: 'text' | 'binary' | undefined;
  readonly data: string | Uint8Array;
  readonly cut: 'each' | readonly number[];
  /** Between the pieces of a cut message, in microseconds. */
  readonly everyUs: number;
  readonly hold: boolean;
  /** The same with secrets in place of their references: for the wire only, never for a log. */
  readonly reveal: (reveal: (text: string) => string) => string | Uint8Array;
}

export interface RequestAction {
  readonly do: 'request';
  readonly client: string;
  readonly n: number;
  readonly method: string;
  /** Empty: the path of the endpoint. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly reveal: (reveal: (text: string) => string) => {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
  };
}
