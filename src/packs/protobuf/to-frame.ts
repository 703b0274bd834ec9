import { parseJson, pointerStep } from '../../foundation/json.ts';
import type { Violation } from '../../foundation/pack.ts';
import { isObject, setMember, type Value } from '../../foundation/value.ts';
import type { Pointer } from '../pointer.ts';
import { enumWord, type FieldEncoding, type FormedField, type Forms } from './forms.ts';
import type { ProtoType } from './proto-schema.ts';
import type { ProtoObject, ProtoValue } from './proto-value.ts';

/** What a message says, in the form of frames. What is wrong with a value is told, and it stands there as the text it is. */
export function toFrame(
  forms: Forms,
  message: string,
  object: ProtoObject,
): { readonly frame: Value; readonly violations: readonly Violation[] } {
  const violations: Violation[] = [];
  const frame: Record<string, Value> = {};
  placeFields({ forms, violations }, message, object, frame, '');
  return { frame, violations };
}

interface Making {
  readonly forms: Forms;
  readonly violations: Violation[];
}

function placeFields(
  making: Making,
  message: string,
  object: ProtoObject,
  into: Record<string, Value>,
  at: string,
): void {
  for (const formed of making.forms.fieldsOf(message)) {
    const { field, at: pointer } = formed;
    if (!Object.hasOwn(object, field.name)) continue;
    const value = object[field.name]!;
    if (pointer.length === 0 && field.type.is === 'message') {
      placeFields(making, field.type.name, value as ProtoObject, into, at);
      continue;
    }
    const made = frameValue(making, formed, value, at + pointer.map(pointerStep).join(''));
    if (made !== undefined) place(into, pointer, made);
  }
}

function place(into: Record<string, Value>, [name, ...rest]: Pointer, value: Value): void {
  if (rest.length === 0) return setMember(into, name!, value);
  const held = Object.hasOwn(into, name!) ? into[name!] : undefined;
  const inner: Record<string, Value> = isObject(held) ? held : {};
  if (inner !== held) setMember(into, name!, inner);
  place(inner, rest, value);
}

function frameValue(making: Making, { field, as }: FormedField, value: ProtoValue, at: string): Value | undefined {
  if (field.many === 'list')
    return (value as readonly ProtoValue[]).map(
      (each, k) => elementOf(making, field.type, as, each, `${at}/${k}`) ?? null,
    );
  if (field.many === 'one') return elementOf(making, field.type, as, value, at);
  const map: Record<string, Value> = {};
  for (const [key, held] of value as ReadonlyMap<string, ProtoValue>)
    setMember(map, key, elementOf(making, field.type, as, held, at + pointerStep(key)) ?? null);
  return map;
}

function elementOf(
  making: Making,
  type: ProtoType,
  as: FieldEncoding,
  value: ProtoValue,
  at: string,
): Value | undefined {
  if (value instanceof Uint8Array) return fromBytes(making, as, value, at);
  if (type.is === 'message') {
    const inner: Record<string, Value> = {};
    placeFields(making, type.name, value as ProtoObject, inner, at);
    return inner;
  }
  if (typeof value === 'bigint') return as === 'time' ? fromTime(value) : exactNumber(value);
  return type.is === 'enum' && typeof value === 'string' ? enumWord(value) : (value as Value);
}

function fromBytes({ violations }: Making, as: FieldEncoding, bytes: Uint8Array, at: string): Value | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (as === 'base64') return buffer.toString('base64');
  const text = buffer.toString('utf8');
  if (as !== 'json') return text;
  if (text === '') return undefined;
  const parsed = parseJson(text);
  if (parsed.ok) return parsed.value;
  violations.push({
    code: 'json',
    at,
    message: `expected JSON, but at character ${parsed.offset + 1}: ${parsed.message}`,
  });
  return text;
}

const lastInstantMs = 8_640_000_000_000_000n;

function fromTime(ms: bigint): Value | undefined {
  if (ms === 0n) return undefined;
  return ms > lastInstantMs || ms < -lastInstantMs ? exactNumber(ms) : new Date(Number(ms)).toISOString();
}

function exactNumber(value: bigint): Value {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
