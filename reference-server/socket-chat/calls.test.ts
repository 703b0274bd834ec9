import { describe, expect, it } from 'vitest';
import { emailOf, login, logout, openChat, says, voice } from '../testing/chat.ts';

const refused = (who: string, why: string) => says.error(who, 'failed', 'voice', why);

function ringing() {
  const chat = openChat();
  for (const name of ['ada', 'bob', 'carol']) chat.enter(name);
  expect(chat.say('ada', voice('call', 'bob'))).toEqual([says.voice('bob', 'request', 'ada')]);
  return chat;
}

function talking() {
  const chat = ringing();
  expect(chat.say('bob', voice('accept', 'ada'))).toEqual([says.accepted('ada', 4001), says.accepted('bob', 4002)]);
  return chat;
}

describe('a call', () => {
  it('that is accepted gives both an address, and does not time out', () => {
    const chat = talking();
    expect(chat.pass(30)).toEqual([]);
  });

  it('that is rejected is over, and only the caller is told', () => {
    const chat = ringing();
    expect(chat.say('bob', voice('reject', 'ada'))).toEqual([says.voice('ada', 'reject', 'bob')]);
    expect(chat.pass(30)).toEqual([]);
    expect(chat.say('bob', voice('call', 'ada'))).toEqual([says.voice('ada', 'request', 'bob')]);
  });

  it('times out for both', () => {
    const chat = ringing();
    expect(chat.pass(29)).toEqual([]);
    expect(chat.pass(1)).toEqual([says.voice('ada', 'time', 'bob'), says.voice('bob', 'time', 'ada')]);
    const why = `there is no call from ${emailOf('ada')}`;
    expect(chat.say('bob', voice('accept', 'ada'))).toEqual([refused('bob', why)]);
  });

  it('to who is not there, or to nobody, is offline', () => {
    const chat = openChat();
    chat.register('bob');
    chat.enter('ada');
    expect(chat.say('ada', voice('call', 'bob'))).toEqual([says.voice('ada', 'offline', 'bob')]);
    expect(chat.say('ada', voice('call', 'nobody'))).toEqual([says.voice('ada', 'offline', 'nobody')]);
  });

  it.each([ringing, talking])('keeps both from others', begin => {
    const chat = begin();
    expect(chat.say('carol', voice('call', 'bob'))).toEqual([refused('carol', `${emailOf('bob')} is in a call`)]);
    expect(chat.say('carol', voice('call', 'ada'))).toEqual([refused('carol', `${emailOf('ada')} is in a call`)]);
    expect(chat.say('ada', voice('call', 'carol'))).toEqual([refused('ada', 'you are in a call')]);
  });

  it('to oneself is refused', () => {
    const chat = openChat();
    chat.enter('ada');
    expect(chat.say('ada', voice('call', 'ada'))).toEqual([refused('ada', 'this is you')]);
  });

  it.each(['accept', 'reject'] as const)('takes an %s from its callee to its caller only', answer => {
    const chat = ringing();
    for (const [who, name] of [
      ['bob', 'carol'],
      ['ada', 'bob'],
      ['carol', 'ada'],
    ] as const) {
      expect(chat.say(who, voice(answer, name))).toEqual([refused(who, `there is no call from ${emailOf(name)}`)]);
    }
    expect(chat.say('bob', voice('reject', 'ada'))).toEqual([says.voice('ada', 'reject', 'bob')]);
  });

  it.each([
    ['logs out', (chat: ReturnType<typeof openChat>, who: string) => chat.say(who, logout)],
    ['disconnects', (chat: ReturnType<typeof openChat>, who: string) => chat.leave(who)],
  ])('is over when one of the two %s', (_, leave) => {
    const left = ringing();
    leave(left, 'ada');
    expect(left.say('bob', voice('accept', 'ada'))).toEqual([
      refused('bob', `there is no call from ${emailOf('ada')}`),
    ]);
    expect(left.pass(30)).toEqual([]);

    expect(leave(ringing(), 'bob')).toContain(says.voice('ada', 'offline', 'bob'));

    for (const who of ['ada', 'bob']) {
      const chat = talking();
      leave(chat, who);
      expect(chat.pairs[0]!.closed).toBe(true);
    }
  });

  it('rings on every connection of the callee, and ends with the last', () => {
    const chat = openChat();
    for (const name of ['ada', 'bob']) chat.enter(name);
    chat.connect('laptop');
    chat.say('laptop', login('bob'));
    expect(chat.say('ada', voice('call', 'bob'))).toEqual([
      says.voice('bob', 'request', 'ada'),
      says.voice('laptop', 'request', 'ada'),
    ]);
    expect(chat.leave('bob')).toEqual([]);
    expect(chat.say('laptop', voice('accept', 'ada'))).toEqual([
      says.accepted('ada', 4001),
      says.accepted('laptop', 4002),
    ]);
  });
});

describe('the relay of a call', () => {
  it('knows each party by its first datagram, and nobody else', () => {
    const chat = talking();
    expect(chat.datagram('one', 5001, 'lost')).toEqual([]);
    expect(chat.datagram('other', 5002, 'hello')).toEqual(['one→5001 hello']);
    expect(chat.datagram('one', 5001, 'hello')).toEqual(['other→5002 hello']);
    expect(chat.datagram('one', 6666, 'me too')).toEqual([]);
    expect(chat.datagram('other', 5001, 'me too')).toEqual([]);
  });

  it.each(['one', 'other'] as const)('closes when side %s is silent, whatever the other says', silent => {
    const chat = talking();
    const across = silent === 'one' ? 'other' : 'one';
    chat.datagram(silent, 5001, 'last words');
    for (let passed = 0; passed < 50; passed += 10) {
      chat.pass(10);
      chat.datagram(across, 5002, 'still here');
    }
    expect(chat.pairs[0]!.closed).toBe(false);
    chat.pass(10);
    expect(chat.pairs[0]!.closed).toBe(true);
    expect(chat.say('carol', voice('call', 'bob'))).toEqual([says.voice('bob', 'request', 'carol')]);
  });

  it('stays open as long as both say something', () => {
    const chat = talking();
    for (let passed = 0; passed < 300; passed += 50) {
      chat.datagram('one', 5001, 'x');
      chat.datagram('other', 5002, 'x');
      chat.pass(50);
    }
    expect(chat.pairs[0]!.closed).toBe(false);
  });
});
