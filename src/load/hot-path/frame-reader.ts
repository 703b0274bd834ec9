/**
 * Cuts WebSocket frames out of what a socket brings (RFC 6455, section 5.2), as a client reads them.
 *
 * Hot are whole unmasked text and binary messages of at most 64 KB: they are told of where they lie in the read area, without a copy.
 * All else is cold (fragments, pings, closes, long messages, whatever is wrong): its bytes are handed on unchanged, in order, for `ws` to
 * read. The area has head room in front of what was read; the rest of a partial frame goes there before the next read is looked at,
 * so that every frame is in one piece.
 */
export interface FrameSink {
  /** A message in `[start, end)` of the area, which the next read overwrites. `owner` and `atUs` are as they were given. */
  hot(owner: number, area: Buffer, start: number, end: number, binary: boolean, atUs: number): void;
  /** Bytes of frames that are not hot. The sink may keep them. */
  cold(owner: number, bytes: Buffer): void;
}

/** What one connection keeps between two reads. */
export interface FrameReader {
  /** Begin of a frame whose rest has not come yet; grows, and is never given back. */
  carry: Buffer | undefined;
  carriedBytes: number;
  /** Bytes of the cold frame under way that have not come yet. */
  coldBytesLeft: number;
  /** A message in fragments is under way: what continues it is cold too. */
  fragmented: boolean;
  /** A close frame has come, or one that makes no sense: whatever follows is for `ws` to judge. */
  over: boolean;
}

/** The longest hot message. */
export const hotMaxBytes = 65_535;

/** Header of a hot frame: two bytes and a length of two. */
const hotHeaderBytes = 4;

/** Room before a read: more than any part of a hot frame. */
export const headRoomBytes = hotMaxBytes + hotHeaderBytes + 1;

export function createFrameReader(): FrameReader {
  return { carry: undefined, carriedBytes: 0, coldBytesLeft: 0, fragmented: false, over: false };
}

/** Nothing is under way: the next read begins with a frame, and whole hot frames at its beginning need no reader. */
export function isPlain({ carriedBytes, coldBytesLeft, fragmented, over }: FrameReader): boolean {
  return carriedBytes === 0 && coldBytesLeft === 0 && !fragmented && !over;
}

/** Reads the hot frames at the beginning of `[start, end)` that are whole. Gives where they end. */
export function readHotFrames(
  area: Buffer,
  start: number,
  end: number,
  owner: number,
  atUs: number,
  sink: FrameSink,
): number {
  let at = start;
  while (end - at >= 2) {
    const first = area[at]!;
    if (first !== finalText && first !== finalBinary) break;
    let length = area[at + 1]!;
    let payload = at + 2;
    if (length === 126) {
      if (end - at < 4) break;
      length = (area[at + 2]! << 8) | area[at + 3]!;
      payload = at + 4;
    } else if (length > 126) {
      break;
    }
    if (end - payload < length) break;
    at = payload + length;
    sink.hot(owner, area, payload, at, first === finalBinary, atUs);
  }
  return at;
}

/** Reads what lies in `[start, end)` of the area, behind at least `headRoomBytes`. */
export function readFrames(
  reader: FrameReader,
  area: Buffer,
  start: number,
  end: number,
  owner: number,
  atUs: number,
  sink: FrameSink,
): void {
  let at = start;
  if (reader.carriedBytes > 0) {
    at -= reader.carriedBytes;
    reader.carry!.copy(area, at, 0, reader.carriedBytes);
    reader.carriedBytes = 0;
  }
  for (;;) {
    if (reader.coldBytesLeft > 0 || reader.over) {
      at = passOn(reader, area, at, end, owner, sink);
      if (at === end) return;
    }
    if (!reader.fragmented) at = readHotFrames(area, at, end, owner, atUs, sink);
    if (isPartOfHot(reader, area, at, end) || !beginCold(reader, area, at, end - at)) break;
  }
  keep(reader, area, at, end);
}

/** A whole message of one frame, without reserved bits. */
const finalText = 0x81;
const finalBinary = 0x82;

/** Whether what is left of a read will be a hot frame when the rest of it has come. */
function isPartOfHot({ fragmented }: FrameReader, area: Buffer, at: number, end: number): boolean {
  if (end - at < 2) return true;
  const first = area[at]!;
  return !fragmented && (first === finalText || first === finalBinary) && area[at + 1]! < 127;
}

/** Settles how long a cold frame is, its header included; false if the header has not come whole. */
function beginCold(reader: FrameReader, area: Buffer, at: number, haveBytes: number): boolean {
  const first = area[at]!;
  const second = area[at + 1]!;
  let length = second & 0x7f;
  let headerBytes = 2;
  if (length === 126) {
    headerBytes = 4;
    if (haveBytes < headerBytes) return false;
    length = area.readUInt16BE(at + 2);
  } else if (length === 127) {
    headerBytes = 10;
    if (haveBytes < headerBytes) return false;
    length = area.readUInt32BE(at + 2) * 4294967296 + area.readUInt32BE(at + 6);
  }
  const opcode = first & 0x0f;
  const final = first >= 0x80;
  // Reserved bits, a mask, a close: `ws` ends the connection with this frame.
  if ((first & 0x70) !== 0 || second >= 0x80 || opcode === 0x8) reader.over = true;
  else if (opcode < 0x3) reader.fragmented = !final;
  reader.coldBytesLeft = headerBytes + length;
  return true;
}

function passOn(reader: FrameReader, area: Buffer, at: number, end: number, owner: number, sink: FrameSink): number {
  const until = reader.over ? end : Math.min(end, at + reader.coldBytesLeft);
  if (until === at) return at;
  reader.coldBytesLeft -= until - at;
  sink.cold(owner, Buffer.from(area.subarray(at, until)));
  return until;
}

function keep(reader: FrameReader, area: Buffer, at: number, end: number): void {
  const bytes = end - at;
  if (bytes === 0) return;
  if (!reader.carry || reader.carry.length < bytes)
    reader.carry = Buffer.allocUnsafeSlow(Math.min(headRoomBytes, Math.max(leastCarryBytes, 2 * bytes)));
  area.copy(reader.carry, 0, at, end);
  reader.carriedBytes = bytes;
}

const leastCarryBytes = 256;
