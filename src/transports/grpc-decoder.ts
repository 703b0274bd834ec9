import { type KeptBytes, keepBytesUpTo } from './kept-bytes.ts';

/** Messages of a gRPC stream: each is preceded by a byte that says whether it is compressed, and its length in four. */
export interface GrpcDecoder {
  push(chunk: Uint8Array): readonly DecodedGrpc[];
  /** The stream has ended: what there is of a message that has not come whole. */
  end(): DecodedGrpc | undefined;
}

export interface DecodedGrpc {
  readonly bytes: Uint8Array;
  readonly droppedBytes?: number;
  /** Nothing was agreed in which it could be compressed. */
  readonly compressed: boolean;
}

export const grpcPrefixBytes = 5;

interface Decoding {
  readonly prefix: Uint8Array;
  prefixBytes: number;
  remainingBytes: number;
  readonly kept: KeptBytes;
}

export function createGrpcDecoder(keepBytes: number): GrpcDecoder {
  const decoding: Decoding = {
    prefix: new Uint8Array(grpcPrefixBytes),
    prefixBytes: 0,
    remainingBytes: 0,
    kept: keepBytesUpTo(keepBytes),
  };
  return {
    push(chunk) {
      const out: DecodedGrpc[] = [];
      for (let at = 0; at < chunk.length; ) {
        at += step(decoding, chunk.subarray(at));
        if (isWhole(decoding)) out.push(take(decoding));
      }
      return out;
    },
    end: () => (decoding.prefixBytes === 0 ? undefined : take(decoding)),
  };
}

/** How many bytes it took. */
function step(decoding: Decoding, bytes: Uint8Array): number {
  const missing = grpcPrefixBytes - decoding.prefixBytes;
  if (missing > 0) {
    const part = bytes.subarray(0, missing);
    decoding.prefix.set(part, decoding.prefixBytes);
    decoding.prefixBytes += part.length;
    if (decoding.prefixBytes === grpcPrefixBytes) decoding.remainingBytes = lengthIn(decoding.prefix);
    return part.length;
  }
  const part = bytes.subarray(0, decoding.remainingBytes);
  decoding.kept.append(part);
  decoding.remainingBytes -= part.length;
  return part.length;
}

function lengthIn(prefix: Uint8Array): number {
  return new DataView(prefix.buffer).getUint32(1);
}

function isWhole({ prefixBytes, remainingBytes }: Decoding): boolean {
  return prefixBytes === grpcPrefixBytes && remainingBytes === 0;
}

function take(decoding: Decoding): DecodedGrpc {
  const compressed = decoding.prefix[0] !== 0;
  decoding.prefixBytes = 0;
  decoding.remainingBytes = 0;
  return { ...decoding.kept.take(), compressed };
}

/** The bytes of a message with what goes before them. */
export function grpcMessage(bytes: Uint8Array): Uint8Array {
  const framed = new Uint8Array(grpcPrefixBytes + bytes.length);
  new DataView(framed.buffer).setUint32(1, bytes.length);
  framed.set(bytes, grpcPrefixBytes);
  return framed;
}
