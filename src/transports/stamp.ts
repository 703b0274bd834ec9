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
  const stamp = new Stamp(nowUs);
  (socket as StampedSocket)[ofSocket] = stamp;
  socket.prependListener('data', stampRead);
  return stamp;
}

const ofSocket = Symbol('stamp');

type StampedSocket = Socket & { [ofSocket]: Stamp };

/** The same for all sockets: of thousands, each would have its own for as long as it is open. */
function stampRead(this: Socket): void {
  (this as StampedSocket)[ofSocket].note(this.bytesRead);
}

class Stamp implements ReadStamp {
  readonly #nowUs: () => number;
  #atUs = 0;
  #bytes = -1;

  constructor(nowUs: () => number) {
    this.#nowUs = nowUs;
  }

  note(bytesRead: number): void {
    if (bytesRead === this.#bytes) return;
    this.#bytes = bytesRead;
    this.#atUs = this.#nowUs();
  }

  atUs(): number {
    return this.#atUs;
  }
}
