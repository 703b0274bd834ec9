import { expect, it } from 'vitest';
import { auth, batch, create, direct, directId, list, modify, openRoom, remove, says, send } from '../testing/room.ts';

it('says nothing before the client does', () => {
  expect(openRoom().connect('alice')).toEqual([]);
});

it.each([
  ['the right token', auth('alice'), says.status('x', 'succeeded', 'auth')],
  ['a wrong token', auth('alice', 'phone', 'T'), says.status('x', 'failed', 'auth', 'user and token do not match')],
  ['an empty token', auth('alice', 'phone', ''), says.status('x', 'failed', 'auth', 'user and token do not match')],
  ['an unknown user', auth('eve'), says.status('x', 'failed', 'auth', 'user and token do not match')],
  ['a user named __proto__', auth('__proto__'), says.status('x', 'failed', 'auth', 'user and token do not match')],
  ['an empty device id', auth('alice', ''), says.status('x', 'succeeded', 'auth')],
])('answers %s', (_, action, answer) => {
  const room = openRoom();
  room.connect('x');
  expect(room.say('x', action)).toEqual([answer]);
});

it.each([direct('bob'), create('bob'), modify('s', 'bob'), remove('s'), list, send('s', 'hello')])(
  'fails $type before authentication and stays open',
  action => {
    const room = openRoom();
    room.connect('alice');
    expect(room.say('alice', action)).toEqual([says.status('alice', 'failed', action.cdid, 'authenticate first')]);
    expect(room.say('alice', auth('alice'))).toEqual([says.status('alice', 'succeeded', 'auth')]);
  },
);

it('lets a connection try again after a failure, and only then', () => {
  const room = openRoom();
  room.connect('alice');
  room.say('alice', auth('alice', 'phone', 'wrong'));
  expect(room.say('alice', auth('alice'))).toEqual([says.status('alice', 'succeeded', 'auth')]);
  expect(room.say('alice', auth('alice'))).toEqual([says.status('alice', 'failed', 'auth', 'already authenticated')]);
  expect(room.say('alice', auth('bob'))).toEqual([says.status('alice', 'failed', 'auth', 'already authenticated')]);
});

it('does the actions behind an authentication in one batch, and fails those before it', () => {
  const room = openRoom();
  room.connect('alice');
  expect(room.say('alice', batch(list, auth('alice'), list))).toEqual([
    says.status('alice', 'failed', 'l', 'authenticate first'),
    says.status('alice', 'succeeded', 'auth'),
    says.status('alice', 'succeeded', 'l'),
  ]);
});

it("closes a device's older connection with 4000, and hears it no more", () => {
  const room = openRoom();
  room.enter('alice/phone');
  room.enter('alice/laptop');
  room.connect('again');
  expect(room.say('again', auth('alice', 'phone', 'wrong'))).toEqual([
    says.status('again', 'failed', 'auth', 'user and token do not match'),
  ]);
  expect(room.say('again', auth('alice', 'phone'))).toEqual([
    'alice/phone closed 4000',
    says.status('again', 'succeeded', 'auth'),
  ]);
  expect(room.say('alice/phone', list)).toEqual([]);
  room.leave('alice/phone');
  expect(room.say('again', create())).toEqual(
    ['again', 'alice/laptop']
      .map(who => says.info(who, 'mutable-e1-1', 'mutable', 'created', ['alice']))
      .sort(byLaptopFirst),
  );
});

it('keeps devices of different users apart', () => {
  const room = openRoom();
  room.enter('alice/phone');
  expect(room.enter('bob/phone')).toEqual([says.status('bob/phone', 'succeeded', 'auth')]);
  expect(room.say('alice/phone', list)).toEqual([says.status('alice/phone', 'succeeded', 'l')]);
});

it('knows demo users from their first authentication on', () => {
  const room = openRoom({ users: [], demo: true });
  expect(room.enter('alice')).toEqual([says.status('alice', 'succeeded', 'auth')]);
  expect(room.say('alice', direct('bob'))).toEqual([says.status('alice', 'failed', 'd', 'no such user')]);
  room.enter('bob');
  room.leave('bob');
  const id = directId('alice', 'bob');
  expect(room.say('alice', direct('bob'))).toEqual([says.info('alice', id, 'direct', 'unchanged', ['alice', 'bob'])]);
  room.connect('carol');
  expect(room.say('carol', auth('carol', 'phone', ''))).toEqual([
    says.status('carol', 'failed', 'auth', 'user and token do not match'),
  ]);
});

it.each(['', 'x'.repeat(1000), ' ', '\ud800', '"\\', 'ü'])('attaches the cdid %j as it came, also twice', cdid => {
  const room = openRoom();
  room.enter('alice');
  const action = { ...list, cdid };
  expect(room.say('alice', action)).toEqual([says.status('alice', 'succeeded', cdid)]);
  expect(room.say('alice', action)).toEqual([says.status('alice', 'succeeded', cdid)]);
});

function byLaptopFirst(one: string, other: string): number {
  return Number(other.startsWith('alice/laptop')) - Number(one.startsWith('alice/laptop'));
}
