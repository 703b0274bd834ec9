import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { ConnectionId } from '../core/registry.ts';
import { type Peer, reactingOn } from './peer.ts';
import type { NullDomain } from './reaction.ts';

/** More than any protocol allows: a message above it ends the connection. */
export const messageBytes = 1_048_576;

export interface WebSocketAbout {
  readonly connection: ConnectionId;
  readonly transport: string;
}

/** `raw`: the socket below, for what is no frame. */
export function acceptNullWebSocket(
  domain: NullDomain,
  socket: WebSocket,
  raw: Socket,
  { connection, transport }: WebSocketAbout,
): void {
  const reacting = reactingOn(framingPeer(socket, raw));
  socket.on('error', () => {});
  socket.once('close', reacting.end);
  socket.on('message', data => reacting.react(domain.receive(connection, { transport, text: String(data) })));
  reacting.react(domain.connect(connection));
}

function framingPeer(socket: WebSocket, raw: Socket): Peer {
  const isOpen = () => socket.readyState === socket.OPEN;
  return {
    say(messages, taken) {
      if (!isOpen()) return;
      // One write for all of them.
      raw.cork();
      messages.forEach(({ bytes, bare }, k) => {
        const done = (error?: Error | null) => void (k === messages.length - 1 && !error && taken());
        if (bare) raw.write(bytes, done);
        else socket.send(bytes, { binary: false }, done);
      });
      raw.uncork();
    },
    sayByte({ bytes }, at) {
      const more = at + 1 < bytes.length;
      // A fragment for each.
      if (isOpen()) socket.send(bytes.subarray(at, at + 1), { binary: false, fin: !more });
      return more;
    },
    close: () => socket.close(1000),
  };
}
