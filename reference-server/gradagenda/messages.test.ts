import { expect, it } from 'vitest';
import { create, modify, openRoom, type Room, says, send } from '../testing/room.ts';

const id = 'mutable-e1-1';

function session(frameBytes = 4096): Room {
  const room = openRoom({ frameBytes });
  for (const user of ['alice', 'bob', 'carol']) room.enter(user);
  room.say('alice', create('bob'));
  return room;
}

const raw = (message: string, timestamp: string) =>
  `{"cdid":"s","type":"request-sending-a-message","session-id":"${id}","message":${message},"sender-timestamp":${timestamp}}`;

it('reaches every connection of every participant, the sender included', () => {
  const room = session();
  room.enter('alice/laptop');
  room.enter('bob/laptop');
  expect(room.say('alice/laptop', send(id, 'hello'))).toEqual(
    ['alice', 'alice/laptop', 'bob', 'bob/laptop'].map(who => says.message(who, id, 'alice', 'hello')),
  );
});

it.each([
  ['{"type":"text","body":"x"}', '90071992547409931'],
  ['{"type":"text","body":"x"}', '-1'],
  ['{"type":"text","body":"x"}', '1.50E+3'],
  ['{"type":"text","body":""}', '0'],
  ['{ "body" : "\\ud800 \\u0061" ,\t"type":"text" }', '1'],
  ['{"type":"text","body":"x","mood":{"of":[1.0,null]},"__proto__":{}}', '1'],
  ['{"type":"other","body":"x","type":"text"}', '1'],
])('passes %s at %s as it was written', (message, timestamp) => {
  const room = session();
  const broadcast = `{"type":"message-broadcast","session-id":"${id}","sender-id":"bob","message":${message},"sender-timestamp":${timestamp}}`;
  expect(room.say('bob', raw(message, timestamp))).toEqual([`alice< ${broadcast}`, `bob< ${broadcast}`]);
});

it.each([
  ['to no session', send('no-such', 'x'), 'no such session'],
  ['of another type', raw('{"type":"image","body":"x"}', '1'), 'the type of a message is "text"'],
  ['to a session that was left', send(id, 'x'), 'only participants may send to a session'],
])('fails one %s, and tells only its sender', (_, action, why) => {
  const room = session();
  room.say('alice', modify(id, 'alice', 'carol'));
  expect(room.say('bob', action)).toEqual([says.status('bob', 'failed', 's', why)]);
});

it('does not reach those who were removed, and reaches those who were added', () => {
  const room = session();
  room.say('alice', modify(id, 'alice', 'carol'));
  expect(room.say('carol', send(id, 'x'))).toEqual(['alice', 'carol'].map(who => says.message(who, id, 'carol', 'x')));
});

it('fails if its broadcast would be over the limit', () => {
  const frameBytes = 256;
  const room = session(frameBytes);
  const broadcastBytes = (body: string) => Buffer.byteLength(says.message('', id, 'alice', body)) - '< '.length;
  const fitting = 'ü'.repeat(Math.floor((frameBytes - broadcastBytes('')) / 2));
  expect(room.say('alice', send(id, fitting, ''))).toHaveLength(2);
  expect(room.say('alice', send(id, `${fitting}ü`, ''))).toEqual([
    says.status('alice', 'failed', '', 'with what a broadcast adds, the message does not fit into one frame'),
  ]);
});

it('shows all participants one order', () => {
  const room = session();
  const heard = ['alice', 'bob', 'alice', 'bob', 'bob'].flatMap((who, index) => room.say(who, send(id, String(index))));
  const seenBy = (who: string) => heard.filter(line => line.startsWith(`${who}<`)).map(line => line.slice(who.length));
  expect(seenBy('alice')).toHaveLength(5);
  expect(seenBy('alice')).toEqual(seenBy('bob'));
});
