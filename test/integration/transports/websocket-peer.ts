import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { ConnectOptions } from '../../../src/transports/connection.ts';
import { connect, listen, listenTcp, type Recorded } from './recorded-connection.ts';

interface Pair {
  readonly client: Recorded;
  /** The server's end, of `ws`. */
  readonly peer: WebSocket;
  readonly socket: Socket;
  /** Of the handshake, and its `url`. */
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** A client, open, and a server of `ws`. */
export async function pair(
  options: Partial<ConnectOptions> = {},
  serverOptions: ServerOptions = {},
  path = '/',
): Promise<Pair> {
  const server = createServer();
  const webSockets = new WebSocketServer({ server, ...serverOptions });
  const port = await listen(server);
  const connected = once(webSockets, 'connection');
  const client = connect(`ws://127.0.0.1:${port}${path}`, options);
  const [peer, request] = await connected;
  peer.on('error', () => {});
  await client.until('opened');
  return { client, peer, socket: request.socket, headers: { ...request.headers, url: request.url } };
}

/** A server that upgrades by hand, so that it can then say anything; `together` leaves with the upgrade. */
export async function listenByHand(
  afterUpgrade: (socket: Socket) => void,
  together: Buffer = Buffer.alloc(0),
): Promise<number> {
  const { port } = await listenTcp(socket => {
    socket.once('data', (request: Buffer) => {
      socket.write(Buffer.concat([Buffer.from(upgradeAnswer(request)), together]));
      afterUpgrade(socket);
    });
  });
  return port;
}

export function upgradeAnswer(request: Buffer): string {
  const key = /sec-websocket-key: (.*)\r\n/i.exec(request.toString('latin1'))?.[1];
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

/** A frame of at most 125 bytes; `second` holds the mask bit. */
export function frame(first: number, payload: string | Buffer, second = 0): Buffer {
  const body = Buffer.from(payload);
  return Buffer.concat([Buffer.of(first, second | body.length), body]);
}
