/** A text as WebSocket frames that a server sends: RFC 6455, section 5.2. They are made once, and the same bytes go to everybody. */

export interface PreparedText {
  frame(): Buffer;
  /** The text in two fragments, which may part a character. */
  fragments(): Buffer;
}

export function prepareText(text: string): PreparedText {
  const payload = Buffer.from(text);
  let frame: Buffer | undefined;
  let fragments: Buffer | undefined;
  return {
    frame() {
      frame ??= writeFrame(final | textOpcode, payload);
      return frame;
    },
    fragments() {
      const half = payload.length >> 1;
      fragments ??= Buffer.concat([
        writeFrame(textOpcode, payload.subarray(0, half)),
        writeFrame(final | continuationOpcode, payload.subarray(half)),
      ]);
      return fragments;
    },
  };
}

/** A server does not mask. */
function writeFrame(firstByte: number, payload: Uint8Array): Buffer {
  const sizeBytes = payload.length;
  const headBytes = headBytesOf(sizeBytes);
  const frame = Buffer.allocUnsafe(headBytes + sizeBytes);
  frame[0] = firstByte;
  if (headBytes === 2) {
    frame[1] = sizeBytes;
  } else if (headBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(sizeBytes, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(sizeBytes), 2);
  }
  frame.set(payload, headBytes);
  return frame;
}

function headBytesOf(sizeBytes: number): number {
  if (sizeBytes < 126) return 2;
  return sizeBytes < 65_536 ? 4 : 10;
}

const final = 0x80;
const continuationOpcode = 0x0;
const textOpcode = 0x1;
