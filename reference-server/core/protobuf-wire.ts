/** The bytes below protobuf messages: keys, variable integers, lengths. Protocol Buffers, Encoding. */

/** What is being read, and how far. */
export interface Input {
  readonly bytes: Buffer;
  at: number;
}

/** Bytes that are no message. */
export class ProtobufError extends Error {}

export interface Key {
  readonly field: number;
  readonly wire: Wire;
}

export type Wire = (typeof wires)[keyof typeof wires];

export const wires = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export function isAtEnd({ bytes, at }: Input): boolean {
  return at >= bytes.length;
}

export function readKey(input: Input): Key {
  const key = Number(readVarint(input));
  const wire = key % 8;
  const field = (key - wire) / 8;
  if (field < 1 || field > mostField) throw new ProtobufError(`no field has the number ${field}`);
  if (!isWire(wire)) throw new ProtobufError(`field ${field} has the unknown wire type ${wire}`);
  return { field, wire };
}

function isWire(wire: number): wire is Wire {
  return Object.values<number>(wires).includes(wire);
}

export function readVarint(input: Input): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = input.bytes[input.at];
    if (byte === undefined) throw new ProtobufError('ends within an integer');
    input.at += 1;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new ProtobufError('an integer has more than ten bytes');
}

export function readBytes(input: Input): Buffer {
  return take(input, Number(readVarint(input)));
}

/** Of a field that is not known. */
export function skipValue(input: Input, wire: Wire): void {
  if (wire === wires.varint) readVarint(input);
  else if (wire === wires.bytes) readBytes(input);
  else take(input, wire === wires.fixed32 ? 4 : 8);
}

function take(input: Input, sizeBytes: number): Buffer {
  const { bytes, at } = input;
  if (at + sizeBytes > bytes.length) throw new ProtobufError(`ends within ${sizeBytes} bytes`);
  input.at += sizeBytes;
  return bytes.subarray(at, at + sizeBytes);
}

export function keyBytes({ field, wire }: Key): Buffer {
  return varintBytes(field * 8 + wire);
}

/** Of a whole number that is not negative. */
export function varintBytes(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** Also of one that is negative, which has ten bytes always. */
export function signedVarintBytes(value: number): Buffer {
  if (value >= 0) return varintBytes(value);
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

const mostField = 2 ** 29 - 1;
