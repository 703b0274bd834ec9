/** A gRPC call whose messages go both ways, as a connection. */
import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { SharedConnections } from './websocket.ts';

/** What comes is what the domain takes as a message; what goes is encoded already. */
export type LoopCall = ServerDuplexStream<Uint8Array, Buffer>;

export interface LoopOptions {
  readonly path: string;
  /** The message for a text that the domain says. */
  readonly encode: (text: string) => Buffer;
  /** What may wait for a call that is not read. */
  readonly queueBytes: number;
  readonly log: (line: string) => void;
}

/** A call ends well when the client ends its side, and when the domain closes the connection. */
export function followLoop(shared: SharedConnections, options: LoopOptions): (call: LoopCall) => void {
  const { adopt, arrivals, nextId } = shared;
  const { path, queueBytes, log } = options;
  const encode = rememberLast(options.encode);

  return call => {
    const connection = nextId();
    let waitingBytes = 0;
    let isOver = false;

    function end(why: string): void {
      isOver = true;
      log(`grpc ${connection}: ${why}`);
      call.end();
    }

    function leave(why: string): void {
      if (isOver) return;
      release();
      end(why);
      arrivals.closed(connection);
    }

    function send(text: string): void {
      if (isOver) return;
      const bytes = encode(text);
      waitingBytes += bytes.length;
      call.write(bytes, () => {
        waitingBytes -= bytes.length;
      });
      // It hears why once it has read what waits.
      if (waitingBytes > queueBytes) {
        call.emit('error', { code: status.RESOURCE_EXHAUSTED, message: 'reads too slowly', name: 'slow' });
      }
    }

    log(`grpc ${connection}: open`);
    const release = adopt(connection, { send, close: () => end('closing') });
    call.on('data', (payload: Uint8Array) => {
      if (!isOver) arrivals.received(connection, { payload, binary: true });
    });
    call.on('end', () => leave('ended'));
    call.on('cancelled', () => leave('gone'));
    call.on('error', ({ message }: Error) => leave(`closing, ${message}`));
    arrivals.opened(connection, { path, headers: {}, address: call.getPeer() });
  };
}

/** One text often goes to many connections, one after another. */
function rememberLast(encode: (text: string) => Buffer): (text: string) => Buffer {
  let last: { readonly text: string; readonly bytes: Buffer } | undefined;
  return text => {
    if (last?.text !== text) last = { text, bytes: encode(text) };
    return last.bytes;
  };
}
