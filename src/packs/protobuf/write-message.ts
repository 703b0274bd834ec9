import type { ProtoField, ProtoSchema, ProtoType } from './proto-schema.ts';
import type { ProtoObject, ProtoValue } from './proto-value.ts';

/**
 * What a message says to its bytes, fields in the order of their numbers. What is there is written, zeros too: absent and zero are
 * different here. The object must fit the schema.
 */
export function writeMessage(schema: ProtoSchema, name: string, object: ProtoObject): Uint8Array {
  const out: number[] = [];
  const fields = [...schema.messages.get(name)!.fields.values()].sort((a, b) => a.number - b.number);
  for (const field of fields) {
    if (!Object.hasOwn(object, field.name)) continue;
    for (const value of valuesOf(schema, field, object[field.name]!))
      writeField(schema, field.number, field.type, value, out);
  }
  return Uint8Array.from(out);
}

function valuesOf(schema: ProtoSchema, field: ProtoField, value: ProtoValue): readonly ProtoValue[] {
  if (field.many === 'list') return value as readonly ProtoValue[];
  if (field.many === 'one') return [value];
  return [...(value as ReadonlyMap<string, ProtoValue>)].map(([key, held]) => {
    const entry: number[] = [];
    writeField(schema, 1, { is: 'string' }, key, entry);
    writeField(schema, 2, field.type, held, entry);
    return Uint8Array.from(entry);
  });
}

function writeField(schema: ProtoSchema, number: number, type: ProtoType, value: ProtoValue, out: number[]): void {
  const integer = integerOf(type, value);
  writeVarint(BigInt(number * 8 + (integer === undefined ? 2 : 0)), out);
  if (integer !== undefined) return writeVarint(BigInt.asUintN(64, integer), out);
  const bytes = bytesOf(schema, type, value);
  writeVarint(BigInt(bytes.length), out);
  for (const byte of bytes) out.push(byte);
}

function integerOf(type: ProtoType, value: ProtoValue): bigint | undefined {
  if (value instanceof Uint8Array) return undefined;
  switch (type.is) {
    case 'bool':
      return value ? 1n : 0n;
    case 'int32':
    case 'int64':
      return BigInt(value as number | bigint);
    case 'enum':
      return BigInt(typeof value === 'number' ? value : type.of.numbers.get(value as string)!);
    default:
      return undefined;
  }
}

const encoder = new TextEncoder();

function bytesOf(schema: ProtoSchema, type: ProtoType, value: ProtoValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (type.is === 'message') return writeMessage(schema, type.name, value as ProtoObject);
  return encoder.encode(value as string);
}

function writeVarint(value: bigint, out: number[]): void {
  let left = value;
  for (; left >= 0x80n; left >>= 7n) out.push(Number(left & 0x7fn) | 0x80);
  out.push(Number(left));
}
