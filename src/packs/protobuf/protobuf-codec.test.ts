import { expect, test } from 'vitest';
import type { Value } from '../../foundation/value.ts';
import { findPack } from '../find-pack.ts';
import { loadPack } from '../load-pack.ts';
import { calledCodec, protobufCodec } from './protobuf-codec.ts';

const { packFile, code } = await loadPack(findPack('tinode'));
const loop = code.proto!.methods.get('/pbx.Node/MessageLoop')!;
const codec = protobufCodec(code.proto!, packFile!.fieldForms, loop);
const server = protobufCodec(code.proto!, packFile!.fieldForms, { request: loop.response, response: loop.request });

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const written = (frame: Value) => hex(codec.encode(frame));
const received = (bytes: string) => codec.decode(Buffer.from(bytes, 'hex'));

test('absent and zero are different both ways', () => {
  expect(written({ leave: { topic: 'a' } })).toBe('2a03120161');
  expect(written({ leave: { topic: 'a', unsub: false } })).toBe('2a051201611800');
  expect(received('0a021800')).toEqual({ ok: true, frame: { ctrl: { code: 0 } }, violations: [] });
  expect(received('0a00')).toEqual({ ok: true, frame: { ctrl: {} }, violations: [] });
});

test('the smallest and the greatest integers stay what they are', () => {
  for (const seq of [-1, -2147483648, 2147483647])
    expect(server.decode(codec.encode({ note: { seq } }))).toMatchObject({ frame: { note: { seq } } });
});

test.for<[Value, string]>([
  [{ hi: { user_agent: 'a' } }, 'expected members of ClientHi at /hi, came user_agent: it has id, ua, ver'],
  [{ hi: { Ver: '1' } }, 'expected members of ClientHi at /hi, came Ver: did you mean ver?'],
  [{ HI: {} }, 'expected members of ClientMsg at the top, came HI: did you mean hi?'],
  [{ del: { what: 'MSG' } }, 'expected a value of What (x0, msg, topic, sub, user, cred) at /del/what, came "MSG"'],
  [{ note: { what: 'kpa' } }, 'expected a value of InfoNote (x1, read, recv, kp, call) at /note/what, came "kpa"'],
  [{ hi: { id: 5 } }, 'expected text at /hi/id, came 5'],
  [{ leave: { unsub: 'yes' } }, 'expected true or false at /leave/unsub, came "yes"'],
  [{ note: { seq: 1.5 } }, 'expected an integer of 32 bits at /note/seq, came 1.5'],
  [{ note: { seq: 2147483648 } }, 'expected an integer of 32 bits at /note/seq, came 2147483648'],
  [{ login: { secret: 'a:b' } }, 'expected base64 with padding at /login/secret, came "a:b"'],
  [{ acc: { tags: 'a' } }, 'expected a list at /acc/tags, came "a"'],
  [{ pub: { head: [] } }, 'expected an object at /pub/head, came []'],
  [{ get: { desc: { ims: 'now' } } }, 'expected a time such as 2026-07-04T12:00:00.000Z at /get/desc/ims, came "now"'],
  [{ get: null }, 'expected an object with the members of ClientGet at /get, came null'],
])('%j is not sent', ([frame, message]) => {
  expect(() => codec.encode(frame)).toThrow(message);
});

test.for<[string, string, string]>([
  ['3a00', '', 'expected fields of ServerMsg, came number 7, which it has not'],
  ['0a024800', '/ctrl', 'expected fields of ServerCtrl, came number 9, which it has not'],
  ['0a0412001200', '/ctrl/topic', 'expected every field once, this one came twice or more'],
  ['0a001200', '', 'expected one member, came ctrl and data'],
  ['1a021863', '/pres/what', 'expected a value of What, came 99'],
])('%s is read, and told to be wrong', ([bytes, at, message]) => {
  expect(received(bytes)).toMatchObject({ ok: true, violations: [{ at, message }] });
});

test('bytes that are not the JSON they should be are told, and stand there as their text', () => {
  expect(received('1203320161')).toMatchObject({
    frame: { data: { content: 'a' } },
    violations: [{ code: 'json', at: '/data/content' }],
  });
});

test.for<[string, string]>([
  ['0a', 'expected a number, came the end after byte 1'],
  ['0a05', 'expected 5 bytes at byte 2, came 0'],
  ['08ffffffffffffffffffff01', 'expected a number of at most 10 bytes'],
  ['0b', 'came one of the unknown wire type 3'],
  ['00', 'expected the number of a field before byte 1, came 0'],
  ['0801', 'expected bytes at /ctrl, came a field of another wire type'],
  ['0a031a0161', 'expected a number at /ctrl/code, came a field of another wire type'],
  ['0a030a01ff', 'expected text in UTF-8 at /ctrl/id'],
])('%s is no message', ([bytes, message]) => {
  const read = received(bytes);
  expect(read.ok).toBe(false);
  expect(read.violations[0]?.message).toContain(message);
});

const plugin = calledCodec(code.proto!, packFile!.fieldForms, '/pbx.Plugin');

test('a call stands under the name of its method, and its answer alone', () => {
  expect(plugin.decode(Buffer.from('0a0275311201' + '78', 'hex'), '/pbx.Plugin/Find')).toEqual({
    ok: true,
    frame: { find: { user: 'u1', query: 'x' } },
    violations: [],
  });
  expect(plugin.decode(new Uint8Array(), '/pbx.Plugin/FireHose')).toMatchObject({ frame: { fireHose: {} } });
  expect(hex(plugin.answer!('/pbx.Plugin/Find', { status: 'replace', query: 'y' }))).toBe('080312' + '0179');
});

test('what is no call of the service is the fault of who calls; what an answer cannot say is ours', () => {
  expect(plugin.decode(new Uint8Array(), '/pbx.Node/MessageLoop')).toMatchObject({
    ok: false,
    violations: [{ message: 'expected a call of a method of /pbx.Plugin, came /pbx.Node/MessageLoop' }],
  });
  expect(() => plugin.answer!('/pbx.Plugin/Find', { status: 'perhaps' })).toThrow('expected a value of RespCode');
  expect(() => plugin.encode({ find: {} })).toThrow('expected a transport on which frames are sent');
});
