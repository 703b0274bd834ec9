/**
 * A WebSocket that `ws` opens and we read: whole plain messages are taken from the bytes of the socket where they lie; whatever else
 * comes is handed to `ws` as if it had read it itself. The socket's public option `onread` gives one buffer and one callback to all
 * connections of a thread.
 */
import type { OnReadOpts, Socket } from 'node:net';
import { dial } from '../../transports/dial.ts';
import type { OpenTransport } from '../../transports/open-transport.ts';
import { openWebSocketOver } from '../../transports/websocket.ts';
import { type FrameReader, type FrameSink, headRoomBytes, readFrames } from './frame-reader.ts';

/** Takes messages of one connection. What lies in `[start, end)` of the area is overwritten by the next read. */
export interface HotReceiver {
  frame(area: Buffer, start: number, end: number, binary: boolean, atUs: number): void;
  /** The socket, before it is connected: its unsent bytes can be asked for. */
  dialed(socket: Socket): void;
}

/** Opens connections that share one read area. */
export type HotOpener = (receiver: HotReceiver) => OpenTransport;

/** One object with all that a read needs, for what lies apart must be fetched apart. */
interface HotConnection extends FrameReader {
  readonly socket: Socket;
  readonly receiver: HotReceiver;
  phase: 'handshake' | 'frames' | 'refused';
  /** Of the answer to the handshake. */
  head: Buffer;
}

/** `afterRead` is called when all that one read has brought has been handled. */
export function createHotOpener(nowUs: () => number, afterRead: (atUs: number) => void): HotOpener {
  const area = Buffer.allocUnsafeSlow(headRoomBytes + readBytes);
  let current: HotConnection;
  let atUs = 0;
  const sink: FrameSink = {
    hot: (from, start, end, binary) => current.receiver.frame(from, start, end, binary, atUs),
    cold: bytes => void current.socket.push(bytes),
  };
  const onread: OnReadOpts = { buffer: area.subarray(headRoomBytes), callback };

  function callback(this: unknown, bytes: number): boolean {
    // Taken once for the read, before anything is looked at.
    atUs = nowUs();
    current = (this as OwnedSocket)[owner];
    const end = headRoomBytes + bytes;
    const start = current.phase === 'frames' ? headRoomBytes : readAnswer(current, area, headRoomBytes, end);
    if (start < end) readFrames(current, area, start, end, sink);
    afterRead(atUs);
    return true;
  }

  return receiver => (endpoint, options, ownNowUs, target) => {
    const dialed = dial(endpoint, options.tls, onread);
    const { socket } = dialed;
    (socket as OwnedSocket)[owner] = createConnection(socket, receiver);
    receiver.dialed(socket);
    return openWebSocketOver(dialed, endpoint, options, ownNowUs, target);
  };
}

const readBytes = 65_536;

/** Written out, and not spread from a frame reader: then each had a shape of its own, and every read looked its fields up. */
function createConnection(socket: Socket, receiver: HotReceiver): HotConnection {
  return {
    carry: undefined,
    carriedBytes: 0,
    coldBytesLeft: 0,
    fragmented: false,
    over: false,
    phase: 'handshake',
    receiver,
    socket,
    head: nothing,
  };
}

const owner = Symbol('connection');

type OwnedSocket = Socket & { [owner]: HotConnection };

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
