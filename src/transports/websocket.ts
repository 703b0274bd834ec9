import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { closeGraceMs, endSoon } from './close-grace.ts';
import type { Connection, OutgoingMessage, WriteOutcome } from './connection.ts';
import { startDeadline } from './deadline.ts';
import { type Dialed, dial } from './dial.ts';
import { endedEarly, failureOf, ownClose } from './failure.ts';
import { guardSink } from './guarded-sink.ts';
import type { OpenTransport } from './open-transport.ts';
import { stampReads } from './stamp.ts';
import { closeFrame, isSendableCode } from './websocket-close.ts';
import { followControls, tellOtherControls } from './websocket-controls.ts';
import { beginHandshake, followHandshake, messageMaxFragments, refuse } from './websocket-handshake.ts';
import { attachLive, type LiveWebSocket, liveOf } from './websocket-live.ts';
import { uncork, writeMessage } from './websocket-write.ts';

/**
 * A WebSocket over a socket that we dial ourselves: stamps, wire bytes, grouped writes and resets need it, and no private
 * member of `ws` is used. A message longer than `keepBytes` ends the connection (`ws` cannot keep its beginning only), and
 * so does one of too many fragments. Back pressure: as for streams.
 *
 * When the target's close frame has come, ours is written and the TCP connection ended at once: `ws` tells the code only
 * after the socket has closed, and a target that leaves it open must not delay the news.
 */
export const openWebSocket: OpenTransport = (endpoint, options, nowUs, target) =>
  openWebSocketOver(dial(endpoint, options.tls), endpoint, options, nowUs, target);

/** Over a connection that is under way. */
export function openWebSocketOver(
  { socket, raw, ready }: Dialed,
  ...[endpoint, options, nowUs, target]: Parameters<OpenTransport>
): ReturnType<OpenTransport> {
  const stamp = stampReads(socket, nowUs);
  // Written out, and not spread from what was dialed: then each had a shape of its own.
  const live: LiveWebSocket = {
    endpoint,
    options,
    nowUs,
    sink: guardSink(target),
    stamp,
    ws: beginHandshake(endpoint, options, { socket, raw, ready }),
    socket,
    raw,
    awaited: 'a TCP connection to',
    reading: true,
    corked: false,
    half: false,
    controls: 0,
  };
  attachLive(live);
  followHandshake(live);
  followSocket(live, ready);
  followMessages(live);
  return new WebSocketConnection(live);
}

/** A class, not an object of closures: a load has one for each of its connections. */
class WebSocketConnection implements Omit<Connection, 'transport'> {
  readonly #live: LiveWebSocket;

  constructor(live: LiveWebSocket) {
    this.#live = live;
  }

  write(message: OutgoingMessage): WriteOutcome {
    return writeMessage(this.#live, message);
  }

  request(): WriteOutcome {
    const reason = 'a WebSocket transport has messages, not HTTP requests';
    return { ok: false, atUs: this.#live.nowUs(), reason, unfit: true };
  }

  close(how: Parameters<Connection['close']>[0]): void {
    close(this.#live, how);
  }

  setReading(go: boolean): void {
    setReading(this.#live, go);
  }

  destroy(): void {
    const { sink, deadline, socket, raw } = this.#live;
    sink.mute();
    deadline?.cancel();
    socket.destroy();
    raw.destroy();
  }
}

function followSocket({ socket, raw }: LiveWebSocket, ready: Dialed['ready']): void {
  raw.on('connect', ready === 'connect' ? awaitAnswer : awaitSecure);
  if (ready === 'secureConnect') socket.on(ready, awaitAnswer);
  socket.on('error', noteError);
  socket.on('end', followEnd);
  socket.on('close', noteClosed);
}

function awaitAnswer(this: Socket): void {
  liveOf(this).awaited = 'an answer to the WebSocket handshake by';
}

function awaitSecure(this: Socket): void {
  liveOf(this).awaited = 'a TLS handshake with';
}

function noteError(this: Socket, error: Error): void {
  const live = liveOf(this);
  if (live.sink.phase() === 'connecting') refuse(live, failureOf(error, 'bad-handshake'));
  else live.failure ??= { error: failureOf(error, 'broken').code };
}

function followEnd(this: Socket): void {
  endSoon(this);
}

function noteClosed(this: Socket): void {
  const live = liveOf(this);
  live.deadline?.cancel();
  // Whatever `ws` makes of it: a connection that never opened is refused.
  if (live.sink.phase() === 'connecting') refuse(live, endedEarly);
}

function followMessages(live: LiveWebSocket): void {
  const { ws } = live;
  ws.on('message', takeMessage);
  followControls(live);
  ws.on('open', followEndOfFrames);
  ws.on('error', failMessages);
  ws.on('close', conclude);
}

function takeMessage(this: WebSocket, data: WebSocket.RawData, isBinary: boolean): void {
  const { sink, stamp } = liveOf(this);
  // The default `binaryType` gives a Buffer.
  sink.item(stamp.atUs(), { bytes: data as Buffer, opcode: isBinary ? 'binary' : 'text' });
}

function followEndOfFrames(this: WebSocket): void {
  // Behind the listener of `ws`: what this read did to it can be seen.
  liveOf(this).socket.on('data', noteClosing);
}

function noteClosing(this: Socket): void {
  const live = liveOf(this);
  if (live.ws.readyState === WebSocket.CLOSING && live.endedBy === undefined) endedByTarget(live);
}

function failMessages(this: WebSocket, error: Error): void {
  const live = liveOf(this);
  if (live.sink.phase() === 'connecting') {
    refuse(live, failureOf(error, 'bad-handshake'));
  } else {
    live.failure ??= frameFailure(live, error);
    endedByTarget(live);
  }
}

/** Bounds of ours that `ws` cannot pass without heaping up a message. */
const tooLong: ReadonlySet<string> = new Set(['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'WS_ERR_TOO_MANY_BUFFERED_PARTS']);

function frameFailure({ options }: LiveWebSocket, error: Error): { readonly error: string; readonly reason: string } {
  const { code, cause } = failureOf(error, 'bad-frame');
  if (!tooLong.has(code)) return { error: 'bad-frame', reason: cause };
  const bounds = `${options.keepBytes} bytes and ${messageMaxFragments} fragments`;
  return { error: 'too-long', reason: `expected messages of at most ${bounds}, came more` };
}

function endedByTarget(live: LiveWebSocket): void {
  live.endedBy ??= 'target';
  live.endedAtUs ??= live.stamp.atUs();
  uncork(live);
  endSoon(live.socket);
}

function conclude(this: WebSocket, code: number, closeReason: Buffer): void {
  const live = liveOf(this);
  const { sink, nowUs, endedBy = 'target', endedAtUs = nowUs() } = live;
  // Of an end with a close frame, or of one that we asked for, how TCP came to its end is no news.
  const failure = code === 1006 && endedBy === 'target' ? live.failure : undefined;
  const reason = failure?.reason ?? closeReason.toString('utf8');
  tellOtherControls(live);
  sink.closed(endedAtUs, {
    code,
    by: endedBy,
    ...(reason === '' ? {} : { reason }),
    ...(failure ? { error: failure.error } : {}),
  });
}

function setReading(live: LiveWebSocket, go: boolean): void {
  live.reading = go;
  if (go) live.ws.resume();
  else live.ws.pause();
}

function close(live: LiveWebSocket, { code, half, abort }: Parameters<Connection['close']>[0]): void {
  const { sink, socket, raw } = live;
  if (sink.phase() === 'connecting') {
    // Told by the `close` event, not within this call.
    live.ownFailure = ownClose;
    socket.destroy();
    raw.destroy();
  }
  if (sink.phase() !== 'open') return;
  uncork(live);
  live.endedBy ??= 'us';
  if (abort) {
    raw.resetAndDestroy();
  } else if (half) {
    live.half = true;
    socket.end();
  } else {
    closePolitely(live, code);
    live.deadline?.cancel();
    live.deadline = startDeadline(closeGraceMs, () => {
      sink.note(live.nowUs(), `the target did not follow our close within ${closeGraceMs} ms`);
      socket.destroy();
      raw.destroy();
    });
  }
}

/** Without a code the frame has none. A code that nobody may send is written below the framing. */
function closePolitely({ ws, socket, half }: LiveWebSocket, code: number | undefined): void {
  if (half || ws.readyState !== WebSocket.OPEN) return;
  if (code === undefined || isSendableCode(code)) ws.close(code);
  else socket.write(closeFrame(code));
}
