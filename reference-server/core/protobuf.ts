/**
 * Protobuf messages as plain objects, by tables: each field of a message has its number, the member that it is in the object, and how
 * its value is written. A value that is zero stands for none in both directions, as proto3 has it.
 */
import {
  type Input,
  isAtEnd,
  keyBytes,
  ProtobufError,
  readBytes,
  readKey,
  readVarint,
  signedVarintBytes,
  skipValue,
  varintBytes,
  type Wire,
  wires,
} from './protobuf-wire.ts';

/** How values of one kind are written. */
export interface FieldType {
  readonly wire: Wire;
  /** Undefined if the value is as good as none. */
  read(input: Input): unknown;
  /** Undefined if there is nothing to write. */
  write(value: unknown): Buffer | undefined;
}

export interface Field {
  /** Names joined by dots, for a value that lies deeper; empty if the members of the message stand beside the others. */
  readonly member: string;
  readonly type: FieldType;
  readonly many?: 'list' | 'map';
}

/** By number. */
export type Fields = Readonly<Record<number, Field>>;

export interface MessageType extends FieldType {
  /** Throws a ProtobufError for what is no such message. Fields that are not known are passed over. */
  decode(bytes: Uint8Array): Members;
  encode(members: Members): Buffer;
}

export type Members = Readonly<Record<string, unknown>>;
type Draft = Record<string, unknown>;

export function one(member: string, type: FieldType): Field {
  return { member, type };
}

export function list(member: string, type: FieldType): Field {
  return { member, type, many: 'list' };
}

/** By text. */
export function map(member: string, type: FieldType): Field {
  return { member, type, many: 'map' };
}

export const text: FieldType = {
  wire: wires.bytes,
  read: input => readText(readBytes(input)) || undefined,
  write: value => (typeof value === 'string' && value !== '' ? Buffer.from(value) : undefined),
};

export const truth: FieldType = {
  wire: wires.varint,
  read: input => readVarint(input) !== 0n || undefined,
  write: value => (value === true ? varintBytes(1) : undefined),
};

export const int32: FieldType = {
  wire: wires.varint,
  read: input => Number(BigInt.asIntN(32, readVarint(input))) || undefined,
  write: value => (typeof value === 'number' && value !== 0 ? signedVarintBytes(value | 0) : undefined),
};

export const int64: FieldType = {
  wire: wires.varint,
  read: input => Number(BigInt.asIntN(64, readVarint(input))) || undefined,
  write: value => (typeof value === 'number' && value !== 0 ? signedVarintBytes(Math.trunc(value)) : undefined),
};

/** An enum: the words for its numbers. The number 0 has none, nor have those that are not known. */
export function word(words: Readonly<Record<number, string>>): FieldType {
  const numbers = new Map(Object.entries(words).map(([number, name]) => [name, Number(number)]));
  return {
    wire: wires.varint,
    read: input => words[Number(BigInt.asIntN(32, readVarint(input)))],
    write(value) {
      const number = numbers.get(value as string) ?? 0;
      return number === 0 ? undefined : varintBytes(number);
    },
  };
}

/** A value that stands in bytes. What is undefined is not there. */
export function inBytes(read: (bytes: Buffer) => unknown, write: (value: unknown) => Buffer | undefined): FieldType {
  return {
    wire: wires.bytes,
    read: input => read(readBytes(input)),
    write: value => (value === undefined ? undefined : write(value)),
  };
}

/** Never read: whoever sends it is not heard. */
export function unheard(type: FieldType): FieldType {
  const read = (input: Input) => void skipValue(input, type.wire);
  return { ...type, read };
}

export function message(fields: Fields): MessageType {
  return messageOf(fields, readInto);
}

/** One of these fields at most: the last that is read counts, the first that is there is written. */
export function oneOf(fields: Fields, beside: Fields = {}): MessageType {
  const names = Object.values(fields).map(({ member }) => member);
  const besideNames = Object.values(beside).map(({ member }) => member);
  const all = messageOf({ ...fields, ...beside }, (into, field, value) => {
    if (names.includes(field.member)) for (const name of names) delete into[name];
    readInto(into, field, value);
  });
  const encode = (members: Members) => {
    const first = names.find(name => members[name] !== undefined);
    const kept = Object.entries(members).filter(([name]) => name === first || besideNames.includes(name));
    return all.encode(Object.fromEntries(kept));
  };
  return { ...all, encode, write: value => (value === undefined ? undefined : encode(value as Members)) };
}

/** A message without members is as good as none. */
export function filled(type: MessageType): FieldType {
  return {
    ...type,
    read(input) {
      const members = type.read(input) as Members;
      return Object.keys(members).length > 0 ? members : undefined;
    },
  };
}

function messageOf(fields: Fields, take: (into: Draft, field: Field, value: unknown) => void): MessageType {
  const plans = Object.entries(fields).map(([number, field]) => planOf(Number(number), field));

  function decode(bytes: Uint8Array): Members {
    const input = { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), at: 0 };
    const members: Draft = {};
    while (!isAtEnd(input)) {
      const key = readKey(input);
      const field = fields[key.field];
      const wire = field?.many === 'map' ? wires.bytes : field?.type.wire;
      // A field that is written in another way is another field.
      if (field && wire === key.wire) take(members, field, readValue(field, input));
      else skipValue(input, key.wire);
    }
    return members;
  }

  const encode = (members: Members) => Buffer.concat(plans.flatMap(plan => plan(members)));
  return {
    wire: wires.bytes,
    decode,
    encode,
    read: input => decode(readBytes(input)),
    write: value => (value === undefined || value === null ? undefined : encode(value as Members)),
  };
}

function readValue({ type, many }: Field, input: Input): unknown {
  if (many !== 'map') return type.read(input);
  const entry = message({ 1: one('key', text), 2: one('value', type) }).decode(readBytes(input));
  return entry.value === undefined ? undefined : [entry.key ?? '', entry.value];
}

function readInto(into: Draft, { member, many }: Field, value: unknown): void {
  if (value === undefined && many !== 'list') return;
  if (member === '') {
    Object.assign(into, value);
    return;
  }
  const path = member.split('.');
  const last = path.pop()!;
  const inner = path.reduce(innerOf, into);
  if (many === 'list') addElement(inner, last, value ?? '');
  else if (many === 'map') addEntry(innerOf(inner, last), value as readonly [string, unknown]);
  else inner[last] = value;
}

function innerOf(outer: Draft, name: string): Draft {
  outer[name] ??= {};
  return outer[name] as Draft;
}

function addElement(into: Draft, name: string, value: unknown): void {
  const known = into[name] as unknown[] | undefined;
  if (known) known.push(value);
  else into[name] = [value];
}

/** Also of a name that objects have from their prototype. */
function addEntry(map: Draft, [name, value]: readonly [string, unknown]): void {
  Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The bytes of one field, key and all. */
type Plan = (members: Members) => readonly Buffer[];

function planOf(number: number, { member, type, many }: Field): Plan {
  const path = member === '' ? [] : member.split('.');
  const write = writerOf(number, type);
  if (many === 'map') return planMap(number, path, type);
  if (many === 'list') {
    return members => ((valueAt(members, path) ?? []) as unknown[]).flatMap(value => write(type.write(value) ?? empty));
  }
  return members => {
    const bytes = type.write(valueAt(members, path));
    // Members that stand beside others may all be missing.
    return bytes === undefined || (member === '' && bytes.length === 0) ? [] : write(bytes);
  };
}

/** Each entry is a message: its key is field 1, its value field 2. */
function planMap(number: number, path: readonly string[], type: FieldType): Plan {
  const [write, writeKey, writeValue] = [
    writerOf(number, { wire: wires.bytes }),
    writerOf(1, text),
    writerOf(2, type),
  ] as const;
  return members =>
    Object.entries(valueAt(members, path) ?? {}).flatMap(([name, value]) => {
      const bytes = type.write(value);
      return bytes === undefined ? [] : write(Buffer.concat([...writeKey(Buffer.from(name)), ...writeValue(bytes)]));
    });
}

function writerOf(field: number, { wire }: Pick<FieldType, 'wire'>): (bytes: Buffer) => readonly Buffer[] {
  const key = keyBytes({ field, wire });
  return wire === wires.bytes ? bytes => [key, varintBytes(bytes.length), bytes] : bytes => [key, bytes];
}

function valueAt(members: Members, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Members | undefined)?.[name], members);
}

function readText(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ProtobufError('a text is not UTF-8');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const empty = Buffer.alloc(0);
