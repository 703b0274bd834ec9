import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** The server's side of one WebSocket connection, byte for byte, so that it can be wrong. */
export interface Peer {
  readonly socket: Socket;
  /** What the client asked for: `/path`. */
  readonly path: string;
  /** The answer that accepts the handshake. */
  readonly acceptance: string;
  /** Text, or JSON of anything else, as one text frame. */
  send(message: unknown): void;
  /** A message of the client, as text. Pings and pongs are left out; a close is `undefined`. */
  heard: (text: string | undefined) => void;
}

export interface FrameOptions {
  readonly fin?: boolean;
  /** RSV1 is 0x40, RSV2 0x20, RSV3 0x10. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** In the place of the length of the payload. */
  readonly claimedBytes?: bigint;
}

/** One frame of RFC 6455, section 5.2, right or wrong. */
export function frame(opcode: number, payload: string | Uint8Array, options: FrameOptions = {}): Buffer {
  const { fin = true, reserved = 0, masked = false, claimedBytes } = options;
  const bytes = Buffer.from(payload as string);
  const length = claimedBytes ?? BigInt(bytes.length);
  const extended = length > 0xffffn ? 8 : length > 125n ? 2 : 0;
  const head = Buffer.alloc(2 + extended);
  head[0] = (fin ? 0x80 : 0) | reserved | opcode;
  head[1] = (masked ? 0x80 : 0) | (extended === 8 ? 127 : extended === 2 ? 126 : Number(length));
  if (extended === 2) head.writeUInt16BE(Number(length), 2);
  if (extended === 8) head.writeBigUInt64BE(length, 2);
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), bytes]);
}

/** A server for raw sockets on a free port; gives its port. All ends with the test file. */
export async function listenRaw(connected: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, socket => {
    socket.on('error', () => {});
    socket.once('end', () => socket.end());
    connected(socket);
  });
  server.unref();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** As `listenRaw`, for WebSocket: `connected` gets the request, and nothing is answered yet. */
export function listenWebSocket(connected: (peer: Peer) => void): Promise<number> {
  return listenRaw(socket => {
    let head = '';
    const hear = (bytes: Buffer): void => {
      head += bytes.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', hear);
      const path = /^GET (\S+) /.exec(head)?.[1] ?? '';
      const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1] ?? '';
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      const acceptance = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
      const send = (message: unknown) =>
        socket.write(frame(0x1, typeof message === 'string' ? message : JSON.stringify(message)));
      const peer: Peer = { socket, path, acceptance, send, heard: () => {} };
      followClient(peer);
      connected(peer);
    };
    socket.on('data', hear);
  });
}

/** Unmasks whole frames of the client; ours are never fragmented unless a scenario cuts them. */
function followClient(peer: Peer): void {
  let rest = Buffer.alloc(0);
  peer.socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      if (rest.length < 6) return;
      const short = rest[1]! & 0x7f;
      const extended = short === 127 ? 8 : short === 126 ? 2 : 0;
      const begin = 2 + extended + 4;
      if (rest.length < begin) return;
      const length = extended === 8 ? Number(rest.readBigUInt64BE(2)) : extended === 2 ? rest.readUInt16BE(2) : short;
      if (rest.length < begin + length) return;
      const mask = rest.subarray(begin - 4, begin);
      const payload = Buffer.from(rest.subarray(begin, begin + length).map((byte, k) => byte ^ mask[k % 4]!));
      const opcode = rest[0]! & 0x0f;
      rest = rest.subarray(begin + length);
      if (opcode === 0x8) peer.heard(undefined);
      else if (opcode < 0x8) peer.heard(payload.toString('utf8'));
    }
  });
}
