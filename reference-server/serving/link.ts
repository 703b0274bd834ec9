/**
 * Messages between two processes of one server, over a pipe: a head as JSON, and behind it bytes that nobody has to read on the way.
 * Whoever tells more than the other takes is to stop reading what makes it tell: `isFull`, until `drained` is called.
 */
import type { Duplex } from 'node:stream';

export interface Link<Outgoing> {
  tell(head: Outgoing, bytes?: Uint8Array): void;
  isFull(): boolean;
  /** Reads nothing more, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it behind what was told. */
  end(): void;
}

export interface LinkEnds<Incoming> {
  readonly heard: (head: Incoming, bytes: Buffer) => void;
  readonly drained: () => void;
  /** The other process has gone. */
  readonly closed: () => void;
}

export function openLink<Incoming, Outgoing>(pipe: Duplex, ends: LinkEnds<Incoming>): Link<Outgoing> {
  const { heard, drained, closed } = ends;
  let isCorked = false;
  pipe.on('data', createMessageReader<Incoming>(heard));
  pipe.on('drain', drained);
  // What breaks a pipe closes it.
  pipe.on('error', () => {});
  pipe.on('close', closed);

  function uncork(): void {
    isCorked = false;
    pipe.uncork();
  }

  return {
    tell(head, bytes) {
      if (!pipe.writable) return;
      if (!isCorked) {
        // One write for all of a turn.
        isCorked = true;
        pipe.cork();
        setImmediate(uncork);
      }
      for (const part of writeMessage(head, bytes)) pipe.write(part);
    },
    isFull: () => pipe.writableLength > fullBytes,
    pause: () => void pipe.pause(),
    resume: () => void pipe.resume(),
    end: () => void pipe.end(),
  };
}

function writeMessage(head: unknown, bytes: Uint8Array = nothing): readonly Uint8Array[] {
  const text = Buffer.from(JSON.stringify(head));
  const sizes = Buffer.allocUnsafe(sizesBytes);
  sizes.writeUInt32BE(text.length, 0);
  sizes.writeUInt32BE(bytes.length, 4);
  return bytes.length === 0 ? [sizes, text] : [sizes, text, bytes];
}

/** Returns what takes bytes, however the pipe has cut them. */
export function createMessageReader<Incoming>(heard: (head: Incoming, bytes: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let heldBytes = 0;
  /** No message can be whole below this. */
  let neededBytes = sizesBytes;

  function take(buffer: Buffer): Buffer {
    let from = 0;
    for (;;) {
      const restBytes = buffer.length - from;
      neededBytes = sizesBytes;
      if (restBytes < neededBytes) return buffer.subarray(from);
      const headEnd = from + sizesBytes + buffer.readUInt32BE(from);
      const end = headEnd + buffer.readUInt32BE(from + 4);
      neededBytes = end - from;
      if (restBytes < neededBytes) return buffer.subarray(from);
      const head = JSON.parse(buffer.toString('utf8', from + sizesBytes, headEnd)) as Incoming;
      from = end;
      heard(head, buffer.subarray(headEnd, end));
    }
  }

  return chunk => {
    chunks.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < neededBytes) return;
    const rest = take(chunks.length === 1 ? chunk : Buffer.concat(chunks, heldBytes));
    chunks = rest.length === 0 ? [] : [rest];
    heldBytes = rest.length;
  };
}

const sizesBytes = 8;
const nothing = new Uint8Array(0);
/** A turn of a busy server is far below it. */
const fullBytes = 4_194_304;
