/** Cuts what a WebSocket client sends into frames (RFC 6455, section 5.2): masked, and never in fragments, for we are that client. */
export interface ClientFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Gives the frames that are whole with these bytes. */
export function createClientFrames(): (bytes: Buffer) => readonly ClientFrame[] {
  let rest: Buffer = Buffer.alloc(0);
  return bytes => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const frames: ClientFrame[] = [];
    let at = 0;
    for (let end = endOf(rest, at); end !== undefined && end.atByte <= rest.length; end = endOf(rest, at)) {
      frames.push({ opcode: rest[at]! & 0x0f, payload: unmasked(rest, end.maskAtByte, end.atByte) });
      at = end.atByte;
    }
    rest = rest.subarray(at);
    return frames;
  };
}

/** A message of the server: one frame, not masked. */
export function serverFrame(payload: Uint8Array, opcode = textOpcode): Buffer {
  const { length } = payload;
  const head = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 0xff] : longLength(length);
  return Buffer.concat([Buffer.from([0x80 | opcode, ...head]), payload]);
}

export const textOpcode = 0x1;
export const closeOpcode = 0x8;
export const pingOpcode = 0x9;
export const pongOpcode = 0xa;

const maskBytes = 4;

/** Where the mask of the frame at `at` begins and where the frame ends; undefined while its header is not whole. */
function endOf(bytes: Buffer, at: number): { readonly maskAtByte: number; readonly atByte: number } | undefined {
  if (bytes.length < at + 2) return undefined;
  const short = bytes[at + 1]! & 0x7f;
  const headerBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < at + headerBytes) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUIntBE(at + 4, 6);
  const maskAtByte = at + headerBytes;
  return { maskAtByte, atByte: maskAtByte + maskBytes + length };
}

function unmasked(bytes: Buffer, maskAtByte: number, endByte: number): Buffer {
  const payload = Buffer.from(bytes.subarray(maskAtByte + maskBytes, endByte));
  for (let k = 0; k < payload.length; k++) payload[k]! ^= bytes[maskAtByte + (k % maskBytes)]!;
  return payload;
}

function longLength(length: number): readonly number[] {
  const bytes = Buffer.alloc(9);
  bytes[0] = 127;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return [...bytes];
}
