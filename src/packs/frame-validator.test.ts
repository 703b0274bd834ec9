import { expect, test } from 'vitest';
import { parseJson } from '../foundation/json.ts';
import type { Value } from '../foundation/value.ts';
import { type FrameSchema, frameValidator } from './frame-validator.ts';

function value(json: string): Value {
  const parsed = parseJson(json);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

/** What a schema has against a frame, as `at: message`. */
function complaints(schema: string, frame: string): readonly string[] {
  const validator = frameValidator([{ path: 'received/it.schema.json', schema: value(schema) }]);
  return validator.validate('received', 'it', value(frame)).map(({ at, message }) => `${at}: ${message}`);
}

test.each([
  ['{"type":"string"}', '5', [': expected text, came 5']],
  ['{"type":["string","null"]}', '5', [': expected text or null, came 5']],
  ['{"type":"integer"}', '5.5', [': expected an integer, came 5.5']],
  ['{"const":"text"}', '"txt"', [': expected "text", came "txt"']],
  ['{"enum":["created","deleted"]}', '"changed"', [': expected "created" or "deleted", came "changed"']],
  ['{"minLength":1}', '""', [': expected at least 1 character, came ""']],
  ['{"maxLength":2}', '"abc"', [': expected at most 2 characters, came "abc"']],
  ['{"pattern":"^a"}', '"b"', [': expected text that matches ^a, came "b"']],
  ['{"format":"date-time"}', '"yesterday"', [': expected an instant as RFC 3339 writes it, came "yesterday"']],
  ['{"minimum":3}', '2', [': expected at least 3, came 2']],
  ['{"exclusiveMaximum":3}', '3', [': expected less than 3, came 3']],
  ['{"multipleOf":2}', '3', [': expected a multiple of 2, came 3']],
  ['{"type":"array","minItems":2}', '[1]', [': expected at least 2 elements, came [1]']],
  ['{"type":"array","uniqueItems":true}', '[1,1]', [': expected elements that all differ, came [1,1]']],
  ['{"type":"object","minProperties":1}', '{}', [': expected at least 1 member, came {}']],
  ['{"required":["id"]}', '{}', ['/id: expected this member, came none']],
  ['{"properties":{"a/b":{"type":"null"}}}', '{"a/b":1}', ['/a~1b: expected null, came 1']],
  ['{"properties":{"a":true},"additionalProperties":false}', '{"b":1}', ['/b: expected no such member, came 1']],
  ['{"properties":{"a":false}}', '{"a":1}', ['/a: expected nothing here, came 1']],
  ['{"not":{"type":"string"}}', '"a"', [': expected what `not` of the schema asks for, came "a"']],
  ['{"if":{"type":"string"},"then":{"minLength":3}}', '"a"', [': expected at least 3 characters, came "a"']],
])('the schema %s has against %s: %j', (schema, frame, expected) => {
  expect(complaints(schema, frame)).toEqual(expected);
});

test('a value of the wrong sort comes before a missing member, and that before one too many', () => {
  const schema = '{"required":["id"],"properties":{"id":true,"body":{"type":"string"}},"additionalProperties":false}';
  expect(complaints(schema, '{"ID":1,"body":5}')).toEqual([
    '/body: expected text, came 5',
    '/id: expected this member, came none',
    '/ID: expected no such member, came 1',
  ]);
});

test('of many complaints the first five are told, and how many more there are', () => {
  const schema = '{"items":{"type":"string"}}';
  const said = complaints(schema, '[1,2,3,4,5,6,7]');
  expect(said.slice(4)).toEqual(['/4: expected text, came 5', ': and 2 more, all against the schema']);
});

test('a frame that is wrong in very many places is told as quickly', () => {
  const schema = '{"items":{"anyOf":[{"type":"string"},{"type":"null"}]}}';
  const said = complaints(schema, `[${'1,'.repeat(100_000)}1]`);
  expect(said).toHaveLength(6);
  expect(said[5]).toBe(': and many more, all against the schema');
});

test.each([
  ['{"anyOf":[{"type":"string"},{"type":"null"}]}', '5', [': expected text or null, came 5']],
  ['{"oneOf":[{"required":["a"]},{"required":["b"]}]}', '{}', ['/a: expected this member, came none']],
  [
    '{"oneOf":[{"properties":{"type":{"const":"a"},"x":{"type":"string"}}},{"properties":{"type":{"const":"b"}},"required":["y"]}]}',
    '{"type":"a","x":5}',
    ['/x: expected text, came 5'],
  ],
  [
    '{"anyOf":[{"properties":{"type":{"const":"a"}}},{"properties":{"type":{"const":"b"}}}]}',
    '{"type":"c"}',
    [': expected one of the 2 forms that the schema allows, came {"type":"c"}'],
  ],
])('of the union %s the nearest branch speaks: %s', (schema, frame, expected) => {
  expect(complaints(schema, frame)).toEqual(expected);
});

const uint64 = '{"type":"integer","minimum":0,"maximum":18446744073709551615}';

test.each([
  [uint64, '18446744073709551615', []],
  [uint64, '18446744073709551616', [': expected at most 18446744073709551615, came 18446744073709551616']],
  [uint64, '-9007199254740993', [': expected at least 0, came -9007199254740993']],
  ['{"exclusiveMinimum":9007199254740992}', '9007199254740993', []],
  [
    '{"exclusiveMaximum":9007199254740993}',
    '9007199254740993',
    [': expected less than 9007199254740993, came 9007199254740993'],
  ],
  ['{"const":9007199254740993}', '9007199254740993', []],
  ['{"const":9007199254740993}', '9007199254740995', [': expected 9007199254740993, came 9007199254740995']],
  ['{"properties":{"n":{"enum":[1,9007199254740993]}}}', '{"n":9007199254740993}', []],
  ['{"multipleOf":2}', '9007199254740993', [': expected a multiple of 2, came 9007199254740993']],
  ['{"type":"array","uniqueItems":true}', '[9007199254740993,9007199254740995]', []],
  [
    '{"type":"array","uniqueItems":true}',
    '[9007199254740993,9007199254740993]',
    [': expected elements that all differ, came [9007199254740993,9007199254740993]'],
  ],
  [
    '{"items":{"maximum":9007199254740993}}',
    '[9007199254740993,9007199254740995]',
    ['/1: expected at most 9007199254740993, came 9007199254740995'],
  ],
  ['{"type":"string"}', '9007199254740993', [': expected text, came 9007199254740993']],
  ['{"type":"number"}', '9007199254740993', []],
])('integers beyond 2^53 are compared exactly: %s and %s', (schema, frame, expected) => {
  const wrapped = complaints(`{"properties":{"x":${schema}}}`, `{"x":${frame}}`);
  expect(wrapped).toEqual(expected.map(each => `/x${each}`));
});

test.each(['toString', 'constructor', '__proto__'])('the member %s is missing unless it is the frame’s own', name => {
  expect(complaints(`{"required":["${name}"]}`, '{}')).toEqual([`/${name}: expected this member, came none`]);
  expect(complaints(`{"required":["${name}"]}`, `{"${name}":1}`)).toEqual([]);
});

const siblings: readonly FrameSchema[] = [
  {
    path: 'received/message.schema.json',
    schema: value('{"properties":{"body":{"$ref":"../parts/body.schema.json"}}}'),
  },
  { path: 'parts/body.schema.json', schema: value('{"type":"string"}') },
  { path: 'sent/only-sent.schema.json', schema: value('true') },
];

test('a schema may refer to one beside it, and folders other than sent and received name no kinds', () => {
  const validator = frameValidator(siblings);
  expect(validator.validate('received', 'message', { body: 1 })).toEqual([
    { code: 'schema', at: '/body', message: 'expected text, came 1' },
  ]);
  expect([
    validator.has('received', 'message'),
    validator.has('received', 'only-sent'),
    validator.has('received', 'body'),
  ]).toEqual([true, false, false]);
  expect([validator.any('sent'), frameValidator([]).any('sent')]).toEqual([true, false]);
});

test('a schema that does not compile is named', () => {
  const broken = frameValidator([{ path: 'sent/broken.schema.json', schema: value('{"minLenght":1}') }]);
  expect(() => broken.validate('sent', 'broken', 'a')).toThrow(
    'expected a JSON Schema (draft 2020-12), came sent/broken.schema.json, which does not compile: strict mode: unknown keyword: "minLenght"',
  );
});
