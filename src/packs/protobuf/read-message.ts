import { pointerStep } from '../../foundation/json.ts';
import type { Violation } from '../../foundation/pack.ts';
import type { ProtoField, ProtoMessage, ProtoSchema, ProtoType } from './proto-schema.ts';
import type { ProtoObject, ProtoValue } from './proto-value.ts';
import { BrokenWire, readWire, type WireValue } from './wire-reader.ts';

/** What only breaks the schema in part; `at` in the names of the schema. */
export interface ReadMessage {
  readonly object: ProtoObject;
  readonly violations: readonly Violation[];
}

/** Bytes to what they say. Throws BrokenWire for bytes that are no such message. */
export function readMessage(schema: ProtoSchema, name: string, bytes: Uint8Array): ReadMessage {
  const violations: Violation[] = [];
  const object = readObject({ schema, violations }, schema.messages.get(name)!, bytes, '');
  return { object, violations };
}

interface Reading {
  readonly schema: ProtoSchema;
  readonly violations: Violation[];
}

function readObject(reading: Reading, message: ProtoMessage, bytes: Uint8Array, at: string): ProtoObject {
  const read: Record<string, ProtoValue> = {};
  const oneofs = new Map<string, string>();
  for (const { number, value } of readWire(bytes)) {
    const field = message.byNumber.get(number);
    if (!field) {
      tell(reading, at, `expected fields of ${message.name}, came number ${number}, which it has not`);
      continue;
    }
    const place = `${at}${pointerStep(field.name)}`;
    const before = Object.hasOwn(read, field.name) ? read[field.name] : undefined;
    if (field.many === 'list')
      read[field.name] = [...((before as readonly ProtoValue[]) ?? []), ...elements(reading, field, value, place)];
    else if (field.many === 'map')
      read[field.name] = withEntry(reading, field, value, place, before as ReadonlyMap<string, ProtoValue>);
    else {
      if (before !== undefined)
        tell(reading, place, 'expected every field once, this one came twice or more', 'duplicate-member');
      read[field.name] = single(reading, field.type, value, place);
    }
    if (field.oneof !== undefined) noteOneof(reading, oneofs, field, at);
  }
  return read;
}

function noteOneof(reading: Reading, oneofs: Map<string, string>, { name, oneof }: ProtoField, at: string): void {
  const other = oneofs.get(oneof!);
  if (other !== undefined && other !== name)
    tell(reading, at, `expected one member, came ${other} and ${name}`, 'duplicate-member');
  oneofs.set(oneof!, name);
}

/** Numbers of a list may come packed into one field. */
function elements(reading: Reading, { type }: ProtoField, value: WireValue, at: string): readonly ProtoValue[] {
  const isPacked = value.wire === 'bytes' && type.is !== 'string' && type.is !== 'bytes' && type.is !== 'message';
  if (!isPacked) return [single(reading, type, value, at)];
  // Every number as if it stood behind a tag of its own.
  const found: ProtoValue[] = [];
  let start = 0;
  for (const [k, byte] of value.value.entries()) {
    if (byte >= 0x80) continue;
    const [field] = readWire(Uint8Array.of(8, ...value.value.subarray(start, k + 1)));
    found.push(single(reading, type, field!.value, at));
    start = k + 1;
  }
  return found;
}

function withEntry(
  reading: Reading,
  field: ProtoField,
  value: WireValue,
  at: string,
  before: ReadonlyMap<string, ProtoValue> | undefined,
): ReadonlyMap<string, ProtoValue> {
  const entry = readWire(bytesIn(value, at));
  const keyField = entry.findLast(({ number }) => number === 1);
  const key = keyField ? text(bytesIn(keyField.value, at), at) : '';
  const held = entry.findLast(({ number }) => number === 2);
  const place = at + pointerStep(key);
  if (before?.has(key))
    tell(reading, place, 'expected every key once, this one came twice or more', 'duplicate-member');
  const entryValue = held ? single(reading, field.type, held.value, place) : new Uint8Array();
  return new Map([...(before ?? []), [key, entryValue]]);
}

function single(reading: Reading, type: ProtoType, value: WireValue, at: string): ProtoValue {
  switch (type.is) {
    case 'string':
      return text(bytesIn(value, at), at);
    case 'bytes':
      return bytesIn(value, at);
    case 'message':
      return readObject(reading, reading.schema.messages.get(type.name)!, bytesIn(value, at), at);
    case 'bool':
      return numberIn(value, at) !== 0n;
    case 'int64':
      return BigInt.asIntN(64, numberIn(value, at));
    case 'int32':
      return Number(BigInt.asIntN(32, numberIn(value, at)));
    case 'enum': {
      const number = Number(BigInt.asIntN(32, numberIn(value, at)));
      const name = type.of.names.get(number);
      if (name === undefined) tell(reading, at, `expected a value of ${type.of.name}, came ${number}`);
      return name ?? number;
    }
  }
}

function bytesIn(value: WireValue, at: string): Uint8Array {
  if (value.wire === 'bytes') return value.value;
  throw new BrokenWire(`expected bytes at ${at}, came a field of another wire type`);
}

function numberIn(value: WireValue, at: string): bigint {
  if (value.wire === 'varint') return value.value;
  throw new BrokenWire(`expected a number at ${at}, came a field of another wire type`);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function text(bytes: Uint8Array, at: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new BrokenWire(`expected text in UTF-8 at ${at}, came bytes that are none`);
  }
}

function tell({ violations }: Reading, at: string, message: string, code: Violation['code'] = 'encoding'): void {
  violations.push({ code, at, message });
}
