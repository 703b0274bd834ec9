import type { Message } from './reaction.ts';

/** The k-th piece of garbage; they come round again. */
export function garbageAt(k: number): Message {
  return pieces[k % pieces.length]!;
}

const text = (content: string): Message => ({ bytes: Buffer.from(content) });

const pieces: readonly Message[] = [
  text('garbage'),
  text(''),
  text('{"type":'),
  text('{}'),
  text('[]'),
  text('null'),
  text('"0"'),
  text('{"type":"garbage","id":0}'),
  // Deeper than most readers go, shorter than most limits.
  text('['.repeat(1000) + ']'.repeat(1000)),
  // Never in UTF-8.
  { bytes: Uint8Array.of(0x7b, 0xff, 0xfe, 0xc3, 0x28, 0x7d) },
  { bytes: Uint8Array.of(0x00, 0x0a, 0x00, 0x0d) },
  { bytes: new Uint8Array(10_000).fill(0x41) },
  // No frame, no line that anybody reads, no status line.
  { bytes: Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x00, 0x80, 0x0a, 0x0d, 0x0a, 0x0d, 0x0a), bare: true },
];
