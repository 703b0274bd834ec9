/**
 * The server against which the floor is measured: it accepts, and hands on what it hears to who must have it, and does nothing else. A
 * message is framed once, its bytes as they came, and written to plain sockets. What a load measures against it is this machine and this
 * tool.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { BareTopology } from './bare-topology.ts';
import { closeOpcode, createClientFrames, pingOpcode, pongOpcode, serverFrame } from './client-frames.ts';

export interface BareServer {
  readonly port: number;
  stop(): void;
}

/** What the users of the bare server say: `bare-pack.ts` is the same seen from the other side. */
type Said =
  /** `3-abcdefgh`: user 3, from 1, of the channel abcdefgh. */
  | { readonly is: 'enter'; readonly id: string; readonly name: string }
  | { readonly is: 'said'; readonly id: string; readonly entry: number };

/** The users of a channel, by number. */
type Room = (Socket | undefined)[];

export async function startBareServer(topology: BareTopology): Promise<BareServer> {
  const rooms = new Map<string, Room>();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    attend(socket, rooms, topology);
  });
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function attend(socket: Socket, rooms: Map<string, Room>, topology: BareTopology): void {
  let room: Room | undefined;
  let member = -1;
  const framed = topology.framing === 'lines' ? framedLine : serverFrame;

  function hear(payload: Buffer): void {
    const said = JSON.parse(payload.toString('utf8')) as Said;
    if (said.is === 'enter') {
      const [number = '', channel = ''] = said.name.split('-');
      member = Number(number) - 1;
      room = rooms.get(channel) ?? [];
      rooms.set(channel, room);
      room[member] = socket;
      socket.write(framed(doneFor(said.id)));
      return;
    }
    if (topology.acknowledges) socket.write(framed(doneFor(said.id)));
    const { to, copy } = topology.audiences[said.entry]!;
    const frame = framed(payload);
    for (const receiver of to) if (copy || receiver !== member) room?.[receiver]?.write(frame);
  }

  socket.on('data', topology.framing === 'lines' ? lineReader(hear) : webSocketReader(socket, hear));
}

function doneFor(id: string): Buffer {
  return Buffer.from(JSON.stringify({ is: 'done', id }));
}

function lineReader(hear: (payload: Buffer) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return bytes => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf(lineFeed); end >= 0; end = rest.indexOf(lineFeed)) {
      hear(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
  };
}

function framedLine(payload: Uint8Array): Buffer {
  return Buffer.concat([payload, Buffer.from([lineFeed])]);
}

const lineFeed = 0x0a;

function webSocketReader(socket: Socket, hear: (payload: Buffer) => void): (bytes: Buffer) => void {
  const read = createClientFrames();
  let head: string | undefined = '';
  return bytes => {
    let rest = bytes;
    if (head !== undefined) {
      const known = head.length;
      head += bytes.toString('latin1');
      const blank = head.indexOf('\r\n\r\n');
      if (blank < 0) return;
      socket.write(accepting(head));
      rest = bytes.subarray(blank + 4 - known);
      head = undefined;
    }
    for (const { opcode, payload } of read(rest)) {
      if (opcode === closeOpcode) socket.end(serverFrame(payload, closeOpcode));
      else if (opcode === pingOpcode) socket.write(serverFrame(payload, pongOpcode));
      else if (opcode !== pongOpcode) hear(payload);
    }
  };
}

/** RFC 6455, section 4.2.2. */
function accepting(head: string): string {
  const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}
