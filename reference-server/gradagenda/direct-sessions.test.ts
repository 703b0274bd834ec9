import fc from 'fast-check';
import { expect, it } from 'vitest';
import { direct, directId, modify, openRoom, remove, says, send } from '../testing/room.ts';

const id = directId('alice', 'bob');

it('has one id for both, tells only who asks, and does not need the other online', () => {
  const room = openRoom();
  room.enter('alice');
  expect(room.say('alice', direct('bob'))).toEqual([says.info('alice', id, 'direct', 'unchanged', ['alice', 'bob'])]);
  room.enter('bob');
  expect(room.say('bob', direct('alice'))).toEqual([says.info('bob', id, 'direct', 'unchanged', ['bob', 'alice'])]);
});

it('takes a message to an id that was kept over a restart, without being asked again', () => {
  const restarted = openRoom({ epoch: 'e2' });
  restarted.enter('alice');
  restarted.enter('bob');
  expect(restarted.say('bob', send(id, 'hello'))).toEqual(
    ['alice', 'bob'].map(who => says.message(who, id, 'bob', 'hello')),
  );
});

it.each([
  ['oneself', direct('alice'), 'that is you'],
  ['an unknown user', direct('eve'), 'no such user'],
  ['modification', { ...modify(id, 'alice'), cdid: 'd' }, 'a direct session is immutable'],
  ['deletion', { ...remove(id), cdid: 'd' }, 'a direct session is immutable'],
  [
    'a message to others',
    { ...send(directId('bob', 'carol'), ''), cdid: 'd' },
    'only participants may send to a session',
  ],
  ['a message to strangers', { ...send(directId('alice', 'eve'), ''), cdid: 'd' }, 'no such session'],
  ['an id in the other order', { ...send(swapped(), ''), cdid: 'd' }, 'no such session'],
])('fails %s', (_, action, why) => {
  const room = openRoom();
  room.enter('alice');
  expect(room.say('alice', action)).toEqual([says.status('alice', 'failed', 'd', why)]);
});

it('takes numbers for ids and gives them back as they were written', () => {
  const room = openRoom({ users: ['alice', '7', '90071992547409931'] });
  room.enter('alice');
  const seven = directId('alice', '7');
  expect(room.say('alice', direct(7))).toEqual([says.info('alice', seven, 'direct', 'unchanged', ['alice', 7])]);
  expect(room.say('alice', direct('7'))).toEqual([says.info('alice', seven, 'direct', 'unchanged', ['alice', '7'])]);
  const large = '{"cdid":"d","type":"request-direct-session-info","user-id":90071992547409931}';
  expect(room.say('alice', large)[0]).toContain('"user-id":["alice",90071992547409931]}');
  room.connect('seven');
  room.say('seven', { cdid: '', type: 'authenticate', 'user-id': 7, 'device-id': 'd', token: 't' });
  expect(room.say('seven', send(seven, 'x'))).toEqual(['seven', 'alice'].map(who => says.message(who, seven, 7, 'x')));
});

it('fails where the info would not fit into a frame', () => {
  const long = 'x'.repeat(2500);
  const room = openRoom({ users: ['alice', long] });
  room.enter('alice');
  expect(room.say('alice', direct(long))).toEqual([
    says.status('alice', 'failed', 'd', 'the two ids do not fit into one frame'),
  ]);
});

it('gives any two users one id, and no other two the same', () => {
  const user = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(fc.uniqueArray(user, { minLength: 3, maxLength: 3 }), users => {
      const room = openRoom({ users });
      users.forEach((name, index) => {
        room.connect(`u${index}`);
        room.say(`u${index}`, { cdid: '', type: 'authenticate', 'user-id': name, 'device-id': '', token: 't' });
      });
      const ask = (asker: number, other: number): string => {
        const [line] = room.say(`u${asker}`, direct(users[other]!));
        return JSON.parse(line!.slice(line!.indexOf('{')))['session-id'];
      };
      expect(ask(0, 1)).toBe(ask(1, 0));
      expect(new Set([ask(0, 1), ask(1, 2), ask(2, 0)]).size).toBe(3);
    }),
  );
});

function swapped(): string {
  return `direct-${Buffer.from('["bob","alice"]').toString('base64url')}`;
}
