import { describe, expect, it } from 'vitest';
import { global, login, logout, openChat, personal, says } from '../testing/chat.ts';

function threeTalk() {
  const chat = openChat();
  for (const name of ['ada', 'bob', 'carol']) chat.enter(name);
  return chat;
}

describe('a global message', () => {
  it('reaches everybody else who is logged in, and is not answered', () => {
    const chat = threeTalk();
    chat.register('eve');
    expect(chat.say('ada', global('hello'))).toEqual([
      says.global('bob', 'hello', 'ada'),
      says.global('carol', 'hello', 'ada'),
    ]);
  });

  it('reaches nobody who has left', () => {
    const chat = threeTalk();
    chat.say('bob', logout);
    chat.leave('carol');
    expect(chat.say('ada', global('hello'))).toEqual([]);
  });
});

describe('a personal message', () => {
  it('is acknowledged with the id that its recipient sees', () => {
    const chat = threeTalk();
    expect(chat.say('ada', personal('bob', 'hello'))).toEqual([
      says.acknowledged('ada', 'm1'),
      says.personal('bob', 'm1', 'hello', 'ada'),
    ]);
    expect(chat.say('ada', personal('bob', 'again'))[0]).toBe(says.acknowledged('ada', 'm2'));
  });

  it('carries media and the time as they were written', () => {
    const chat = threeTalk();
    const details = '"message":"☃","media":"https://media.example/1","time":12345678901234567890.50';
    const heard = chat.say(
      'ada',
      `{"event":"personal","type":"message","details":{"to":"bob@chat.example",${details}}}`,
    );
    expect(heard[1]).toContain('"message":"☃","media":"https://media.example/1"');
    expect(heard[1]).toContain('"time":12345678901234567890.50}');
  });

  it('waits for who is away, once', () => {
    const chat = threeTalk();
    chat.say('bob', logout);
    expect(chat.say('ada', personal('bob', 'one'))).toEqual([says.acknowledged('ada', 'm1')]);
    expect(chat.say('ada', personal('bob', 'two'))).toEqual([says.acknowledged('ada', 'm2')]);
    expect(chat.say('bob', login('bob'))).toEqual([
      says.loggedIn('bob', 'bob', 'ada'),
      says.personal('bob', 'm1', 'one', 'ada'),
      says.personal('bob', 'm2', 'two', 'ada'),
    ]);
    chat.say('bob', logout);
    expect(chat.say('bob', login('bob'))).toEqual([says.loggedIn('bob', 'bob', 'ada')]);
  });

  it('reaches every connection of an account', () => {
    const chat = threeTalk();
    chat.connect('laptop');
    chat.say('laptop', login('bob'));
    expect(chat.say('ada', personal('bob', 'hello'))).toEqual([
      says.acknowledged('ada', 'm1'),
      says.personal('bob', 'm1', 'hello', 'ada'),
      says.personal('laptop', 'm1', 'hello', 'ada'),
    ]);
  });

  it('to nobody is refused', () => {
    const why = 'nobody is registered as nobody@chat.example';
    expect(threeTalk().say('ada', personal('nobody', 'x'))).toEqual([says.error('ada', 'failed', 'message', why)]);
  });

  it.each([
    [{ message: undefined }, 'message should be text'],
    [{ to: null }, 'to should be text'],
    [{ media: 7 }, 'media should be text'],
    [{ time: 'now' }, 'time should be a number'],
  ])('that lacks what it needs is refused: %j', (details, why) => {
    const heard = threeTalk().say('ada', personal('bob', 'x', details));
    expect(heard).toEqual([says.error('ada', 'invalid', 'message', why)]);
  });
});
