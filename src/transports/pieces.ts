const encoder = new TextEncoder();

export function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? encoder.encode(data) : data;
}

/** Cuts at byte offsets; offsets outside of the bytes and repeated ones cut nothing. Never an empty list. */
export function cutPieces(bytes: Uint8Array, cutAt: readonly number[]): readonly Uint8Array[] {
  if (cutAt.length === 0) return [bytes];
  const offsets = [...new Set(cutAt)].filter(offset => offset > 0 && offset < bytes.length).sort((a, b) => a - b);
  const ends = [...offsets, bytes.length];
  return ends.map((end, k) => bytes.subarray(k === 0 ? 0 : ends[k - 1], end));
}
