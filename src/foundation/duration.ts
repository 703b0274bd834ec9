/** A length of time in whole microseconds. All arithmetic on instants and durations is done in this unit. */
const unitUs: Readonly<Record<string, number>> = { us: 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6 };

/** Reads `20 ms`, `1.5 s`, `2 min`; undefined if the text is no duration. Units: us, ms, s, min, h. */
export function parseDurationUs(text: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?) ?(us|ms|s|min|h)$/.exec(text);
  return parts ? Math.round(Number(parts[1]) * unitUs[parts[2]!]!) : undefined;
}

/** Writes microseconds in the largest unit that keeps the number short: `340 us`, `12.5 ms`, `3.2 s`, `2 min`. */
export function formatDurationUs(durationUs: number): string {
  const size = Math.abs(durationUs);
  if (size < 1e3) return `${Math.round(durationUs)} us`;
  if (size < 1e6) return `${trimmed(durationUs / 1e3)} ms`;
  if (size < 120e6) return `${trimmed(durationUs / 1e6)} s`;
  return `${trimmed(durationUs / 60e6)} min`;
}

function trimmed(amount: number): string {
  return amount.toFixed(amount < 10 ? 2 : 1).replace(/\.?0+$/, '');
}
