/** A live client: one connection of a scenario. Does what the interpreter asks, and says what happened as log events. */
import type { ClientEvent, RunNote, Written } from '../evidence/events.ts';
import type { Clock } from '../foundation/clock.ts';
import type { TransportProfile } from '../foundation/pack.ts';
import type {
  Connection,
  ConnectionSink,
  ConnectOptions,
  OpenConnection,
  OutgoingMessage,
  WriteOutcome,
} from '../transports/connection.ts';
import { parseEndpoint } from '../transports/endpoint.ts';
import { bytesOf, cutPieces } from '../transports/pieces.ts';
import { itemEvent } from './item-event.ts';
import type { Vault } from './secrets.ts';

/** Where a client's events go, in the order in which they happened. */
export type EventSink = (event: ClientEvent | RunNote) => void;

export interface LiveClientOptions {
  readonly x: number;
  readonly name: string;
  readonly transport: TransportProfile;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly emit: EventSink;
  readonly open: OpenConnection;
}

/** A message with its log form beside its wire form. */
export interface Outgoing {
  readonly n: number;
  readonly what: 'frame' | 'raw' | 'ping' | 'wire' | 'answer';
  readonly opcode: 'text' | 'binary' | undefined;
  readonly logged: string | Uint8Array;
  readonly wire: string | Uint8Array;
  readonly cutAt: readonly number[];
  /** Between the pieces, in microseconds. */
  readonly everyUs: number;
  readonly hold: boolean;
}

export interface OutgoingHttp {
  readonly n: number;
  readonly method: string;
  readonly logged: HttpParts;
  readonly wire: HttpParts;
}

interface HttpParts {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface LiveClient {
  connect(options: ConnectOptions): void;
  write(message: Outgoing): void;
  request(request: OutgoingHttp): void;
  close(how: { readonly code: number | undefined; readonly half: boolean; readonly abort: boolean }): void;
  setReading(go: boolean): void;
  /** Closes politely and resolves when the connection is over: a target's connections are counted. Nothing is told any more. */
  end(): Promise<void>;
  /** Ends it where it is. */
  destroy(): void;
}

interface Live extends LiveClientOptions {
  readonly sink: ConnectionSink;
  isOpen: boolean;
  /** Told of the end of the connection, instead of `emit`. */
  ended: (() => void) | undefined;
  connection: Connection | undefined;
  /** Of the endpoint: what a request without a path of its own asks for. */
  path: string;
  pacing: NodeJS.Timeout | undefined;
}

export function createLiveClient(options: LiveClientOptions): LiveClient {
  const live: Live = {
    ...options,
    sink: sinkOf(options, () => live),
    isOpen: false,
    ended: undefined,
    connection: undefined,
    path: '/',
    pacing: undefined,
  };
  return {
    connect(how) {
      live.connection?.destroy();
      live.path = pathOf(how);
      live.connection = live.open(live.transport.name, how, live.clock.nowUs, live.sink);
    },
    write: message => write(live, message),
    request: request => sendRequest(live, request),
    close: how => close(live, how),
    setReading: go => live.connection?.setReading(go),
    end: () => end(live),
    destroy() {
      clearTimeout(live.pacing);
      live.connection?.destroy();
    },
  };
}

/** A connection that does not say that it is over is left behind; the transports bound that themselves. */
async function end(live: Live): Promise<void> {
  clearTimeout(live.pacing);
  const { connection } = live;
  if (!connection || !live.isOpen) {
    connection?.destroy();
    return;
  }
  await new Promise<void>(resolve => {
    live.ended = resolve;
    connection.setReading(true);
    connection.close({ half: false, abort: false });
  });
}

function sinkOf({ x, name: c, vault, emit: tellOf }: LiveClientOptions, self: () => Live): ConnectionSink {
  const emit: EventSink = event => {
    const live = self();
    if (event.event === 'closed' || event.event === 'refused') live.isOpen = false;
    if (!live.ended) tellOf(event);
    else if (event.event === 'closed') live.ended();
  };
  return {
    opened(t, { address, subprotocol }) {
      self().isOpen = true;
      emit({ event: 'opened', x, c, t, address, ...(subprotocol === undefined ? {} : { subprotocol }) });
    },
    refused(t, { code, detail, status }) {
      const known = status === undefined ? {} : { status };
      emit({ event: 'refused', x, c, t, code, detail: vault.mask(detail), ...known });
    },
    item: (t, message) => emit(itemEvent(x, c, t, message, vault)),
    closed(t, about) {
      const reason = about.reason === undefined ? {} : { reason: vault.mask(about.reason) };
      emit({ event: 'closed', x, c, t, ...about, ...reason });
    },
    note: (t, text) => emit({ event: 'note', x, c, t, text: vault.mask(text) }),
  };
}

type About = Omit<Written, 'event' | 'x' | 'c' | 't' | 'failed'>;

function tell({ x, name: c, vault, emit }: Live, outcome: WriteOutcome, about: About): void {
  const failed = outcome.ok
    ? {}
    : { failed: vault.mask(outcome.reason), ...(outcome.unfit ? { unfit: outcome.unfit } : {}) };
  emit({ event: 'written', x, c, t: outcome.atUs, ...about, ...failed });
}

function notConnected({ clock }: Live): WriteOutcome {
  return { ok: false, atUs: clock.nowUs(), reason: 'the client is not connected' };
}

function write(live: Live, { n, what, opcode, logged, wire, cutAt, everyUs, hold }: Outgoing): void {
  const about = { what, n, ...loggedData(logged), ...(opcode === undefined ? {} : { opcode }) };
  const how = { opcode: what === 'ping' ? 'ping' : (opcode ?? 'text'), wire: what === 'wire' } as const;
  if (everyUs > 0 && cutAt.length > 0) {
    writePieces(live, how, cutPieces(bytesOf(wire), cutAt), everyUs / 1000, about);
    return;
  }
  const answers = what === 'answer' ? { answers: n } : {};
  tell(live, live.connection?.write({ ...how, data: wire, cutAt, hold, ...answers }) ?? notConnected(live), about);
}

/** One piece after another; the write is told of with the last. */
function writePieces(
  live: Live,
  how: Pick<OutgoingMessage, 'opcode' | 'wire'>,
  pieces: readonly Uint8Array[],
  everyMs: number,
  about: About,
): void {
  const [piece, ...rest] = pieces;
  const message = { ...how, data: piece!, cutAt: [], hold: false, more: rest.length > 0 };
  const outcome = live.connection?.write(message) ?? notConnected(live);
  if (rest.length === 0 || !outcome.ok) tell(live, outcome, about);
  else live.pacing = setTimeout(() => writePieces(live, how, rest, everyMs, about), everyMs);
}

function sendRequest(live: Live, { n, method, logged, wire }: OutgoingHttp): void {
  const body = wire.body === undefined ? {} : { body: Buffer.from(wire.body) };
  const path = (own: string) => (own === '' ? live.path : own);
  const request = { method, path: path(wire.path), headers: wire.headers, ...body };
  const text = logged.body === undefined ? {} : { text: logged.body };
  const http = { method, path: path(logged.path), headers: logged.headers };
  tell(live, live.connection?.request(request) ?? notConnected(live), { what: 'http', n, ...text, http });
}

function close(live: Live, { code, half, abort }: Parameters<LiveClient['close']>[0]): void {
  const outcome: WriteOutcome = live.connection ? { ok: true, atUs: live.clock.nowUs() } : notConnected(live);
  const text = code === undefined ? {} : { text: String(code) };
  tell(live, outcome, { what: abort ? 'abort' : half ? 'half-close' : 'close', n: half ? 1 : 0, ...text });
  live.connection?.close({ half, abort, ...(code === undefined ? {} : { code }) });
}

function pathOf({ kind, url }: ConnectOptions): string {
  return kind === 'http' ? parseEndpoint(kind, url).path || '/' : '/';
}

function loggedData(data: string | Uint8Array): { readonly text: string } | { readonly base64: string } {
  return typeof data === 'string' ? { text: data } : { base64: Buffer.from(data).toString('base64') };
}
