import { nearest } from '../../documents/nearest.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import { pointerStep, writeJson } from '../../foundation/json.ts';
import { isArray, isObject, type Value } from '../../foundation/value.ts';
import { shortText } from '../short-text.ts';
import { enumWord, type FieldEncoding, type FormedField, type Forms, type MemberForm } from './forms.ts';
import type { ProtoEnum, ProtoType } from './proto-schema.ts';
import type { ProtoObject, ProtoValue } from './proto-value.ts';

type Draft = Record<string, ProtoValue>;

/**
 * A frame to the message that says it. Throws an AntiphonError `frame-not-encodable` for what the schema has no place for: nothing is
 * dropped, and nothing is made into what it is not.
 */
export function fromFrame(forms: Forms, message: string, frame: Value): ProtoObject {
  return objectOf(forms, message, frame, '');
}

function objectOf(forms: Forms, message: string, value: Value, at: string): ProtoObject {
  if (!isObject(value)) throw unfit(at, `an object with the members of ${shortName(message)}`, value);
  const draft: Draft = {};
  placeMembers(forms, message, forms.membersOf(message), value, at, draft);
  return draft;
}

function placeMembers(
  forms: Forms,
  message: string,
  members: ReadonlyMap<string, MemberForm>,
  object: Readonly<Record<string, Value>>,
  at: string,
  into: Draft,
): void {
  for (const [name, value] of Object.entries(object)) {
    const place = at + pointerStep(name);
    const member = members.get(name);
    if (member?.formed) put(into, member.path, valueFor(forms, member.formed, value, place));
    else if (member && isObject(value)) placeMembers(forms, message, member.below, value, place, into);
    else if (member) throw unfit(place, 'an object', value);
    else throw unknownMember(message, members, name, at);
  }
}

function put(into: Draft, [name, ...rest]: readonly string[], value: ProtoValue): void {
  if (rest.length === 0) {
    into[name!] = value;
    return;
  }
  into[name!] ??= {};
  put(into[name!] as Draft, rest, value);
}

function valueFor(forms: Forms, { field, as }: FormedField, value: Value, at: string): ProtoValue {
  if (field.many === 'one') return oneFor(forms, field.type, as, value, at);
  if (field.many === 'list') {
    if (!isArray(value)) throw unfit(at, 'a list', value);
    return value.map((each, k) => oneFor(forms, field.type, as, each, `${at}/${k}`));
  }
  if (!isObject(value)) throw unfit(at, 'an object', value);
  return new Map(
    Object.entries(value).map(([key, held]) => [key, oneFor(forms, field.type, as, held, at + pointerStep(key))]),
  );
}

function oneFor(forms: Forms, type: ProtoType, as: FieldEncoding, value: Value, at: string): ProtoValue {
  switch (type.is) {
    case 'message':
      return objectOf(forms, type.name, value, at);
    case 'bytes':
      return bytesFor(as, value, at);
    case 'enum':
      return enumName(type.of, value, at);
    case 'int32':
      return integerFor(value, at, 31n, as) as number;
    case 'int64':
      return BigInt(integerFor(value, at, 63n, as));
    case 'string':
      if (typeof value !== 'string') throw unfit(at, 'text', value);
      return value;
    case 'bool':
      if (typeof value !== 'boolean') throw unfit(at, 'true or false', value);
      return value;
  }
}

function bytesFor(as: FieldEncoding, value: Value, at: string): Uint8Array {
  if (as === 'json') return Buffer.from(writeJson(value));
  if (typeof value !== 'string') throw unfit(at, as === 'base64' ? 'base64' : 'text', value);
  if (as !== 'base64') return Buffer.from(value);
  const bytes = Buffer.from(value, 'base64');
  if (bytes.toString('base64') !== value) throw unfit(at, 'base64 with padding', value);
  return bytes;
}

function integerFor(value: Value, at: string, bits: bigint, as: FieldEncoding): number | bigint {
  if (as === 'time') {
    const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(ms)) throw unfit(at, 'a time such as 2026-07-04T12:00:00.000Z', value);
    return ms;
  }
  const isInteger = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
  if (!isInteger || BigInt(value) >= 1n << bits || BigInt(value) < -(1n << bits))
    throw unfit(at, `an integer of ${bits + 1n} bits`, value);
  return value;
}

function enumName({ name, numbers }: ProtoEnum, value: Value, at: string): string {
  const words = new Map([...numbers.keys()].map(each => [enumWord(each), each]));
  const found = typeof value === 'string' ? words.get(value) : undefined;
  if (found !== undefined) return found;
  throw unfit(at, `a value of ${name} (${[...words.keys()].join(', ')})`, value);
}

function unknownMember(
  message: string,
  members: ReadonlyMap<string, MemberForm>,
  name: string,
  at: string,
): AntiphonError {
  const near = nearest(name, members.keys());
  const hint = near === undefined ? `it has ${[...members.keys()].join(', ') || 'none'}` : `did you mean ${near}?`;
  return notEncodable(`expected members of ${shortName(message)} at ${at || 'the top'}, came ${name}: ${hint}`);
}

function unfit(at: string, expected: string, came: Value): AntiphonError {
  return notEncodable(`expected ${expected} at ${at || 'the top'}, came ${shortText(came)}`);
}

function notEncodable(message: string): AntiphonError {
  return new AntiphonError('scenario', 'frame-not-encodable', `The frame cannot be a protobuf message: ${message}`);
}

function shortName(message: string): string {
  return message.slice(message.lastIndexOf('.') + 1);
}
