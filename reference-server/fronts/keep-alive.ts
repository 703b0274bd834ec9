import type { WebSocket } from 'ws';

export interface Pings {
  readonly everyMs: number;
  /** A connection from which no pong has come for so long is cut. */
  readonly withinMs: number;
}

/** Nothing but pongs shows that the other side is there. */
export function keepAlive(socket: WebSocket, { everyMs, withinMs }: Pings): void {
  const ping = setInterval(() => socket.ping(), everyMs);
  let cut = setTimeout(() => socket.terminate(), withinMs);
  socket.on('pong', () => {
    clearTimeout(cut);
    cut = setTimeout(() => socket.terminate(), withinMs);
  });
  socket.once('close', () => {
    clearInterval(ping);
    clearTimeout(cut);
  });
}
