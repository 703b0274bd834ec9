import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Decoded } from '../foundation/pack.ts';
import { equalValues, type Value } from '../foundation/value.ts';
import { createPack } from './create-pack.ts';
import { findPack } from './find-pack.ts';
import { loadPack } from './load-pack.ts';
import { noOverlay } from './overlay.ts';
import { readPackFile } from './read-pack-file.ts';

const { packFile, schemas, digest, diagnostics } = await loadPack(findPack('gradagenda'));
const gradagenda = createPack(packFile!, schemas, digest);

function packOf(table: string, overlay = noOverlay) {
  const read = readPackFile(`antiphon: 1\npack: chat\n${table}`, 'chat/pack.yaml');
  expect(read.diagnostics).toEqual([]);
  return createPack(read.packFile!, [], 'sha256:00', overlay);
}

function received(text: string): Decoded {
  return gradagenda.decode('websocket', { text, sizeBytes: Buffer.byteLength(text), opcode: 'text' });
}

test('the bundled pack is sound, and every schema of it compiles', () => {
  expect(diagnostics).toEqual([]);
  for (const { path } of schemas) {
    const [direction, file] = path.split('/') as ['sent' | 'received', string];
    expect(gradagenda.validate(direction, file.replace('.schema.json', ''), 5)).not.toEqual([]);
  }
});

test('a pack tells what its schemas list, and writes a frame with nothing added', () => {
  expect(gradagenda.choicesAt('status-response', '/status')).toEqual(['succeeded', 'failed']);
  expect(gradagenda.choicesAt('status-response', '/status')).toBe(gradagenda.choicesAt('status-response', '/status'));
  expect(gradagenda.choicesAt('status-response', '/cdid')).toEqual([]);
  expect(gradagenda.write('websocket', { type: 'request-mutable-session-listing' })).toBe(
    '{"type":"request-mutable-session-listing"}',
  );
});

const broadcast =
  '{"type":"message-broadcast","session-id":"s1","sender-id":"u1","sender-timestamp":1,"message":{"type":"text","body":"hi"}}';
const succeeded = '{"cdid":"c1","type":"status-response","status":"succeeded"}';

test.each<[string, readonly string[], readonly string[]]>([
  [broadcast, ['message-broadcast'], []],
  [succeeded, ['status-response'], []],
  [
    '{"cdid":"c1","type":"status-response","status":"done"}',
    ['status-response'],
    ['schema /status: expected "succeeded" or "failed", came "done"'],
  ],
  ['{"type":"status-response"}', ['status-response'], ['schema /status: expected this member, came none']],
  [`{"type":"batch-mode-action","actions":[${succeeded},${broadcast}]}`, ['status-response', 'message-broadcast'], []],
  [
    '{"type":"batch-mode-action","actions":[{"type":"status-response"},{"type":"wave"}]}',
    ['status-response', 'wave'],
    [
      'schema /actions/0/status: expected this member, came none',
      'unknown-kind /actions/1: expected a frame of a kind that has a schema, came the kind "wave"',
    ],
  ],
  ['{"type":"batch-mode-action","actions":{}}', ['batch-mode-action'], ['schema /actions: expected an array, came {}']],
  ['{"type":5}', ['none'], ['unknown-kind : expected a frame of a kind that has a schema, came a frame without one']],
  ['[1]', ['none'], ['unknown-kind : expected a frame of a kind that has a schema, came [1]']],
])('gradagenda reads %s', (text, kinds, violations) => {
  const decoded = received(text);
  expect(decoded.ok && decoded.frames.map(frame => gradagenda.kindOf(frame) ?? 'none')).toEqual(kinds);
  expect(decoded.violations.map(({ code, at, message }) => `${code} ${at}: ${message}`)).toEqual(violations);
});

test('a frame of gradagenda may have 4096 bytes, and no more', () => {
  const filled = (bytes: number) => broadcast.replace('hi', 'x'.repeat(bytes - broadcast.length + 2));
  expect(received(filled(4096)).violations).toEqual([]);
  expect(received(filled(4097)).violations).toEqual([
    { code: 'size', at: '', message: 'expected at most 4096 bytes, came 4097' },
  ]);
});

test.each<[Value, readonly string[], string, Value | undefined]>([
  [{ type: 'request-mutable-session-listing' }, [], '{"type":"request-mutable-session-listing","cdid":"c7"}', 'c7'],
  [
    { type: 'request-mutable-session-listing', cdid: '' },
    [],
    '{"type":"request-mutable-session-listing","cdid":""}',
    '',
  ],
  [{ type: 'request-mutable-session-listing' }, ['/cdid'], '{"type":"request-mutable-session-listing"}', undefined],
  [
    { type: 'x', 'sender-timestamp': 18446744073709551615n },
    [],
    '{"type":"x","sender-timestamp":18446744073709551615,"cdid":"c7"}',
    'c7',
  ],
  ['text', [], '"text"', undefined],
])('gradagenda writes %s without %j', (frame, omitted, text, requestId) => {
  const encoded = gradagenda.encode('websocket', frame, 7, omitted);
  expect(encoded.data).toBe(text);
  expect(encoded.requestId).toEqual(requestId);
  expect(gradagenda.requestIdOf(encoded.frame)).toEqual(requestId);
});

test('a reply carries the id of its request, other kinds carry none', () => {
  expect(gradagenda.replyIdOf({ type: 'status-response', cdid: 'c1' })).toEqual({ id: 'c1' });
  expect(gradagenda.replyIdOf({ type: 'status-response' })).toEqual({ id: undefined });
  expect(gradagenda.replyIdOf({ type: 'message-broadcast', cdid: 'c1' })).toBeUndefined();
  expect([...gradagenda.replyPointers]).toEqual([['status-response', ['cdid']]]);
});

test('kinds by pointers, by member and by pattern', () => {
  const kinds = (rule: string, ...frames: Value[]) => {
    const pack = packOf(`transports: { ws: { kind: websocket } }\nkind: ${rule}\nvalues: { callsign: Chat }\n`);
    return frames.map(frame => pack.kindOf(frame));
  };
  expect(
    kinds(
      '[/type, /event]',
      { type: 'message', event: 'sent' },
      { type: 'users' },
      { event: 'sent' },
      {},
      { type: 1 },
      null,
    ),
  ).toEqual(['message-sent', 'users', 'sent', undefined, undefined, undefined]);
  expect(kinds('member', { ctrl: {} }, { extra: 1, pub: {} }, {}, [])).toEqual(['ctrl', 'extra', undefined, undefined]);
  const rows =
    '[ { name: join, when: { method: $(pack.callsign).1.join } }, { name: call, when: { method: $string } }, { name: result, when: { result: $any } } ]';
  expect(kinds(rows, { method: 'Chat.1.join' }, { method: 'x' }, { result: null }, {})).toEqual([
    'join',
    'call',
    'result',
    undefined,
  ]);
});

test('a frame that is a number is of the kind number, where there is one', () => {
  const { packFile: table } = readPackFile(
    'antiphon: 1\npack: chat\ntransports: { ws: { kind: websocket } }\nkind: member\n',
    'chat/pack.yaml',
  );
  const probed = createPack(table!, [{ path: 'received/number.schema.json', schema: { const: 0 } }], 'sha256:00');
  const plain = createPack(table!, [{ path: 'received/ctrl.schema.json', schema: {} }], 'sha256:00');
  expect([probed.kindOf(0), plain.kindOf(0)]).toEqual(['number', undefined]);
  const faults = (pack: typeof plain, text: string) =>
    pack.decode('ws', { text, sizeBytes: text.length, opcode: 'text' }).violations.map(({ code }) => code);
  expect([faults(probed, '0'), faults(probed, '1'), faults(plain, '0')]).toEqual([[], ['schema'], ['unknown-kind']]);
});

test('what profile and target lay over the pack decides sizes and patterns', () => {
  const table = [
    'transports: { ws: { kind: websocket }, lines: { kind: lines, receive: { maxBytes: 9 } }, http: { kind: http, limits: { frameBytes: 50 } } }',
    'kind: [ { name: join, when: { method: $(pack.callsign).join } } ]',
    'limits: { frameBytes: 100 }',
    'values: { callsign: Chat }',
    'receive: { maxBytes: $(limits.frameBytes) }',
  ].join('\n');
  const plain = packOf(table);
  const small = packOf(table, { limits: { frameBytes: 10 }, timers: {}, values: { callsign: 'Talk' } });
  const sizes = (pack: typeof plain) => [...pack.transports.values()].map(each => each.receiveMaxBytes);
  expect([sizes(plain), sizes(small)]).toEqual([
    [100, 9, 50],
    [10, 9, 10],
  ]);
  expect([
    plain.kindOf({ method: 'Chat.join' }),
    small.kindOf({ method: 'Chat.join' }),
    small.kindOf({ method: 'Talk.join' }),
  ]).toEqual(['join', undefined, 'join']);
});

const jsonValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter(each => !Object.is(each, -0)),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('type', 'actions', '__proto__', 'cdid')), tie('value'), {
      maxKeys: 4,
    }),
  ),
})).value;

test('what is written reads as what was meant', () => {
  const bare = packOf('transports: { ws: { kind: websocket } }\nkind: /type\n');
  fc.assert(
    fc.property(jsonValue, frame => {
      const text = String(bare.encode('ws', frame, 1).data);
      const decoded = bare.decode('ws', { text, sizeBytes: Buffer.byteLength(text) });
      expect(decoded.ok && equalValues(decoded.frame, frame)).toBe(true);
    }),
  );
});

test('no text and no bytes make decode throw, and frames are bounded by what came', () => {
  const batch = jsonValue.map(value =>
    JSON.stringify(
      { type: 'batch-mode-action', actions: [{ type: 'batch-mode-action', actions: value }, value] },
      (_, each) => (typeof each === 'bigint' ? Number(each) : each),
    ),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), batch), text => {
      const decoded = received(text);
      if (decoded.ok) expect(decoded.frames.length).toBeLessThanOrEqual(text.length);
      else expect(decoded.violations.length).toBeGreaterThan(0);
    }),
  );
  fc.assert(
    fc.property(fc.base64String(), fc.boolean(), (base64, unterminated) => {
      expect(gradagenda.decode('websocket', { base64, sizeBytes: 3, unterminated }).ok).toBe(false);
    }),
  );
});
