import { expect, test } from 'vitest';
import type { Decoded, Payload, TransportProfile, Violation } from '../foundation/pack.ts';
import { isObject, type Value } from '../foundation/value.ts';
import { jsonCodec, textCodec } from './codecs.ts';
import { decodeMessage, type ReadingRules } from './decode-message.ts';

const profile: TransportProfile = {
  name: 'ws',
  kind: 'websocket',
  codec: 'json',
  opcode: 'text',
  role: 'client',
  message: true,
  receiveMaxBytes: 64,
};

const rules: ReadingRules = {
  profile,
  codec: jsonCodec,
  unwrap: [{ matches: frame => isObject(frame) && frame.type === 'batch', at: ['actions'] }],
  validate: frame => (isObject(frame) && frame.bad === true ? [{ code: 'schema', at: '/bad', message: 'bad' }] : []),
};

function payload(text: string, more: Partial<Payload> = {}): Payload {
  return { text, sizeBytes: Buffer.byteLength(text), ...more };
}

function one(frame: Value, ...violations: Violation[]): Decoded {
  return { ok: true, frame, frames: [frame], violations };
}

function refused(...violations: Violation[]): Decoded {
  return { ok: false, violations };
}

const oversize: Violation = { code: 'size', at: '', message: 'expected at most 64 bytes, came 70' };
const unterminated: Violation = {
  code: 'unterminated',
  at: '',
  message: 'expected the end of the line, came the end of the connection',
};

test.each<[string, Payload, Decoded]>([
  ['a frame', payload('{"a":1}'), one({ a: 1 })],
  [
    'a frame that breaks its schema',
    payload('{"bad":true}'),
    one({ bad: true }, { code: 'schema', at: '/bad', message: 'bad' }),
  ],
  [
    'no JSON',
    payload('{"a":'),
    refused({ code: 'json', at: '', message: 'expected JSON, but at character 6: expected a value, the end came' }),
  ],
  ['nothing', payload(''), refused({ code: 'json', at: '', message: 'expected JSON, came an empty message' })],
  [
    'a member given twice',
    payload('{"a":{"b":1,"b":2}}'),
    one(
      { a: { b: 2 } },
      { code: 'duplicate-member', at: '/a/b', message: 'expected every member once, this one came twice or more' },
    ),
  ],
  [
    'bytes that are no text',
    { base64: '/w==', sizeBytes: 1 },
    refused({ code: 'encoding', at: '', message: 'expected text in UTF-8, came bytes that are none' }),
  ],
  [
    'a binary message',
    payload('{}', { opcode: 'binary' }),
    one({}, { code: 'opcode', at: '', message: 'expected a text message, came a binary one' }),
  ],
  ['one byte too many', payload(`"${'x'.repeat(68)}"`), one('x'.repeat(68), oversize)],
  ['a message too big to keep', { sizeBytes: 70, oversize: true }, refused(oversize)],
  ['a line that the connection cut off', payload('{"a":1', { unterminated: true }), refused(unterminated)],
  ['a last line without an end', payload('{"a":1}', { unterminated: true }), one({ a: 1 }, unterminated)],
  [
    'too many levels',
    payload('['.repeat(600), { sizeBytes: 9 }),
    refused({
      code: 'depth',
      at: '',
      message: 'expected JSON, but at character 513: expected at most 512 levels, one more came',
    }),
  ],
])('%s', (_, message, decoded) => {
  expect(decodeMessage(rules, message)).toEqual(decoded);
});

function unwrapped(text: string): unknown {
  const decoded = decodeMessage(rules, payload(text, { sizeBytes: 1 }));
  return decoded.ok && { frames: decoded.frames, at: decoded.violations.map(({ code, at }) => `${code} ${at}`) };
}

test.each<[string, unknown]>([
  ['{"type":"batch","actions":[1,{"b":2}]}', { frames: [1, { b: 2 }], at: [] }],
  ['{"type":"batch","actions":[]}', { frames: [], at: [] }],
  ['{"type":"batch","actions":5}', { frames: [{ type: 'batch', actions: 5 }], at: [] }],
  ['{"type":"batch","actions":[{"type":"batch","actions":[1]},2]}', { frames: [1, 2], at: [] }],
  [
    '{"type":"batch","bad":true,"actions":[{"bad":true},{"type":"batch","actions":[{"bad":true}]}]}',
    {
      frames: [{ bad: true }, { bad: true }],
      at: ['schema /bad', 'schema /actions/0/bad', 'schema /actions/1/actions/0/bad'],
    },
  ],
])('%s stands for its elements, in order, however deep', (text, expected) => {
  expect(unwrapped(text)).toEqual(expected);
});

test('wrapping is followed sixteen levels deep', () => {
  const deep = `${'{"type":"batch","actions":['.repeat(17)}7${']}'.repeat(17)}`;
  expect(unwrapped(deep)).toEqual({
    frames: [{ type: 'batch', actions: [7] }],
    at: [`depth ${'/actions/0'.repeat(16)}`],
  });
});

test('text is a frame as it stands, and has no schema', () => {
  const asText: ReadingRules = {
    ...rules,
    profile: { ...profile, codec: 'text' },
    codec: textCodec,
    validate: () => [oversize],
  };
  expect(decodeMessage(asText, payload('{"a":1}'))).toEqual(one('{"a":1}'));
});
