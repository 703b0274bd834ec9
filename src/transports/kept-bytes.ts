/** Bytes of one message that arrive in pieces: the first `keepBytes` are kept, the others are only counted. */
export interface KeptBytes {
  /** All that came, kept or not. */
  readonly sizeBytes: () => number;
  append(piece: Uint8Array): void;
  /** What was kept of the first `lengthBytes`, and how many of those were not. Begins anew. */
  take(lengthBytes?: number): { readonly bytes: Uint8Array; readonly droppedBytes?: number };
}

const firstRoomBytes = 256;

export function keepBytesUpTo(keepBytes: number): KeptBytes {
  let room = new Uint8Array(0);
  let kept = 0;
  let size = 0;
  return {
    sizeBytes: () => size,
    append(piece) {
      size += piece.length;
      const wanted = Math.min(piece.length, keepBytes - kept);
      if (wanted <= 0) return;
      // Doubled rather than a list of pieces: a message that comes byte by byte costs no object for each byte.
      if (kept + wanted > room.length) {
        const grown = new Uint8Array(Math.min(keepBytes, Math.max(firstRoomBytes, 2 * room.length, kept + wanted)));
        grown.set(room.subarray(0, kept));
        room = grown;
      }
      room.set(piece.subarray(0, wanted), kept);
      kept += wanted;
    },
    take(lengthBytes = size) {
      const bytes = room.subarray(0, Math.min(kept, lengthBytes));
      const dropped = lengthBytes - bytes.length;
      room = new Uint8Array(0);
      kept = 0;
      size = 0;
      return dropped > 0 ? { bytes, droppedBytes: dropped } : { bytes };
    },
  };
}
