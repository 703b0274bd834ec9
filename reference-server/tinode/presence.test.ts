import { expect, it } from 'vitest';
import { get, type Heard, inShort, leave, note, openTinodeLobby, pub, set, sub } from '../testing/tinode-lobby.ts';

const presOf = (heard: readonly Heard[], who: string) =>
  heard.filter(([name, frame]) => name === who && frame.pres).map(([, frame]) => frame.pres);

/** Ada and bob have a conversation; ada is on me. */
function openPair() {
  const lobby = openTinodeLobby();
  lobby.enterMe('ada');
  lobby.enter('bob');
  lobby.say('ada', sub(lobby.idOf('bob')));
  lobby.say('bob', sub(lobby.idOf('ada')));
  return lobby;
}

it('tells contacts who comes, with the program, and is told who is there', () => {
  const lobby = openPair();
  const heard = lobby.say('bob', sub('me'));
  const [ada, bob] = [lobby.idOf('ada'), lobby.idOf('bob')];
  expect(presOf(heard, 'ada')).toEqual([{ topic: 'me', src: bob, what: 'on', ua: 'bob' }]);
  expect(presOf(heard, 'bob')).toEqual([{ topic: 'me', src: ada, what: 'on' }]);
});

it('tells of the last session that goes, after a while', () => {
  const lobby = openPair();
  lobby.say('bob', sub('me'));
  lobby.enterMe('bob/phone');
  expect(lobby.cut('bob')).toEqual([]);
  // The program of the other session is the one that is active now.
  expect(inShort(lobby.turn(5000))).toEqual(['ada pres ua']);
  lobby.say('bob/phone', leave('me'));
  expect(lobby.turn(3999)).toEqual([]);
  expect(inShort(lobby.turn(1))).toEqual(['ada pres off']);
});

it('says nothing of who is back in time', () => {
  const lobby = openPair();
  lobby.say('bob', sub('me'));
  lobby.say('bob', leave('me'));
  lobby.turn(3999);
  expect(inShort(lobby.say('bob', sub('me')))).toEqual(['bob ctrl 200']);
  expect(lobby.turn(4000)).toEqual([]);
});

it('tells of another program that is active', () => {
  const lobby = openPair();
  lobby.say('bob', sub('me'));
  lobby.enterMe('bob/phone');
  lobby.say('bob/phone', get('me', 'desc'));
  expect(lobby.turn(4999)).toEqual([]);
  expect(presOf(lobby.turn(1), 'ada')).toEqual([{ topic: 'me', src: lobby.idOf('bob'), what: 'ua', ua: 'bob/phone' }]);
});

it('tells of messages where they are not received', () => {
  const lobby = openPair();
  const [ada, bob] = [lobby.idOf('ada'), lobby.idOf('bob')];
  lobby.say('ada', leave(bob));
  const heard = lobby.say('bob', pub(ada, 'x'));
  expect(presOf(heard, 'ada')).toEqual([{ topic: 'me', src: bob, what: 'msg', seq: 1, act: bob }]);
  lobby.say('ada', set(bob, { sub: { mode: 'JRWA' } }));
  expect(inShort(lobby.say('bob', pub(ada, 'y')))).toEqual(['bob ctrl 202', 'bob data 2']);
});

it('tells in a group who comes first and who goes last', () => {
  const lobby = openTinodeLobby();
  for (const name of ['ada', 'bob', 'bob/phone']) lobby.enter(name);
  const topic = lobby.group('ada');
  expect(inShort(lobby.say('bob', sub(topic)))).toEqual(['bob ctrl 200', 'ada pres acs', 'ada pres on']);
  expect(inShort(lobby.say('bob/phone', sub(topic)))).toEqual(['bob/phone ctrl 200']);
  expect(inShort(lobby.say('bob', leave(topic)))).toEqual(['bob ctrl 200']);
  expect(inShort(lobby.cut('bob/phone'))).toEqual(['ada pres off']);
});

it('tells members that a group is on, and off', () => {
  const lobby = openTinodeLobby();
  lobby.enter('ada');
  lobby.enterMe('bob');
  const topic = lobby.group('ada');
  lobby.say('bob', sub(topic));
  lobby.say('bob', leave(topic));
  lobby.say('ada', leave(topic));
  expect(inShort(lobby.turn(4000))).toEqual(['bob pres off']);
  expect(inShort(lobby.say('ada', sub(topic)))).toEqual(['ada ctrl 200', 'bob pres on']);
});

it('hands on what others type, have received, and have read', () => {
  const lobby = openPair();
  const [ada, bob] = [lobby.idOf('ada'), lobby.idOf('bob')];
  lobby.say('ada', pub(bob, 'x'));
  expect(lobby.say('bob', note(ada, 'kp'))).toEqual([['ada', { info: { topic: bob, from: bob, what: 'kp' } }]]);
  expect(lobby.say('bob', note(ada, 'read', { seq: 1 }))).toEqual([
    ['ada', { info: { topic: bob, from: bob, what: 'read', seq: 1 } }],
  ]);
  for (const seq of [1, 0, 2]) expect(lobby.say('bob', note(ada, 'read', { seq }))).toEqual([]);
  for (const what of ['unknown', 'data', 'recv']) expect(lobby.say('bob', note(ada, what))).toEqual([]);
  lobby.say('bob', leave(ada));
  expect(inShort(lobby.say('bob', note(ada, 'kp')))).toEqual(['bob ctrl 409']);
  expect(lobby.say('bob', note('usrbad', 'kp'))).toEqual([]);
});
