import { describe, expect, it } from 'vitest';
import { login, openChat, registration, says, users, verification } from '../testing/chat.ts';

const wrong = (who: string) => says.error(who, 'failed', 'verify', 'this is not the password that was sent');

describe('registration', () => {
  it('mails a password, and is complete when that is typed', () => {
    const chat = openChat();
    chat.connect('ada');
    expect(chat.say('ada', registration('ada'))).toEqual([says.sent('ada', 'ada')]);
    expect(chat.mails).toEqual(['ada@chat.example 0001']);
    expect(chat.say('ada', verification('0001'))).toEqual([says.success('ada', 'verify')]);
  });

  it('logs nobody in', () => {
    const chat = openChat();
    chat.register('ada');
    expect(chat.say('ada', users)).toEqual([says.error('ada', 'failed', 'users', 'log in first')]);
    expect(chat.say('ada', login('ada'))).toEqual([says.loggedIn('ada', 'ada')]);
  });

  it.each(['email', 'username', 'password'])('fails without %s, be it null, missing, empty or no text', key => {
    const chat = openChat();
    chat.connect('ada');
    for (const value of [null, undefined, 7]) {
      const heard = chat.say('ada', registration('ada', { [key]: value }));
      expect(heard).toEqual([says.error('ada', 'failed', 'registration', `${key} should be text`)]);
    }
    const heard = chat.say('ada', registration('ada', { [key]: '' }));
    expect(heard).toEqual([says.error('ada', 'failed', 'registration', `${key} should not be empty`)]);
    expect(chat.mails).toEqual([]);
  });

  it('fails with a name that somebody has registered, and not with one that waits', () => {
    const chat = openChat();
    chat.register('ada');
    chat.connect('bob');
    const taken = (why: string) => [says.error('bob', 'failed', 'registration', why)];
    expect(chat.say('bob', registration('bob', { email: 'ada@chat.example' }))).toEqual(
      taken('ada@chat.example is registered already'),
    );
    expect(chat.say('bob', registration('bob', { username: 'ada' }))).toEqual(taken('the name ada is taken'));
    chat.connect('eve');
    chat.say('eve', registration('eve'));
    expect(chat.say('bob', registration('eve'))).toEqual([says.sent('bob', 'eve')]);
  });
});

describe('verification', () => {
  it('survives wrong guesses, and counts once', () => {
    const chat = openChat();
    chat.connect('ada');
    expect(chat.say('ada', verification('0001'))).toEqual([wrong('ada')]);
    chat.say('ada', registration('ada'));
    expect(chat.say('ada', verification('0002'))).toEqual([wrong('ada')]);
    expect(chat.say('ada', verification('0001'))).toEqual([says.success('ada', 'verify')]);
    expect(chat.say('ada', verification('0001'))).toEqual([wrong('ada')]);
  });

  it('takes the password of the last registration, for what that said', () => {
    const chat = openChat();
    chat.connect('bob');
    chat.say('bob', registration('ada'));
    chat.say('bob', registration('bob'));
    expect(chat.say('bob', verification('0001'))).toEqual([wrong('bob')]);
    expect(chat.say('bob', verification('0002'))).toEqual([says.success('bob', 'verify')]);
    expect(chat.say('bob', login('bob'))).toEqual([says.loggedIn('bob', 'bob')]);
  });

  it('takes it on the connection that asked, as long as that is there', () => {
    const chat = openChat();
    chat.connect('ada');
    chat.connect('eve');
    chat.say('ada', registration('ada'));
    expect(chat.say('eve', verification('0001'))).toEqual([wrong('eve')]);
    chat.leave('ada');
    chat.connect('ada');
    expect(chat.say('ada', verification('0001'))).toEqual([wrong('ada')]);
  });

  it.each([
    ['email', { username: 'bob' }, 'ada@chat.example is registered already'],
    ['username', { email: 'bob@chat.example' }, 'the name ada is taken'],
  ])('fails if somebody was quicker with the %s', (_, other, why) => {
    const chat = openChat();
    chat.connect('ada');
    chat.connect('bob');
    chat.say('ada', registration('ada'));
    chat.say('bob', registration('ada', other));
    chat.say('ada', verification('0001'));
    expect(chat.say('bob', verification('0002'))).toEqual([says.error('bob', 'failed', 'verify', why)]);
  });
});
