/** The example frames of the Messenger API document, with values of ours, known to both sides: to the tester's schemas and to the server. */
import { describe, expect, it } from 'vitest';
import type { Value, ValueObject } from '../../src/foundation/value.ts';
import { createPack } from '../../src/packs/create-pack.ts';
import { findPack } from '../../src/packs/find-pack.ts';
import { loadPack } from '../../src/packs/load-pack.ts';
import { openPlugin } from '../testing/plugin.ts';

const { packFile, schemas, digest } = await loadPack(findPack('thunder-messenger'));
const pack = createPack(packFile!, schemas, digest);

const roomid = '0a1b2c3d4e5f60718293';
const request = (method: string, params: ValueObject) => ({
  jsonrpc: '2.0',
  id: 42,
  method: `Messenger.1.${method}`,
  params,
});
const answer = (result: Value) => ({ jsonrpc: '2.0', id: 42, result });
const notification = (method: string, params: ValueObject) => ({ jsonrpc: '2.0', method, params });

const sent = {
  join: request('join', { room: 'Kitchen', user: 'Ada', secure: 'secure', acl: ['https://*.example'] }),
  leave: request('leave', { roomid }),
  send: request('send', { roomid, message: 'Tea?' }),
  registerRoomupdate: request('register', { event: 'roomupdate', id: 'tablet' }),
  registerUserupdate: request('register', { event: 'userupdate', id: `${roomid}.tablet` }),
  registerMessage: request('register', { event: 'message', id: `${roomid}.tablet` }),
};

const received = {
  'join response': answer(roomid),
  'leave and send response': answer(null),
  'roomupdate notification': notification('tablet.roomupdate', {
    room: 'Kitchen',
    action: 'destroyed',
    secure: 'secure',
  }),
  'userupdate notification': notification(`${roomid}.tablet.userupdate`, { user: 'Ada', action: 'left' }),
  'message notification': notification(`${roomid}.tablet.message`, { user: 'Ada', message: 'Tea?' }),
};

describe('the tester', () => {
  it.each(Object.entries(sent))('may send %s', (_, frame) => {
    expect(pack.validate('sent', pack.kindOf(frame), frame)).toEqual([]);
  });

  it.each(Object.entries(received))('takes a %s', (_, frame) => {
    expect(pack.decode('websocket', { text: JSON.stringify(frame), sizeBytes: 0, opcode: 'text' })).toEqual({
      ok: true,
      frame,
      frames: [frame],
      violations: [],
    });
  });
});

describe('the server', () => {
  /** Ada is in the kitchen, and hears everything there. Its roomids are its own, so they are put in place of the example's. */
  function kitchen() {
    const plugin = openPlugin();
    const swap = (text: string, from: string, to: string) => text.replaceAll(from, to);
    plugin.connect('ada');
    const [joined] = plugin.say('ada', sent.join);
    const own: string = JSON.parse(joined!.slice('ada< '.length)).result;
    const say = (frame: object) =>
      plugin
        .say('ada', swap(JSON.stringify(frame), roomid, own))
        .map(line => JSON.parse(swap(line.slice('ada< '.length), own, roomid)));
    return { plugin, own, joined, say };
  }

  it('answers the examples as the document does', () => {
    const { joined, own, say } = kitchen();
    expect(joined).toBe(`ada< ${JSON.stringify(answer(own))}`);
    expect(say(sent.registerRoomupdate).at(-1)).toEqual(answer(null));
    expect(say(sent.registerUserupdate).at(-1)).toEqual(answer(null));
    expect(say(sent.registerMessage)).toEqual([answer(null)]);
    expect(say(sent.send)).toEqual([received['message notification'], received['leave and send response']]);
    expect(say(sent.leave).at(-1)).toEqual(received['leave and send response']);
  });

  it('notifies as the document does', () => {
    const { plugin, own, say } = kitchen();
    plugin.connect('bob');
    const bob = plugin.join('bob', 'Kitchen');
    plugin.say('bob', { ...sent.registerUserupdate, params: { event: 'userupdate', id: `${bob}.tablet` } });
    plugin.say('bob', sent.registerRoomupdate);
    const heard = (lines: readonly string[]) =>
      lines
        .filter(line => line.startsWith('bob< '))
        .map(line => JSON.parse(line.slice('bob< '.length).replace(bob, roomid)));
    expect(heard(plugin.say('ada', { ...sent.leave, params: { roomid: own } }))).toEqual([
      received['userupdate notification'],
    ]);
    expect(say(sent.send)).toEqual([
      { jsonrpc: '2.0', id: 42, error: { code: -31_022, message: 'ERROR_UNKNOWN_KEY' } },
    ]);
    const { room, action } = received['roomupdate notification'].params as { room: string; action: string };
    expect(heard(plugin.say('bob', { ...sent.leave, params: { roomid: bob } }))[0].params).toEqual({
      room,
      action,
      secure: 'insecure',
    });
  });
});
