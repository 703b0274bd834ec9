import { WebSocket } from 'ws';
import type { OutgoingMessage, WriteOutcome } from './connection.ts';
import { bytesOf, cutPieces } from './pieces.ts';
import type { LiveWebSocket } from './websocket-live.ts';

const pingMaxBytes = 125;

/** Pieces of a message are its fragments; of wire bytes, writes of their own. A ping cannot be cut (RFC 6455, section 5.4). */
export function writeMessage(live: LiveWebSocket, message: OutgoingMessage): WriteOutcome {
  // Before the write: an origin may be early, never late (language, section 8).
  const atUs = live.nowUs();
  const bytes = bytesOf(message.data);
  const wrong = unfit(message, bytes);
  if (wrong !== undefined) return { ok: false, atUs, reason: wrong, unfit: true };
  const reason = unwritable(live);
  if (reason !== undefined) return { ok: false, atUs, reason };
  if (message.hold && !live.corked) {
    live.corked = true;
    live.socket.cork();
  }
  writeBytes(live, message, bytes);
  if (!message.hold) uncork(live);
  return { ok: true, atUs };
}

export function uncork(live: LiveWebSocket): void {
  if (!live.corked) return;
  live.corked = false;
  live.socket.uncork();
}

function writeBytes({ ws, socket }: LiveWebSocket, message: OutgoingMessage, bytes: Uint8Array): void {
  const { opcode, wire, cutAt, more = false } = message;
  const pieces = opcode === 'ping' && !wire ? [bytes] : cutPieces(bytes, cutAt);
  for (const [k, piece] of pieces.entries()) {
    if (wire) socket.write(piece);
    else if (opcode === 'ping') ws.ping(piece);
    else ws.send(piece, { binary: opcode === 'binary', fin: !more && k === pieces.length - 1 });
  }
}

function unwritable({ ws, sink, socket, half }: LiveWebSocket): string | undefined {
  if (half) return 'we have ended our side of the connection';
  if (sink.phase() === 'connecting') return 'the connection is not open yet';
  if (ws.readyState === WebSocket.OPEN && sink.phase() === 'open' && socket.writable) return undefined;
  return 'the connection is closed or closing';
}

function unfit({ opcode, wire }: OutgoingMessage, bytes: Uint8Array): string | undefined {
  if (opcode !== 'ping' || wire || bytes.length <= pingMaxBytes) return undefined;
  return `expected a ping of at most ${pingMaxBytes} bytes, came ${bytes.length}: write a longer one with wire: true`;
}
