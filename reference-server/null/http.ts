/** HTTP, and WebSocket on the same port where the protocol has it there. */
import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { listen, trackSockets } from '../fronts/listening.ts';
import type { NullFront, NullFrontOptions } from './front.ts';
import { type Peer, type Reacting, reactingOn } from './peer.ts';
import type { Message, NullDomain } from './reaction.ts';
import { acceptNullWebSocket, messageBytes } from './websocket.ts';

export async function serveNullHttp(domain: NullDomain, options: NullFrontOptions): Promise<NullFront> {
  const { host, port, transports, nextConnection } = options;
  const requested = transports.find(({ kind }) => kind === 'http')?.name;
  const upgraded = transports.find(({ kind }) => kind === 'websocket')?.name;
  const server = createServer();
  const sockets = trackSockets(server);
  if (requested !== undefined) {
    const reactingOf = new WeakMap<Socket, (request: IncomingMessage) => void>();
    const follow = (socket: Socket) => {
      const react = followRequests(domain, socket, { connection: nextConnection(), transport: requested });
      reactingOf.set(socket, react);
      return react;
    };
    // Where a connection may become a WebSocket, it is HTTP only from its first request on.
    if (upgraded === undefined) server.on('connection', follow);
    server.on('request', request => (reactingOf.get(request.socket) ?? follow(request.socket))(request));
  }
  if (upgraded !== undefined) {
    // UTF-8 is the other side's to judge, as in everything that is said here.
    const webSockets = new WebSocketServer({ noServer: true, maxPayload: messageBytes, skipUTF8Validation: true });
    server.on('upgrade', (request, socket: Socket, head) =>
      webSockets.handleUpgrade(request, socket, head, accepted =>
        acceptNullWebSocket(domain, accepted, socket, { connection: nextConnection(), transport: upgraded }),
      ),
    );
  }
  const boundPort = await listen(server, host, port);
  return {
    port: boundPort,
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface About {
  readonly connection: number;
  readonly transport: string;
}

/** Node reads the requests; what is said goes to the socket itself, for little here is one answer to one request. */
function followRequests(domain: NullDomain, socket: Socket, { connection, transport }: About) {
  const reacting: Reacting = reactingOn(answeringPeer(socket));
  socket.on('error', () => {});
  socket.once('close', reacting.end);
  reacting.react(domain.connect(connection));
  return (request: IncomingMessage): void => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      if (text.length < messageBytes) text += chunk;
    });
    request.once('end', () => reacting.react(domain.receive(connection, { transport, text })));
  };
}

function answeringPeer(socket: Socket): Peer {
  return {
    say(messages, taken) {
      if (socket.writable) socket.write(Buffer.concat(messages.map(answer)), error => error || taken());
    },
    sayByte(message, at) {
      const bytes = answer(message);
      if (socket.writable) socket.write(bytes.subarray(at, at + 1));
      return at + 1 < bytes.length;
    },
    close: () => void socket.end(),
  };
}

function answer({ bytes, status = 200, bare }: Message): Uint8Array {
  if (bare) return bytes;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json',
    `content-length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes]);
}
