import type { AddressInfo, Server, Socket } from 'node:net';
import { ReferenceServerError } from '../core/errors.ts';

/** Resolves with the port once the server listens. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', cause => reject(cannotListen(host, port, cause)));
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Sockets in any state, also those that have sent nothing yet: a server's own close would wait for them. */
export function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/** Where an address stands for all of them, the one that is sure to be this machine. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/** An address that can be reached, as it is written in a URL. */
export function urlHost(host: string): string {
  const reachable = reachableHost(host);
  return reachable.includes(':') ? `[${reachable}]` : reachable;
}

export function cannotListen(host: string, port: number, cause: Error): ReferenceServerError {
  return new ReferenceServerError(
    'cannot-listen',
    `Expected to listen on ${host} port ${port}, got: ${cause.message}. Choose another address, or port 0 for a free one.`,
    { cause },
  );
}
