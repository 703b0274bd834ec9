/** Two UDP ports that know nothing: whoever opens them says what becomes of each datagram. */
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { PairPorts, PairSide, Route } from '../core/datagrams.ts';

export interface DatagramPairOptions {
  readonly host: string;
  readonly route: Route;
  readonly opened: (ports: PairPorts) => void;
  readonly log: (line: string) => void;
}

/** Returns how to close them; called before they have opened, they never do. */
export function openDatagramPair({ host, route, opened, log }: DatagramPairOptions): () => void {
  const family = isIPv6(host) ? 'udp6' : 'udp4';
  const sockets: Readonly<Record<PairSide, Socket>> = { one: createSocket(family), other: createSocket(family) };
  let waiting = 2;
  let closed = false;

  for (const side of ['one', 'other'] as const) {
    const socket = sockets[side];
    socket.on('error', error => log(`datagrams: ${error.message}`));
    socket.on('message', (payload, { address, port }) => {
      for (const { through, to, payload: bytes } of route(side, { host: address, port }, payload)) {
        if (!closed) sockets[through].send(bytes, to.port, to.host);
      }
    });
    socket.bind({ port: 0, address: host, exclusive: true }, () => {
      waiting--;
      if (waiting === 0 && !closed) opened({ one: sockets.one.address().port, other: sockets.other.address().port });
    });
  }

  return () => {
    if (closed) return;
    closed = true;
    sockets.one.close();
    sockets.other.close();
  };
}
