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

/** What `readMarker` reads from. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads the marker whose tag begins at `at`; false if its check is wrong. It must be whole in the view. */
export function readMarker(view: DataView, at: number, into: MarkerFields): boolean {
  const stream0 = valueOfPair[view.getUint16(at + 6, true)]!;
  const stream1 = valueOfPair[view.getUint16(at + 8, true)]!;
  const sequence0 = valueOfPair[view.getUint16(at + 10, true)]!;
  const sequence1 = valueOfPair[view.getUint16(at + 12, true)]!;
  const sequence2 = valueOfByte[view.getUint8(at + 14)]!;
  const high0 = valueOfPair[view.getUint16(at + 15, true)]!;
  const high1 = valueOfPair[view.getUint16(at + 17, true)]!;
  const low0 = valueOfPair[view.getUint16(at + 19, true)]!;
  const low1 = valueOfPair[view.getUint16(at + 21, true)]!;
  const check = valueOfPair[view.getUint16(at + 23, true)]!;
  const odd = stream0 | stream1 | sequence0 | sequence1 | sequence2 | high0 | high1 | low0 | low1 | check;
  const stream = stream0 * 3844 + stream1;
  const sequence = (sequence0 * 3844 + sequence1) * 62 + sequence2;
  const high = high0 * 3844 + high1;
  const low = low0 * 3844 + low1;
  if (odd >= noDigit || check !== checkOf(stream, sequence, high, low)) return false;
  into.stream = stream;
  into.sequence = sequence;
  into.dueUs = high * dueUnit + low;
  return true;
}

/**
 * A weighted sum modulo a prime below 62 * 62. One wrong digit changes it by less than 62 times a weight and a power of 62, which the
 * prime does not divide, so it is always seen; of other damage one case in 3,833 is not. The sum stays below 2^31, where remainders are
 * cheap.
 */
function checkOf(stream: number, sequence: number, high: number, low: number): number {
  return (sequence + stream * 3 + high * 7 + low * 31) % prime;
}

const prime = 3833;

/** Above every value of two digits, in a bit that none of them has. */
const noDigit = 4096;

const valueOfByte = Uint16Array.from({ length: 256 }, (_, byte) => {
  const value = digits.indexOf(String.fromCharCode(byte));
  return value < 0 ? noDigit : value;
});

/** Two digits at once, read as a little-endian number, for a marker is read in every delivery. */
const valueOfPair = Uint16Array.from({ length: 65_536 }, (_, pair) => {
  const [first, second] = [valueOfByte[pair & 0xff]!, valueOfByte[pair >> 8]!];
  return first === noDigit || second === noDigit ? noDigit : first * 62 + second;
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
