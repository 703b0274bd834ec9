import type { Socket } from 'node:net';
import { closeGraceMs, endSoon } from './close-grace.ts';
import type { Connection, ConnectOptions, WriteOutcome } from './connection.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { type Dialed, dial, peerAddress } from './dial.ts';
import { addressText, type Endpoint } from './endpoint.ts';
import { endedEarly, type Failure, failureOf, ownClose, refusalDetail, timedOut } from './failure.ts';
import { cutPieces } from './pieces.ts';
import { stampReads } from './stamp.ts';

/**
 * One TCP or TLS connection as a stream of bytes. This file does not know what the bytes mean: lines and HTTP do.
 * It ends in bounded time: connecting by the option's timeout, closing by the grace.
 *
 * Back pressure: bytes are handed over as they are read, nothing is kept here. A consumer that cannot follow says
 * `setReading(false)`: the socket is not read any more, its kernel buffer fills and the peer has to wait. What one read
 * had brought (at most 64 KiB) is still handed over.
 */
export interface Stream extends Pick<Connection, 'close' | 'setReading' | 'destroy'> {
  phase(): StreamPhase;
  write(bytes: Uint8Array, cutAt: readonly number[], hold: boolean): WriteOutcome;
}

/** `half`: we have ended our side and still read. */
type StreamPhase = 'connecting' | 'open' | 'half' | 'closing' | 'over';

/** Told in this order: opened or refused, reads, ended. */
export interface StreamEvents {
  opened(atUs: number, address: string): void;
  refused(atUs: number, about: { readonly code: string; readonly detail: string }): void;
  read(atUs: number, bytes: Uint8Array): void;
  ended(atUs: number, about: StreamEnd): void;
  note(atUs: number, text: string): void;
}

export interface StreamEnd {
  readonly by: 'target' | 'us';
  /** The target ended its side in order, by a FIN: all that it said has come. */
  readonly complete: boolean;
  readonly error?: string;
}

interface Live {
  readonly socket: Socket;
  readonly raw: Socket;
  readonly where: string;
  readonly nowUs: () => number;
  readonly events: StreamEvents;
  phase: StreamPhase;
  corked: boolean;
  endedByUs: boolean;
  /** Of a connection that was open. */
  error?: string;
  /** Of one that we closed before. */
  failure?: Failure;
  deadline?: Deadline;
}

/** Throws if the TLS files cannot be read. */
export function openStream(
  endpoint: Endpoint,
  options: Pick<ConnectOptions, 'tls' | 'timeoutUs' | 'lagUs'>,
  nowUs: () => number,
  events: StreamEvents,
): Stream {
  const dialed = dial(endpoint, options.tls);
  const where = `${endpoint.secure ? 'TLS' : 'TCP'} connection to ${addressText(endpoint.host, endpoint.port)}`;
  const live: Live = { ...dialed, where, nowUs, events, phase: 'connecting', corked: false, endedByUs: false };
  const { timeoutUs, lagUs } = options;
  live.deadline = startDeadline(timeoutUs / 1000, () => refuse(live, timedOut(timeoutUs)), lagUs);
  listen(live, endpoint, dialed);
  return {
    phase: () => live.phase,
    write: (bytes, cutAt, hold) => write(live, bytes, cutAt, hold),
    close: how => close(live, how),
    setReading: go => (go ? live.socket.resume() : live.socket.pause()),
    destroy: () => {
      live.phase = 'over';
      live.deadline?.cancel();
      destroyBoth(live);
    },
  };
}

function listen(live: Live, endpoint: Endpoint, { ready }: Dialed): void {
  const { socket, nowUs, events } = live;
  const stamp = stampReads(socket, nowUs);
  socket.on('data', (bytes: Uint8Array) => {
    if (live.phase !== 'over') events.read(stamp.atUs(), bytes);
  });
  socket.once(ready, () => {
    if (live.phase !== 'connecting') return;
    live.phase = 'open';
    live.deadline?.cancel();
    events.opened(nowUs(), peerAddress(socket, endpoint));
  });
  socket.on('error', error => {
    if (live.phase === 'connecting') refuse(live, failureOf(error, 'not-connected'));
    else live.error ??= failureOf(error, 'broken').code;
  });
  socket.once('end', () => {
    conclude(live, true);
    endSoon(socket);
  });
  socket.once('close', () => conclude(live, false));
}

function refuse(live: Live, failure: Failure): void {
  live.phase = 'over';
  live.deadline?.cancel();
  destroyBoth(live);
  live.events.refused(live.nowUs(), { code: failure.code, detail: refusalDetail(`a ${live.where}`, failure) });
}

function conclude(live: Live, complete: boolean): void {
  if (live.phase === 'connecting') refuse(live, live.failure ?? endedEarly);
  if (live.phase === 'over') return;
  live.phase = 'over';
  live.deadline?.cancel();
  const by = live.endedByUs ? 'us' : 'target';
  // Of an end that we asked for, how it came about is no news.
  live.events.ended(live.nowUs(), {
    by,
    complete,
    ...(live.error === undefined || live.endedByUs ? {} : { error: live.error }),
  });
}

function write(live: Live, bytes: Uint8Array, cutAt: readonly number[], hold: boolean): WriteOutcome {
  const { socket } = live;
  // Before the write: an origin may be early, never late (language, section 8).
  const atUs = live.nowUs();
  if (live.phase !== 'open') return { ok: false, atUs, reason: unwritable[live.phase] };
  if (!socket.writable) return { ok: false, atUs, reason: 'the target has ended the connection' };
  if (hold && !live.corked) {
    live.corked = true;
    socket.cork();
  }
  for (const piece of cutPieces(bytes, cutAt)) socket.write(piece);
  if (!hold) uncork(live);
  return { ok: true, atUs };
}

function uncork(live: Live): void {
  if (!live.corked) return;
  live.corked = false;
  live.socket.uncork();
}

function close(live: Live, how: Parameters<Connection['close']>[0]): void {
  if (live.phase === 'connecting') {
    // Told by the `close` event, not within this call.
    live.failure = ownClose;
    destroyBoth(live);
    return;
  }
  if (live.phase === 'over' || (live.phase === 'closing' && !how.abort)) return;
  uncork(live);
  live.endedByUs = true;
  if (how.abort) {
    live.phase = 'closing';
    live.raw.resetAndDestroy();
    return;
  }
  live.socket.end();
  if (how.half) {
    live.phase = 'half';
    return;
  }
  live.phase = 'closing';
  live.deadline = startDeadline(closeGraceMs, () => {
    live.events.note(live.nowUs(), `the target did not follow our close within ${closeGraceMs} ms`);
    destroyBoth(live);
  });
}

function destroyBoth({ socket, raw }: Live): void {
  socket.destroy();
  raw.destroy();
}

const unwritable: Readonly<Record<Exclude<StreamPhase, 'open'>, string>> = {
  connecting: 'the connection is not open yet',
  half: 'we have ended our side of the connection',
  closing: 'we have closed the connection',
  over: 'the connection is closed',
};
