import type { Socket } from 'node:net';

/**
 * The one place that stamps what arrives. The instant is taken when the bytes leave the socket, before anything parses
 * them: this listener stands in front of every parser. Over TLS it is the instant after decryption, before parsing.
 */
export interface ReadStamp {
  /** Instant of the read whose bytes are being handled now. */
  atUs(): number;
}

/**
 * Call it before any other `data` listener is added, best before the socket is connected. `bytesRead` tells bytes that
 * are handed out a second time (what followed the 101 in the same read is put back for the WebSocket) from new ones.
 */
export function stampReads(socket: Socket, nowUs: () => number): ReadStamp {
  let stampUs = 0;
  let stampedBytes = -1;
  socket.prependListener('data', () => {
    const { bytesRead } = socket;
    if (bytesRead === stampedBytes) return;
    stampedBytes = bytesRead;
    stampUs = nowUs();
  });
  return { atUs: () => stampUs };
}
