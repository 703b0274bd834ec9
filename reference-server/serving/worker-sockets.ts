import type { ConnectionId } from '../core/registry.ts';
import type { Sockets } from '../core/switchboard.ts';
import type { Link } from './link.ts';
import type { ToWorker } from './worker-messages.ts';

/** The sockets of all workers, as if they were here. A text travels once to each worker that has somebody to send it to. */
export function createWorkerSockets(links: readonly Link<ToWorker>[]): Sockets {
  const linkOf = (connection: ConnectionId) => links[connection % links.length]!;
  return {
    send(to, text) {
      const bytes = Buffer.from(text);
      const shares: ConnectionId[][] = links.map(() => []);
      for (const connection of to) shares[connection % links.length]!.push(connection);
      for (const [index, share] of shares.entries()) {
        if (share.length > 0) links[index]!.tell({ kind: 'send', to: share }, bytes);
      }
    },
    close: (connection, code, reason) => linkOf(connection).tell({ kind: 'close', connection, code, reason }),
    cut: connection => linkOf(connection).tell({ kind: 'cut', connection }),
  };
}
