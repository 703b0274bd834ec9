/**
 * Messages that are independent of each other: the gap before message n is exponential, made from the seed and n alone. The sums are
 * kept for every so many messages, so that any n can be asked for and memory does not grow with the run.
 */
export function poissonSchedule(perSecond: number, seed: string): (n: number) => number {
  const meanUs = 1e6 / perSecond;
  const key = hashOf(seed);
  const gapUs = (n: number) => -Math.log(fractionOf(key, n)) * meanUs;
  /** The exact instant of every `stride`-th message. */
  const kept: number[] = [gapUs(0)];
  let known = { n: 0, atUs: kept[0]! };
  return n => {
    const mark = Math.min(kept.length - 1, Math.floor(n / stride));
    if (known.n > n || known.n < mark * stride) known = { n: mark * stride, atUs: kept[mark]! };
    while (known.n < n) {
      known = { n: known.n + 1, atUs: known.atUs + gapUs(known.n + 1) };
      if (known.n === kept.length * stride) kept.push(known.atUs);
    }
    return Math.floor(known.atUs);
  };
}

const stride = 4096;

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Evenly spread in (0, 1), from a key and a number: the finaliser of MurmurHash3 over both. */
export function fractionOf(key: number, n: number): number {
  let mixed = (key ^ Math.imul(n + 1, 0x9e3779b1)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296 + 1 / 8589934592;
}
