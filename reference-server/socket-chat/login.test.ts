import { describe, expect, it } from 'vitest';
import {
  emailOf,
  global,
  login,
  logout,
  openChat,
  personal,
  registration,
  says,
  users,
  verification,
  voice,
} from '../testing/chat.ts';

const unknown = (who: string) => says.error(who, 'failed', 'login', 'there is no account with these credentials');

describe('login', () => {
  it.each([{}, { email: null }, { username: null }, { email: undefined }, { username: undefined }])(
    'takes the names of one account: %j',
    names => {
      const chat = openChat();
      chat.register('ada');
      expect(chat.say('ada', login('ada', names))).toEqual([says.loggedIn('ada', 'ada')]);
    },
  );

  it.each([
    { password: 'other' },
    { username: 'nobody' },
    { email: 'nobody@chat.example' },
    { username: 'bob' },
    { email: emailOf('bob') },
    { username: emailOf('ada'), email: null },
  ])('does not take %j', details => {
    const chat = openChat();
    chat.register('bob');
    chat.register('ada');
    expect(chat.say('ada', login('ada', details))).toEqual([unknown('ada')]);
    expect(chat.say('ada', login('ada'))).toEqual([says.loggedIn('ada', 'ada')]);
  });

  it('fails without any name, without a password, without details', () => {
    const chat = openChat();
    chat.register('ada');
    const failed = (why: string) => [says.error('ada', 'failed', 'login', why)];
    const neither = 'username and email cannot both be null';
    expect(chat.say('ada', login('ada', { username: null, email: null }))).toEqual(failed(neither));
    expect(chat.say('ada', login('ada', { password: null }))).toEqual(failed('password should be text'));
    expect(chat.say('ada', { type: 'login' })).toEqual(failed('details should be an object'));
  });

  it('comes before anything else', () => {
    const chat = openChat();
    chat.connect('ada');
    for (const early of [users, logout, global('x'), personal('ada', 'x'), voice('call', 'ada')]) {
      const { type } = early;
      expect(chat.say('ada', early)).toEqual([says.error('ada', 'failed', type, 'log in first')]);
    }
  });

  it('comes once', () => {
    const chat = openChat();
    chat.enter('ada');
    for (const again of [login('ada'), registration('bob'), verification('0001')]) {
      expect(chat.say('ada', again)).toEqual([says.error('ada', 'failed', again.type, 'you are logged in')]);
    }
  });

  it('names everybody one was in touch with, each once, and not oneself', () => {
    const chat = openChat();
    for (const name of ['ada', 'bob', 'carol', 'dora']) chat.enter(name);
    chat.say('ada', personal('bob', 'x'));
    chat.say('bob', personal('ada', 'x'));
    chat.say('carol', personal('ada', 'x'));
    chat.say('ada', personal('ada', 'x'));
    chat.say('ada', personal('nobody', 'x'));
    chat.say('dora', global('x'));
    chat.say('ada', logout);
    expect(chat.say('ada', login('ada'))).toEqual([says.loggedIn('ada', 'ada', 'bob', 'carol')]);
  });
});

describe('logout', () => {
  it('leaves the connection to whoever logs in next', () => {
    const chat = openChat();
    chat.register('bob');
    chat.enter('ada');
    expect(chat.say('ada', logout)).toEqual([says.success('ada', 'logout')]);
    expect(chat.say('ada', logout)).toEqual([says.error('ada', 'failed', 'logout', 'log in first')]);
    expect(chat.say('ada', login('bob'))).toEqual([says.loggedIn('ada', 'bob')]);
  });
});

describe('the list of users', () => {
  it('has everybody who is registered, wherever they are', () => {
    const chat = openChat();
    chat.register('bob');
    chat.leave('bob');
    chat.enter('ada');
    chat.connect('eve');
    chat.say('eve', registration('eve'));
    expect(chat.say('ada', users)).toEqual([says.users('ada', 'bob', 'ada')]);
  });
});

describe('what cannot be read', () => {
  it.each(['', 'x', '{', '[]', 'null', '"users"', '{}', '{"type":7}', '{"type":"toString"}'])(
    '%s: is answered',
    text => {
      const chat = openChat();
      chat.enter('ada');
      const [heard] = chat.say('ada', text);
      expect(JSON.parse(heard!.slice('ada< '.length))).toMatchObject({ event: 'invalid', type: 'general' });
      expect(chat.say('ada', users)).toEqual([says.users('ada', 'ada')]);
    },
  );

  it('is what is not UTF-8, too', () => {
    const chat = openChat();
    chat.connect('ada');
    expect(chat.say('ada', Buffer.from('{"type":"\xff"}', 'latin1'))).toEqual([
      says.error('ada', 'invalid', 'general', 'a line should be JSON in UTF-8'),
    ]);
  });
});
