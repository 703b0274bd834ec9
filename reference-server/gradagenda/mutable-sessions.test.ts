import { expect, it } from 'vitest';
import { create, directId, list, modify, openRoom, type Room, remove, says, send } from '../testing/room.ts';

const id = 'mutable-e1-1';

function roomOfThree(): Room {
  const room = openRoom();
  for (const user of ['alice', 'bob', 'carol']) room.enter(user);
  return room;
}

it('tells every device of every participant of a creation', () => {
  const room = roomOfThree();
  room.enter('bob/laptop');
  expect(room.say('alice', create('bob'))).toEqual(
    ['alice', 'bob', 'bob/laptop'].map(who => says.info(who, id, 'mutable', 'created', ['alice', 'bob'])),
  );
});

it.each<[string, (string | number)[], unknown[]]>([
  ['whose creator is listed', ['bob', 'alice'], ['bob', 'alice']],
  ['of nobody else', [], ['alice']],
  ['of one who is listed twice', ['bob', 'bob'], ['alice', 'bob']],
])('creates a session %s', (_, listed, participants) => {
  const room = openRoom();
  room.enter('alice');
  expect(room.say('alice', create(...listed))).toEqual([says.info('alice', id, 'mutable', 'created', participants)]);
});

it('lists a user once who is written as a number and as text', () => {
  const room = openRoom({ users: ['alice', '7'] });
  room.enter('alice');
  expect(room.say('alice', create(7, '7'))).toEqual([says.info('alice', id, 'mutable', 'created', ['alice', 7])]);
});

it('fails a creation with an unknown user, and creates nothing', () => {
  const room = openRoom();
  room.enter('alice');
  expect(room.say('alice', create('bob', 'eve'))).toEqual([says.status('alice', 'failed', 'c', 'no such user')]);
  expect(room.say('alice', list)).toEqual([says.status('alice', 'succeeded', 'l')]);
});

it('tells of a modification those who stay, who come and who go', () => {
  const room = roomOfThree();
  room.say('alice', create('bob'));
  expect(room.say('bob', modify(id, 'bob', 'carol', 'bob')).sort()).toEqual(
    ['alice', 'bob', 'carol'].map(who => says.info(who, id, 'mutable', 'modified', ['bob', 'carol'])),
  );
});

it.each([
  ['alice', ['bob', 'carol']],
  ['carol', ['alice', 'bob']],
])('lets %s leave with a list of the others', (who, others) => {
  const room = roomOfThree();
  room.say('alice', create('bob', 'carol'));
  expect(room.say(who, modify(id, ...others)).sort()).toEqual(
    ['alice', 'bob', 'carol'].map(each => says.info(each, id, 'mutable', 'modified', others)),
  );
  expect(room.say(who, send(id, 'x'))).toEqual([
    says.status(who, 'failed', 's', 'only participants may send to a session'),
  ]);
  expect(room.say(who, list)).toEqual([says.status(who, 'succeeded', 'l')]);
  expect(room.say('bob', send(id, 'x'))).toHaveLength(2);
});

it('is rid of a session that everybody has left', () => {
  const room = roomOfThree();
  room.say('alice', create('bob'));
  expect(room.say('bob', modify(id))).toEqual(
    ['alice', 'bob'].map(who => says.info(who, id, 'mutable', 'modified', [])).sort(),
  );
  expect(room.say('bob', modify(id, 'bob'))).toEqual([says.status('bob', 'failed', 'm', 'no such session')]);
});

it('tells every participant of a deletion, and forgets the session', () => {
  const room = roomOfThree();
  room.say('alice', create('bob'));
  expect(room.say('bob', remove(id))).toEqual(
    ['alice', 'bob'].map(who => says.info(who, id, 'mutable', 'deleted', ['alice', 'bob'])),
  );
  for (const [action, cdid] of [
    [remove(id), 'r'],
    [modify(id, 'bob'), 'm'],
    [send(id, 'x'), 's'],
  ] as const) {
    expect(room.say('alice', action)).toEqual([says.status('alice', 'failed', cdid, 'no such session')]);
  }
  expect(room.say('alice', list)).toEqual([says.status('alice', 'succeeded', 'l')]);
  expect(room.say('alice', create())).toEqual([says.info('alice', 'mutable-e1-2', 'mutable', 'created', ['alice'])]);
});

it.each([
  ['modification by an outsider', modify(id, 'carol'), 'only participants may change a session'],
  ['deletion by an outsider', { ...remove(id), cdid: 'm' }, 'only participants may change a session'],
  ['modification of none', modify('mutable-e1-9', 'carol'), 'no such session'],
  ['modification of a number', { ...modify('', 'carol'), 'session-id': 1 }, 'no such session'],
  ['deletion of __proto__', { ...remove('__proto__'), cdid: 'm' }, 'no such session'],
])('fails %s', (_, action, why) => {
  const room = roomOfThree();
  room.say('alice', create('bob'));
  expect(room.say('carol', action)).toEqual([says.status('carol', 'failed', 'm', why)]);
  expect(room.say('bob', list)).toEqual([says.info('bob', id, 'mutable', 'unchanged', ['alice', 'bob'])]);
});

it('fails a modification with an unknown user, and changes nothing', () => {
  const room = roomOfThree();
  room.say('alice', create('bob'));
  expect(room.say('alice', modify(id, 'carol', 'eve'))).toEqual([says.status('alice', 'failed', 'm', 'no such user')]);
  expect(room.say('bob', list)).toEqual([says.info('bob', id, 'mutable', 'unchanged', ['alice', 'bob'])]);
});

it('lists the mutable sessions that the asker is in, to the asking connection only', () => {
  const room = roomOfThree();
  room.enter('alice/laptop');
  room.say('alice', create('bob'));
  room.say('bob', create('carol'));
  room.say('carol', create('alice'));
  room.say('alice', { cdid: '', type: 'request-direct-session-info', 'user-id': 'bob' });
  expect(room.say('alice', list)).toEqual([
    says.info('alice', 'mutable-e1-1', 'mutable', 'unchanged', ['alice', 'bob']),
    says.info('alice', 'mutable-e1-3', 'mutable', 'unchanged', ['carol', 'alice']),
  ]);
});

it('creates no session whose listing would not fit into a frame', () => {
  const frameBytes = 256;
  const info = (user: string, status: string) =>
    says.info('', id, 'mutable', status, ['alice', user]).length - '< '.length;
  const fitting = 'x'.repeat(frameBytes - info('', 'unchanged'));
  const room = openRoom({ users: ['alice', fitting, `${fitting}y`], frameBytes });
  room.enter('alice');
  expect(room.say('alice', create(`${fitting}y`))).toEqual([
    says.status('alice', 'failed', 'c', 'more participants than fit into one frame'),
  ]);
  expect(room.say('alice', create(fitting))).toHaveLength(1);
  expect(room.say('alice', modify('mutable-e1-2', 'alice', `${fitting}y`))).toEqual([
    says.status('alice', 'failed', 'm', 'more participants than fit into one frame'),
  ]);
  expect(room.say('alice', list)).toHaveLength(1);
});

it('gives no session the id that one had in another run', () => {
  const room = openRoom({ epoch: 'e2' });
  room.enter('alice');
  expect(room.say('alice', create())).toEqual([says.info('alice', 'mutable-e2-1', 'mutable', 'created', ['alice'])]);
  expect(directId('alice', 'bob')).not.toContain('e2');
});
