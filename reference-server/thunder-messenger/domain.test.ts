import { describe, expect, it } from 'vitest';
import { call, join, leave, openLounge, register, says, send, unregister } from '../testing/plugin.ts';
import { generations } from './generations.ts';

const { refusals } = generations.r5;

describe('joining', () => {
  it('gives every user an own roomid, and tells of the room and of the user', () => {
    const plugin = openLounge();
    plugin.connect('carol');
    const lines = plugin.say('carol', join('attic', 'carol'));
    const roomid = JSON.parse(lines[1]!.slice('carol< '.length)).result;
    expect(roomid).toMatch(/^[0-9a-f]{20}$/);
    expect(new Set([roomid, plugin.alice, plugin.bob]).size).toBe(3);
    expect(lines).toEqual([says.room('eve', 'tower', 'attic', 'created'), says.result('carol', roomid)]);
    expect(plugin.say('carol', join('lounge', 'carol')).slice(0, 2)).toEqual([
      says.notification('alice', `${plugin.alice}.c.userupdate`, { user: 'carol', action: 'joined' }),
      says.notification('bob', `${plugin.bob}.c.userupdate`, { user: 'carol', action: 'joined' }),
    ]);
  });

  it('refuses a user who is there already', () => {
    const plugin = openLounge();
    plugin.connect('laptop');
    expect(plugin.say('laptop', join('lounge', 'alice'))).toEqual([
      says.error('laptop', -31_005, 'ERROR_ILLEGAL_STATE'),
    ]);
  });

  it.each([
    [join('', 'x')],
    [join('x', '')],
    [join(1, 'x')],
    [join('x', null)],
    [call('join', {})],
    [call('join')],
    [call('join', ['x', 'y'])],
    [join('x', 'y', { secure: 'perhaps' })],
    [join('x', 'y', { acl: 'all' })],
    [join('x', 'y', { acl: [1] })],
    [leave(7)],
    [call('send', { roomid: 'x' })],
  ])('refuses %j as unfit', request => {
    expect(openLounge().say('alice', request)).toEqual([says.error('alice', -31_030, 'ERROR_BAD_REQUEST')]);
  });
});

describe('leaving', () => {
  it('tells the others, and of the room when nobody is left', () => {
    const plugin = openLounge();
    expect(plugin.say('alice', leave(plugin.alice))).toEqual([
      says.notification('bob', `${plugin.bob}.c.userupdate`, { user: 'alice', action: 'left' }),
      says.result('alice', null),
    ]);
    for (const request of [leave(plugin.alice), send(plugin.alice, 'x')])
      expect(plugin.say('alice', request)).toEqual([says.error('alice', -31_022, 'ERROR_UNKNOWN_KEY')]);
    expect(plugin.say('bob', leave(plugin.bob))).toEqual([
      says.room('eve', 'tower', 'lounge', 'destroyed'),
      says.result('bob', null),
    ]);
    expect(plugin.say('bob', join('lounge', 'bob'))[0]).toBe(says.room('eve', 'tower', 'lounge', 'created'));
  });

  it('is what the end of a connection does', () => {
    const plugin = openLounge();
    expect(plugin.leave('alice')).toEqual([
      says.notification('bob', `${plugin.bob}.c.userupdate`, { user: 'alice', action: 'left' }),
    ]);
    expect(plugin.leave('bob')).toEqual([says.room('eve', 'tower', 'lounge', 'destroyed')]);
    expect(plugin.leave('eve')).toEqual([]);
    expect(plugin.say('eve', call('versions'))).toEqual([]);
  });
});

it('sends a message to everybody in the room who has registered, the sender too', () => {
  const plugin = openLounge();
  plugin.connect('carol');
  plugin.join('carol', 'lounge');
  expect(plugin.say('alice', send(plugin.alice, 'hello'))).toEqual([
    says.notification('alice', `${plugin.alice}.c.message`, { user: 'alice', message: 'hello' }),
    says.notification('bob', `${plugin.bob}.c.message`, { user: 'alice', message: 'hello' }),
    says.result('alice', null),
  ]);
});

describe('registering', () => {
  it('tells first of what is there already', () => {
    const plugin = openLounge();
    plugin.connect('carol');
    expect(plugin.say('carol', register('roomupdate', 'me'))).toEqual([
      says.room('carol', 'me', 'lounge', 'created'),
      says.result('carol', null),
    ]);
    const roomid = plugin.join('carol', 'lounge');
    expect(plugin.say('carol', register('userupdate', `${roomid}.me`))).toEqual([
      ...['alice', 'bob', 'carol'].map(user =>
        says.notification('carol', `${roomid}.me.userupdate`, { user, action: 'joined' }),
      ),
      says.result('carol', null),
    ]);
  });

  it('is refused the second time, and can be ended once', () => {
    const plugin = openLounge();
    const failed = says.error('eve', refusals.failedRegistration.code, refusals.failedRegistration.message);
    expect(plugin.say('eve', register('roomupdate', 'tower'))).toEqual([failed]);
    expect(plugin.say('eve', unregister('roomupdate', 'other'))).toEqual([failed]);
    expect(plugin.say('eve', unregister('roomupdate', 'tower'))).toEqual([says.result('eve', null)]);
    expect(plugin.say('eve', unregister('roomupdate', 'tower'))).toEqual([failed]);
    expect(plugin.say('alice', join('attic', 'alice'))).toHaveLength(1);
  });

  it('needs an event and an id', () => {
    const plugin = openLounge();
    const incomplete = says.error('eve', -32_602, refusals.incompleteRegistration.message);
    for (const method of ['register', 'unregister'])
      for (const params of [{ event: 'message' }, { id: 'x' }, { event: '', id: 'x' }, undefined])
        expect(plugin.say('eve', call(method, params))).toEqual([incomplete]);
  });

  it('replaces another client id for the same event of the same room', () => {
    const plugin = openLounge();
    plugin.say('alice', register('message', `${plugin.alice}.other`));
    expect(plugin.say('alice', send(plugin.alice, 'x'))[0]).toContain(`${plugin.alice}.other.message`);
  });

  it('with a roomid that nobody has is confirmed, and nothing follows', () => {
    expect(openLounge().say('eve', register('userupdate', 'nobody.me'))).toEqual([says.result('eve', null)]);
  });
});

describe('requests', () => {
  it('without an id are done in silence, and refused aloud', () => {
    const plugin = openLounge();
    const quiet = (request: object) => ({ ...request, id: undefined });
    expect(plugin.say('alice', quiet(send(plugin.alice, 'x')))).toHaveLength(2);
    expect(plugin.say('alice', quiet(leave('none')))).toEqual([
      'alice< {"jsonrpc":"2.0","error":{"code":-31022,"message":"ERROR_UNKNOWN_KEY"}}',
    ]);
  });

  it.each([0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1])('may have the id %d', id => {
    expect(openLounge().say('eve', call('versions', undefined, id))).toEqual([says.result('eve', [1], id)]);
  });

  it.each([
    '',
    '{',
    '[]',
    '7',
    'null',
    '{"id":1}',
    '{"id":"x","method":"y"}',
    '{"id":-1,"method":"y"}',
    '{"id":4294967296,"method":"y"}',
  ])('are not %j', text => {
    expect(openLounge().say('eve', text)).toEqual([says.error('eve', -31_050, refusals.notJson.message, null)]);
  });

  it('ask whether there is a method', () => {
    const plugin = openLounge();
    expect(plugin.say('eve', call('exists', { method: 'join' }))).toEqual([says.result('eve', true)]);
    expect(plugin.say('eve', call('exists', { method: 'Join' }))).toEqual([says.result('eve', false)]);
    expect(plugin.say('eve', call('exists'))).toEqual([says.error('eve', -31_030, 'ERROR_BAD_REQUEST')]);
  });
});

describe('HTTP', () => {
  it('does the same, and what others hear goes to them', () => {
    const plugin = openLounge();
    const [told, answer] = plugin.post('web', join('attic', 'web'));
    expect(told).toBe(says.room('eve', 'tower', 'attic', 'created'));
    expect(answer).toMatch(/^web< 200 \{"jsonrpc":"2.0","id":1,"result":"[0-9a-f]{20}"\}$/);
    expect(plugin.leave('web')).toEqual([says.room('eve', 'tower', 'attic', 'destroyed')]);
  });

  it('has statuses of its own', () => {
    const plugin = openLounge();
    expect(plugin.post('web', leave('none'))).toEqual([
      'web< 200 {"jsonrpc":"2.0","id":1,"error":{"code":-31022,"message":"ERROR_UNKNOWN_KEY"}}',
    ]);
    expect(plugin.post('web', { ...join('x', 'y'), id: undefined }).at(-1)).toBe('web< 204');
    expect(plugin.post('web', '{').at(-1)).toMatch(/^web< 400 \{.*"id":null/);
    expect(plugin.post('web', call('versions'), 'PUT')).toEqual(['web< 405']);
    expect(plugin.post('web', '')).toEqual(['web< 405']);
    expect(plugin.post('web', call('versions'), 'POST', '/other')).toEqual(['web< 404']);
    expect(plugin.post('web', { ...call('versions'), method: 'versions' }, 'POST', '/jsonrpc/Messenger')).toEqual([
      'web< 200 {"jsonrpc":"2.0","id":1,"result":[1]}',
    ]);
  });

  it('registers nobody, for nothing would arrive', () => {
    const plugin = openLounge();
    expect(plugin.post('web', register('roomupdate', 'me'))).toEqual([
      'web< 200 {"jsonrpc":"2.0","id":1,"result":null}',
    ]);
    expect(plugin.say('alice', join('attic', 'alice'))).toHaveLength(2);
  });
});

describe('generation r4', () => {
  it('answers in its own way', () => {
    const plugin = openLounge({ generation: 'r4' });
    expect(plugin.say('eve', join('attic', 'eve'))[1]).toMatch(/"result":\{"roomid":"[0-9a-f]{20}"\}/);
    expect(plugin.say('eve', unregister('roomupdate', 'tower'))).toEqual([says.result('eve', 0)]);
    expect(plugin.say('eve', unregister('roomupdate', 'tower'))[0]).toContain('"code":48');
    expect(plugin.say('eve', join('lounge', 'alice'))).toEqual([says.error('eve', 5, 'ERROR_ILLEGAL_STATE')]);
    expect(plugin.say('eve', join('', 'alice'))).toEqual([says.error('eve', -32_603, 'ERROR_BAD_REQUEST')]);
    expect(plugin.say('eve', leave('none'))).toEqual([says.error('eve', 22, 'ERROR_UNKNOWN_KEY')]);
  });

  it('keeps users whose connection has ended, and shows who leaves that they have', () => {
    const plugin = openLounge({ generation: 'r4' });
    expect(plugin.leave('alice')).toEqual([]);
    expect(plugin.say('bob', leave(plugin.bob))[0]).toBe(
      says.notification('bob', `${plugin.bob}.c.userupdate`, { user: 'bob', action: 'left' }),
    );
  });

  it('has a secure room beside the insecure one of the same name', () => {
    const plugin = openLounge({ generation: 'r4' });
    expect(plugin.say('bob', join('lounge', 'alice', { secure: 'secure' }))[0]).toBe(
      says.room('eve', 'tower', 'lounge', 'created', 'secure'),
    );
  });
});
