import type { Value } from './value.ts';

/** The Pack contract: what a protocol is to the rest of the house. Pure: bytes to frames, kinds, ids, sizes. */
export interface Pack {
  readonly name: string;
  /** Of pack.yaml, ledger and schemas, so that a log tells which version judged it. `sha256:<hex>` */
  readonly digest: string;
  readonly transports: ReadonlyMap<string, TransportProfile>;
  /**
   * Text and bytes of one received message to what a scenario reads, with every violation there is: of form, of size, and what
   * `validate` says of each frame; those of elements point into the whole message. Never throws, but
   * for an AntiphonError where the pack's own schema or code is broken.
   */
  decode(transport: string, payload: Payload): Decoded;
  /**
   * A frame to what is written. Adds `fill` members and a request id (from `requestNumber`) where the frame has none, but
   * nothing at the places in `omitted` (JSON Pointers), which are written as `$absent`. Never mutates. Throws an AntiphonError
   * `frame-not-encodable` for a frame that the transport's messages cannot say.
   */
  encode(transport: string, frame: Value, requestNumber: number, omitted?: readonly string[]): Encoded;
  /** What messages of this transport have no place for, in such a frame (JSON Pointer members; `*`: any member or element). */
  omitted(transport: string, frame: Value): readonly (readonly string[])[];
  /**
   * The message with which the target would say this frame, with nothing added. Throws an AntiphonError `frame-not-encodable` for a
   * frame that the transport's messages cannot say.
   */
  write(transport: string, frame: Value): string | Uint8Array;
  /**
   * What answers a call of the target (`role: server`). Throws an AntiphonError `frame-not-encodable` for what the answer to this
   * method cannot say.
   */
  answer(transport: string, method: string, frame: Value): Uint8Array;
  /** The id of a request frame that is sent, if its kind carries one. */
  requestIdOf(frame: Value): Value | undefined;
  /** The id that a frame of a reply kind carries, or undefined for frames of other kinds. */
  replyIdOf(frame: Value): { readonly id: Value | undefined } | undefined;
  /** Where a reply of this kind carries its id (JSON Pointer members), by kind. */
  readonly replyPointers: ReadonlyMap<string, readonly string[]>;
  /** Kinds whose frames may come in any order; a kind that stands twice in a list also among themselves. */
  readonly unordered: readonly (readonly string[])[];
  kindOf(frame: Value): string | undefined;
  /** The values that the schema of a received kind lists for the member at a JSON Pointer (`*`: any element); none if it lists none. */
  choicesAt(kind: string, at: string): readonly Value[];
  /** Schema violations, empty when valid. `unknownKind` when schemas exist but none for this kind. */
  validate(direction: 'sent' | 'received', kind: string | undefined, frame: Value): readonly Violation[];
}

export interface TransportProfile {
  readonly name: string;
  readonly kind: 'websocket' | 'longpoll' | 'grpc' | 'lines' | 'http' | 'udp';
  /** `json`, `text` (the frame is the text itself; it has no kind), `protobuf` or a codec of the pack's own code. */
  readonly codec: string;
  /** WebSocket: the opcode of frames that are sent. */
  readonly opcode: 'text' | 'binary';
  readonly path?: string;
  /** The transport at whose endpoint this one is, where a target names none for it. */
  readonly endpoint?: string;
  /** Long polling: where the first answer names the session (JSON Pointer members), and the member of the query that repeats it. */
  readonly session?: { readonly at: readonly string[]; readonly query: string };
  /** The target calls us on it. */
  readonly role: 'client' | 'server';
  /** The time that stands for a barrier where the transport has no round trip, in microseconds. */
  readonly quietUs?: number;
  /** Scenarios run on it by default. */
  readonly message: boolean;
  /** The most bytes a received message may have; more is a finding. */
  readonly receiveMaxBytes?: number;
}

/** One received message, as it crossed the wire. */
export interface Payload {
  /** Exact text if the bytes are UTF-8, else undefined. */
  readonly text?: string;
  /** Exact bytes, base64, if they are not UTF-8 text. */
  readonly base64?: string;
  readonly sizeBytes: number;
  readonly opcode?: 'text' | 'binary';
  /** Too big to keep: digest and first bytes stand for it. */
  readonly oversize?: boolean;
  /** Lines: the connection ended inside this line. */
  readonly unterminated?: boolean;
  /** A call of the target: what it calls. */
  readonly method?: string;
}

export type Decoded =
  | {
      readonly ok: true;
      readonly frame: Value;
      readonly frames: readonly Value[];
      readonly violations: readonly Violation[];
    }
  | { readonly ok: false; readonly violations: readonly Violation[] };

export interface Encoded {
  readonly frame: Value;
  /** Text, or the bytes of a codec that has no text. */
  readonly data: string | Uint8Array;
  readonly requestId?: Value;
}

/** What is wrong with one frame, in words, with the place in it. */
export interface Violation {
  readonly code:
    | 'encoding'
    | 'json'
    | 'duplicate-member'
    | 'depth'
    | 'opcode'
    | 'size'
    | 'schema'
    | 'unknown-kind'
    | 'unterminated';
  /** JSON Pointer; empty for the frame itself. */
  readonly at: string;
  readonly message: string;
}
