import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { cannotListen } from '../fronts/listening.ts';
import type { NullFront, NullFrontOptions } from './front.ts';
import { type Peer, type Reacting, reactingOn } from './peer.ts';
import type { NullDomain } from './reaction.ts';

/** Nothing tells that a peer is gone, so each is forgotten some time after it was heard last. */
export async function serveNullUdp(domain: NullDomain, options: NullFrontOptions): Promise<NullFront> {
  const { host, port, transports, nextConnection } = options;
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  const peers = new Map<string, { readonly connection: number; readonly reacting: Reacting; forget: NodeJS.Timeout }>();

  function peerOf(remote: RemoteInfo) {
    const key = `${remote.address} ${remote.port}`;
    const forget = setTimeout(() => {
      peers.get(key)?.reacting.end();
      peers.delete(key);
    }, forgottenAfterMs).unref();
    const known = peers.get(key);
    if (known) {
      clearTimeout(known.forget);
      known.forget = forget;
      return known;
    }
    const peer = { connection: nextConnection(), reacting: reactingOn(datagramPeer(socket, remote)), forget };
    peers.set(key, peer);
    peer.reacting.react(domain.connect(peer.connection));
    return peer;
  }

  socket.on('message', (bytes, remote) => {
    const { connection, reacting } = peerOf(remote);
    reacting.react(domain.receive(connection, { transport: transports[0]!.name, text: bytes.toString() }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', cause => reject(cannotListen(host, port, cause)));
    socket.bind(port, host, resolve);
  });
  socket.on('error', () => {});
  return {
    port: socket.address().port,
    stop() {
      for (const { reacting, forget } of peers.values()) {
        clearTimeout(forget);
        reacting.end();
      }
      return new Promise(resolve => void socket.close(() => resolve()));
    },
  };
}

/** Longer than a scenario goes on after its last datagram. */
const forgottenAfterMs = 20_000;

function datagramPeer(socket: Socket, { address, port }: RemoteInfo): Peer {
  return {
    say(messages, taken) {
      // A few at a time: what a receiver has no room for is lost anyway.
      const some = messages.slice(0, datagramsAtOnce);
      some.forEach(({ bytes }, k) => {
        socket.send(bytes, port, address, () => k === some.length - 1 && taken());
      });
    },
    sayByte({ bytes }, at) {
      // A datagram comes whole: when its last byte would.
      const more = at + 1 < bytes.length;
      if (!more) socket.send(bytes, port, address);
      return more;
    },
    close() {},
  };
}

const datagramsAtOnce = 32;
