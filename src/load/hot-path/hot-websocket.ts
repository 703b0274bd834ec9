/**
 * A WebSocket that `ws` opens and we read: whole plain messages are taken from the bytes of the socket where they lie; whatever else
 * comes is handed to `ws` as if it had read it itself. The socket's public option `onread` gives one buffer and one callback to all
 * connections of a thread.
 */
import type { OnReadOpts, Socket } from 'node:net';
import { dial } from '../../transports/dial.ts';
import type { OpenTransport } from '../../transports/open-transport.ts';
import { openWebSocketOver } from '../../transports/websocket.ts';
import { type FrameReader, type FrameSink, headRoomBytes, isPlain, readFrames, readHotFrames } from './frame-reader.ts';

/** What is done with what is read: the same functions for all connections. */
export interface HotHandling {
  readonly nowUs: () => number;
  /** A message in `[start, end)` of the area, which the next read overwrites. */
  readonly message: (owner: number, area: Buffer, start: number, end: number, binary: boolean, atUs: number) => void;
  /** All that one read has brought has been handled. */
  readonly afterRead: (atUs: number) => void;
}

/**
 * Opens connections that share one read area, each for an owner, a number from 0 on. An owner has one connection at a time: what still
 * comes over an earlier one is for `ws` alone. `dialed` gets the socket before it is connected.
 */
export type HotOpener = (owner: number, dialed: (socket: Socket) => void) => OpenTransport;

interface HotConnection extends FrameReader {
  readonly socket: Socket;
  phase: 'handshake' | 'frames' | 'refused';
  /** Of the answer to the handshake. */
  head: Buffer;
}

/**
 * Between two reads of a connection the system and all other connections have been through the caches of the processor, so each object
 * that a read looks at costs more than all that is done with it. Nearly all reads bring whole hot frames to a connection where nothing is
 * under way: these look at the socket, which Node has in its hands, and at a byte among those of the other connections.
 */
export function createHotOpener({ nowUs, message, afterRead }: HotHandling): HotOpener {
  const area = Buffer.allocUnsafeSlow(headRoomBytes + readBytes);
  /** By owner. */
  const connections: HotConnection[] = [];
  let plain = new Uint8Array(64);
  /** Whose read is looked at, until something in it makes its owner open another connection. */
  let reading = noOwner;
  let socketOfRead: Socket;
  const sink: FrameSink = {
    hot(owner, from, start, end, binary, atUs) {
      if (owner === reading) message(owner, from, start, end, binary, atUs);
    },
    cold: (_, bytes) => void socketOfRead.push(bytes),
  };
  const onread: OnReadOpts = { buffer: area.subarray(headRoomBytes), callback };

  function callback(this: unknown, bytes: number): boolean {
    // Taken once for the read, before anything is looked at.
    const atUs = nowUs();
    const owner = (this as OwnedSocket)[ofSocket];
    const end = headRoomBytes + bytes;
    let start = headRoomBytes;
    reading = owner;
    if (plain[owner] === 1) start = readHotFrames(area, start, end, owner, atUs, sink);
    if (start < end) readOther(this as OwnedSocket, owner, start, end, atUs);
    reading = noOwner;
    afterRead(atUs);
    return true;
  }

  function readOther(socket: OwnedSocket, owner: number, start: number, end: number, atUs: number): void {
    if (reading === noOwner) return void socket.push(Buffer.from(area.subarray(start, end)));
    const connection = connections[owner]!;
    socketOfRead = socket;
    const from = connection.phase === 'frames' ? start : readAnswer(connection, area, start, end);
    if (from < end) readFrames(connection, area, from, end, owner, atUs, sink);
    if (reading === noOwner) handBack(connection);
    else plain[owner] = connection.phase === 'frames' && isPlain(connection) ? 1 : 0;
  }

  function own(socket: Socket, owner: number): void {
    const before = connections[owner];
    if (before) (before.socket as OwnedSocket)[ofSocket] = noOwner;
    if (owner === reading) reading = noOwner;
    else if (before) handBack(before);
    (socket as OwnedSocket)[ofSocket] = owner;
    connections[owner] = createConnection(socket);
    if (owner >= plain.length) {
      const more = new Uint8Array(2 * owner);
      more.set(plain);
      plain = more;
    }
    plain[owner] = 0;
  }

  return (owner, dialed) => (endpoint, options, ownNowUs, target) => {
    const about = dial(endpoint, options.tls, onread);
    own(about.socket, owner);
    dialed(about.socket);
    return openWebSocketOver(about, endpoint, options, ownNowUs, target);
  };
}

const readBytes = 65_536;

/** Written out, and not spread from a frame reader: then each had a shape of its own, and every read looked its fields up. */
function createConnection(socket: Socket): HotConnection {
  return {
    carry: undefined,
    carriedBytes: 0,
    coldBytesLeft: 0,
    fragmented: false,
    over: false,
    phase: 'handshake',
    socket,
    head: nothing,
  };
}

/** `ws` reads on, from the beginning of what has not come whole. */
function handBack({ socket, head, carry, carriedBytes }: HotConnection): void {
  if (socket.destroyed) return;
  if (head.length > 0) socket.push(head);
  if (carriedBytes > 0) socket.push(Buffer.from(carry!.subarray(0, carriedBytes)));
}

const noOwner = -1;

const ofSocket = Symbol('owner');

/** A number where most things have an object: what it stands for need not be fetched to know it. */
type OwnedSocket = Socket & { [ofSocket]: number };

/**
 * Hands the answer to `ws`, up to the blank line and not a byte more: what follows a 101 is ours to read. Gives where that begins. An
 * answer that refuses belongs to `ws` with all that follows.
 */
function readAnswer(connection: HotConnection, area: Buffer, start: number, end: number): number {
  if (connection.phase === 'refused') {
    connection.socket.push(Buffer.from(area.subarray(start, end)));
    return end;
  }
  const knownBytes = connection.head.length;
  const head = Buffer.concat([connection.head, area.subarray(start, end)]);
  const blank = head.indexOf('\r\n\r\n', Math.max(0, knownBytes - 3));
  const accepted = head.subarray(0, acceptance.length).equals(acceptance);
  if (blank < 0 && head.length <= headMaxBytes && (accepted || head.length < acceptance.length)) {
    connection.head = head;
    return end;
  }
  connection.head = nothing;
  if (blank < 0 || !accepted) {
    connection.phase = 'refused';
    connection.socket.push(head);
    return end;
  }
  connection.phase = 'frames';
  connection.socket.push(head.subarray(0, blank + 4));
  return start + blank + 4 - knownBytes;
}

const nothing = Buffer.alloc(0);

/** RFC 6455, section 4.1. */
const acceptance = Buffer.from('HTTP/1.1 101');

/** As Node's own limit. */
const headMaxBytes = 16_384;
