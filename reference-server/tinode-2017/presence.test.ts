import { expect, it } from 'vitest';
import { get, inShort, leave, openTinodeRoom, pub, sub, type TinodeRoom } from '../testing/tinode-room.ts';

/** Ada and bob have a conversation; bob and carol are on me, bob with two of three sessions. */
function watched(): TinodeRoom {
  const room = openTinodeRoom();
  for (const name of ['ada', 'bob', 'bob/laptop', 'bob/phone', 'carol']) room.enter(name);
  room.say('ada', sub(room.idOf('bob')));
  for (const name of ['bob', 'bob/laptop', 'carol']) room.say(name, sub('me'));
  return room;
}

it('tells those who know a user, on every session on me, that they have come and gone', () => {
  const room = watched();
  const notice = (what: string) => ({ pres: { topic: 'me', what, src: room.idOf('ada') } });
  expect(room.say('ada', sub('me')).slice(1)).toEqual([
    ['bob', notice('on')],
    ['bob/laptop', notice('on')],
  ]);
  expect(room.say('ada', leave('me')).slice(1)).toEqual([
    ['bob', notice('off')],
    ['bob/laptop', notice('off')],
  ]);
});

it('counts a user on until the last session is gone, also by a cut', () => {
  const room = watched();
  room.enter('ada/laptop');
  expect(inShort(room.say('ada', sub('me')))).toEqual(['ada ctrl 200', 'bob pres on', 'bob/laptop pres on']);
  expect(inShort(room.say('ada/laptop', sub('me')))).toEqual(['ada/laptop ctrl 200']);
  expect(room.cut('ada')).toEqual([]);
  expect(inShort(room.cut('ada/laptop'))).toEqual(['bob pres off', 'bob/laptop pres off']);
});

it('tells of a message where its receiver is not in the conversation', () => {
  const room = watched();
  const notice = { pres: { topic: 'me', what: 'msg', src: room.idOf('ada'), seq: 1 } };
  expect(room.say('ada', pub(room.idOf('bob'), 'x')).slice(2)).toEqual([
    ['bob', notice],
    ['bob/laptop', notice],
  ]);
  room.say('bob/phone', sub(room.idOf('ada')));
  expect(inShort(room.say('ada', pub(room.idOf('bob'), 'y')))).toEqual([
    'ada ctrl 202',
    'ada data 2',
    'bob/phone data 2',
  ]);
});

it('remembers when a user was there last, and with what, while they are not', () => {
  const room = watched();
  room.say('ada', sub('me'));
  const rows = () => room.say('bob', get('me', 'sub'));
  expect(rows()).not.toMatchObject([['bob', { meta: { sub: [{ seen: expect.anything() }] } }]]);
  room.clock.nowMs += 10;
  room.cut('ada');
  const seen = { when: '2017-08-05T12:00:00.01Z', ua: 'test' };
  expect(rows()).toMatchObject([['bob', { meta: { sub: [{ topic: room.idOf('ada'), seen }] } }]]);
});
