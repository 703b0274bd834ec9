/** The same text, copied unit by unit: the engine keeps a whole text alive for a piece that was cut from it. */
export function detached(piece: string): string {
  return Buffer.from(piece, 'utf16le').toString('utf16le');
}
