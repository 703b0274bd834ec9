import { expect, it } from 'vitest';
import { readAction } from './actions.ts';

it.each<[string, unknown]>([
  [
    '{"cdid":"1","type":"authenticate","user-id":"alice","device-id":"","token":"t","more":[]}',
    { type: 'authenticate', cdid: '"1"', user: { key: 'alice', source: '"alice"' }, device: '', token: 't' },
  ],
  [
    '{"cdid":"","type":"request-direct-session-info","user-id":90071992547409931}',
    {
      type: 'request-direct-session-info',
      cdid: '""',
      other: { key: '90071992547409931', source: '90071992547409931' },
    },
  ],
  [
    '{"type":"request-mutable-session-creation","user-id":["a", 7],"cdid":"\\u0031"}',
    {
      type: 'request-mutable-session-creation',
      cdid: '"\\u0031"',
      participants: [
        { key: 'a', source: '"a"' },
        { key: '7', source: '7' },
      ],
    },
  ],
  [
    '{"cdid":"1","type":"request-sending-a-message","session-id":"s","sender-timestamp":1e3,"message":{"type":"text", "body":"\\ud800","x":1.0}}',
    {
      type: 'request-sending-a-message',
      cdid: '"1"',
      session: { key: 's', source: '"s"' },
      timestamp: '1e3',
      message: { source: '{"type":"text", "body":"\\ud800","x":1.0}', type: 'text', body: '\ud800' },
    },
  ],
  [
    '{"cdid":"1","type":"batch-mode-action","actions":[1,{}]}',
    { type: 'batch-mode-action', cdid: '"1"', actions: ['1', '{}'] },
  ],
  [
    '{"cdid":"1","type":"x","type":"request-mutable-session-listing"}',
    { type: 'request-mutable-session-listing', cdid: '"1"' },
  ],
])('reads %s', (source, action) => {
  expect(readAction(source)).toEqual(action);
});

it.each([
  ['[]', undefined, 'an action is a JSON object'],
  ['{}', undefined, 'cdid should be text'],
  ['{"cdid":7,"type":"request-mutable-session-listing"}', undefined, 'cdid should be text'],
  ['{"cdid":null,"type":"request-mutable-session-listing"}', undefined, 'cdid should be text'],
  ['{"cdid":"1"}', '"1"', 'type should be text'],
  ['{"cdid":"1","type":7}', '"1"', 'type should be text'],
  ['{"cdid":"1","type":"chat"}', '"1"', 'there is no action of this type'],
  ['{"cdid":"1","type":"constructor"}', '"1"', 'there is no action of this type'],
  ['{"cdid":"1","type":"__proto__"}', '"1"', 'there is no action of this type'],
  ['{"cdid":"1","__proto__":{"type":"request-mutable-session-listing"}}', '"1"', 'type should be text'],
  ['{"cdid":"1","type":"authenticate","user-id":"a","device-id":"d"}', '"1"', 'token should be text'],
  ['{"cdid":"1","type":"authenticate","user-id":"a","device-id":7,"token":"t"}', '"1"', 'device-id should be text'],
  ['{"cdid":"1","type":"request-direct-session-info","user-id":["a"]}', '"1"', 'user-id should be text or a number'],
  [
    '{"cdid":"1","type":"request-mutable-session-creation","user-id":"a"}',
    '"1"',
    'user-id should be an array of texts or numbers',
  ],
  [
    '{"cdid":"1","type":"request-mutable-session-creation","user-id":["a",null]}',
    '"1"',
    'user-id should be an array of texts or numbers',
  ],
  [
    '{"cdid":"1","type":"request-mutable-session-deletion","session-id":{}}',
    '"1"',
    'session-id should be text or a number',
  ],
  ['{"cdid":"1","type":"batch-mode-action","actions":{}}', '"1"', 'actions should be an array'],
])('%s is malformed', (source, cdid, why) => {
  expect(readAction(source)).toEqual({ type: 'malformed', cdid, why });
});

it.each([
  '{"type":"text"}',
  '{"body":"b"}',
  '{"type":"text","body":7}',
  '{"type":1,"body":"b"}',
  '"text"',
  '[]',
  'null',
])('a message %s is malformed', message => {
  const source = `{"cdid":"1","type":"request-sending-a-message","session-id":"s","sender-timestamp":1,"message":${message}}`;
  expect(readAction(source)).toEqual({
    type: 'malformed',
    cdid: '"1"',
    why: 'message should be an object with a type and a body that are texts',
  });
});

it.each(['"1"', 'null', '[1]', 'true'])('a timestamp %s is malformed', timestamp => {
  const source = `{"cdid":"1","type":"request-sending-a-message","session-id":"s","message":{"type":"text","body":""},"sender-timestamp":${timestamp}}`;
  expect(readAction(source)).toEqual({ type: 'malformed', cdid: '"1"', why: 'sender-timestamp should be a number' });
});
