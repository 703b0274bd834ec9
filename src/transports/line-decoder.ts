import type { IncomingMessage } from './connection.ts';
import { keepBytesUpTo } from './kept-bytes.ts';

/** Splits a stream by LF and drops a CR before it. How the stream is cut into reads never matters. */
export interface LineDecoder {
  push(chunk: Uint8Array): readonly IncomingMessage[];
  /** The stream has ended: the line that it left open, if there is one. */
  end(): IncomingMessage | undefined;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export function createLineDecoder(keepBytes: number): LineDecoder {
  const open = keepBytesUpTo(keepBytes);
  let last = 0;
  const append = (piece: Uint8Array): void => {
    if (piece.length === 0) return;
    open.append(piece);
    last = piece[piece.length - 1]!;
  };
  return {
    push(chunk) {
      const lines: IncomingMessage[] = [];
      let from = 0;
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
        append(chunk.subarray(from, end));
        const size = open.sizeBytes();
        lines.push(open.take(size > 0 && last === carriageReturn ? size - 1 : size));
        from = end + 1;
      }
      append(chunk.subarray(from));
      return lines;
    },
    end: () => (open.sizeBytes() === 0 ? undefined : { ...open.take(), unterminated: true }),
  };
}
