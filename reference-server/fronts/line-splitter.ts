/** A stream of bytes cut into lines, however the network has cut it. LF ends a line, and a CR before it is part of the end. */
export interface LineSplitter {
  push(bytes: Uint8Array): readonly Uint8Array[];
  /** Of the line that has not ended yet. */
  openBytes(): number;
}

export function createLineSplitter(): LineSplitter {
  let pieces: Uint8Array[] = [];
  let openBytes = 0;

  function take(last: Uint8Array): Uint8Array {
    const line = pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
    pieces = [];
    openBytes = 0;
    return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
  }

  return {
    push(bytes) {
      const lines: Uint8Array[] = [];
      let from = 0;
      for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
        lines.push(take(bytes.subarray(from, end)));
        from = end + 1;
      }
      if (from < bytes.length) {
        pieces.push(bytes.subarray(from));
        openBytes += bytes.length - from;
      }
      return lines;
    },
    openBytes: () => openBytes,
  };
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
