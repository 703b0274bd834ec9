/**
 * The marker is what a published message carries so that a receiver knows which one it is, without parsing it: fixed width, letters and
 * digits only (servers escape other characters), with a check. Behind the tag of the run stand, in base 62: the stream (sender and
 * publish entry), the message's sequence in it, and the instant at which it was due, in microseconds of the run's clock.
 */

/** Two letters that are rare together, and four of the run: what another run has left in the target is not ours. */
export const tagBytes = 6;
const streamDigits = 4;
const sequenceDigits = 5;
const dueHighDigits = 4;
const dueLowDigits = 4;
const checkDigits = 2;

export const markerBytes = tagBytes + streamDigits + sequenceDigits + dueHighDigits + dueLowDigits + checkDigits;

/** What one run can number: 14,776,335 streams, 916,132,831 messages in each, 6.9 years. */
export const mostStreams = 62 ** streamDigits - 1;
const dueUnit = 62 ** dueLowDigits;

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The tag of a run, from a number that no other run is likely to have. */
export function tagOf(number: number): string {
  return `Zq${inDigits(Math.abs(Math.floor(number)) % 62 ** (tagBytes - 2), tagBytes - 2)}`;
}

export function writeMarker(tag: string, stream: number, sequence: number, dueUs: number): string {
  const high = Math.floor(dueUs / dueUnit);
  const low = dueUs % dueUnit;
  const check = checkOf(stream, sequence, high, low);
  return (
    tag +
    inDigits(stream, streamDigits) +
    inDigits(sequence, sequenceDigits) +
    inDigits(high, dueHighDigits) +
    inDigits(low, dueLowDigits) +
    inDigits(check, checkDigits)
  );
}

/** What was read last; overwritten by the next one, so that reading makes no garbage. */
export interface MarkerFields {
  stream: number;
  sequence: number;
  dueUs: number;
}

/** Reads the marker whose tag begins at `at`; false if it is not whole or its check is wrong. */
export function readMarker(bytes: Uint8Array, at: number, into: MarkerFields): boolean {
  let from = at + tagBytes;
  let odd = 0;
  let stream = 0;
  let sequence = 0;
  let high = 0;
  let low = 0;
  let check = 0;
  for (let k = 0; k < streamDigits; k++) {
    const value = valueOfByte[bytes[from++]!]!;
    odd |= value;
    stream = stream * 62 + value;
  }
  for (let k = 0; k < sequenceDigits; k++) {
    const value = valueOfByte[bytes[from++]!]!;
    odd |= value;
    sequence = sequence * 62 + value;
  }
  for (let k = 0; k < dueHighDigits; k++) {
    const value = valueOfByte[bytes[from++]!]!;
    odd |= value;
    high = high * 62 + value;
  }
  for (let k = 0; k < dueLowDigits; k++) {
    const value = valueOfByte[bytes[from++]!]!;
    odd |= value;
    low = low * 62 + value;
  }
  for (let k = 0; k < checkDigits; k++) {
    const value = valueOfByte[bytes[from++]!]!;
    odd |= value;
    check = check * 62 + value;
  }
  if (odd >= noDigit || check !== checkOf(stream, sequence, high, low)) return false;
  into.stream = stream;
  into.sequence = sequence;
  into.dueUs = high * dueUnit + low;
  return true;
}

/**
 * A weighted sum modulo a prime below 62 * 62. One wrong digit changes its part by less than 62 times a power of 62, which the prime
 * does not divide, so it is always seen; of other damage one case in 3,833 is not.
 */
function checkOf(stream: number, sequence: number, high: number, low: number): number {
  return ((stream % prime) + (sequence % prime) * 5 + (high % prime) * 25 + (low % prime) * 125) % prime;
}

const prime = 3833;

/** Above every digit's value, in a bit that no digit has. */
const noDigit = 64;

const valueOfByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = digits.indexOf(String.fromCharCode(byte));
  return value < 0 ? noDigit : value;
});

function inDigits(value: number, count: number): string {
  let text = '';
  let left = value;
  for (let k = 0; k < count; k++) {
    text = digits[left % 62]! + text;
    left = Math.floor(left / 62);
  }
  return text;
}
