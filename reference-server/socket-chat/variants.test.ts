import { describe, expect, it } from 'vitest';
import {
  type Chat,
  emailOf,
  login,
  logout,
  openChat,
  personal,
  registration,
  says,
  users,
  voice,
} from '../testing/chat.ts';
import { type VariantName, variants } from './variants.ts';

/** Of the front: lines.test.ts has them. */
type FrontVariant = 'crlf-lines' | 'lines-in-segments';

interface Showing {
  readonly does: (chat: Chat) => string[];
  readonly heard: readonly string[];
}

const talk = (chat: Chat): string[] => [
  ...chat.say('ada', voice('call', 'bob')),
  ...chat.say('bob', voice('accept', 'ada')),
];

/** Ada and bob are logged in. */
const showings: Record<Exclude<VariantName, FrontVariant>, Showing> = {
  'other-texts': {
    does: chat => [...chat.say('ada', 'x'), ...newcomer(chat, registration('new'))],
    heard: [
      says.error('ada', 'invalid', 'general', 'Das ging nicht: 失敗しました ✗ "…"'),
      'new< {"event":"sent","type":"otp","message":"Das ging nicht: 失敗しました ✗ \\"…\\" → new@chat.example"}',
    ],
  },
  'extra-members': {
    does: chat => chat.say('ada', logout),
    heard: [
      'ada< {"event":"success","type":"logout","server":{"name":"reference","load":[0.25,null]},"x-note":"not in the document"}',
    ],
  },
  'members-reordered': {
    does: chat => chat.say('ada', logout),
    heard: ['ada< { \t"type" : "logout" , \t"event" : "success"\t}'],
  },
  'escaped-texts': {
    does: chat => chat.say('ada', personal('bob', '🎈 a/b ☃')),
    heard: [
      says.acknowledged('ada', 'm1'),
      'bob< {"event":"personal","type":"message","details":{"id":"m1","message":"\\ud83c\\udf88 a\\/b \\u2603","from":"ada@chat.example","time":1}}',
    ],
  },
  'lists-reordered': { does: chat => chat.say('ada', users), heard: [says.users('ada', 'bob', 'ada')] },
  'ids-shaped-otherwise': {
    does: chat => chat.say('ada', personal('bob', 'x')),
    heard: [
      `ada< {"event":"sent","type":"message","id":"n° 1 \\"☃\\" ${'x'.repeat(300)}"}`,
      says.personal('bob', `n° 1 "☃" ${'x'.repeat(300)}`, 'x', 'ada'),
    ],
  },
  'delivered-before-acknowledged': {
    does: chat => chat.say('ada', personal('ada', 'x')),
    heard: [says.personal('ada', 'm1', 'x', 'ada'), says.acknowledged('ada', 'm1')],
  },
  'invalid-for-failed': {
    does: chat => [...chat.say('ada', login('ada')), ...newcomer(chat, users)],
    heard: [
      says.error('ada', 'failed', 'login', 'you are logged in'),
      says.error('new', 'invalid', 'users', 'log in first'),
    ],
  },
  'general-before-login': {
    does: chat => newcomer(chat, users),
    heard: [says.error('new', 'failed', 'general', 'log in first')],
  },
  'unknown-type-named': {
    does: chat => chat.say('ada', { type: 'shout' }),
    heard: [says.error('ada', 'invalid', 'shout', 'there is no request of this type')],
  },
  'login-needs-both-keys': {
    does: chat => newcomer(chat, login('ada', { email: undefined })),
    heard: [says.error('new', 'failed', 'login', 'username and email should both be there, one of them may be null')],
  },
  'email-decides': {
    does: chat => newcomer(chat, login('bob', { email: emailOf('ada') })),
    heard: [says.loggedIn('new', 'ada')],
  },
  'one-login-at-a-time': {
    does: chat => newcomer(chat, login('ada')),
    heard: [says.error('new', 'failed', 'login', 'this account is logged in already')],
  },
  'busy-is-offline': {
    does: chat => {
      chat.enter('carol');
      return [...chat.say('ada', voice('call', 'bob')), ...chat.say('carol', voice('call', 'bob'))];
    },
    heard: [says.voice('bob', 'request', 'ada'), says.voice('carol', 'offline', 'bob')],
  },
  'unknown-callee-refused': {
    does: chat => chat.say('ada', voice('call', 'nobody')),
    heard: [says.error('ada', 'failed', 'voice', 'nobody is registered as nobody@chat.example')],
  },
  'port-as-number': {
    does: talk,
    heard: [
      says.voice('bob', 'request', 'ada'),
      'ada< {"event":"accept","type":"voice","details":{"ip":"127.0.0.1","port":4001}}',
      'bob< {"event":"accept","type":"voice","details":{"ip":"127.0.0.1","port":4002}}',
    ],
  },
  'early-datagrams-kept': {
    does: chat => {
      talk(chat);
      return [
        ...chat.datagram('one', 5001, 'a'),
        ...chat.datagram('one', 5001, 'b'),
        ...chat.datagram('other', 5002, 'c'),
      ];
    },
    heard: ['other→5002 a', 'other→5002 b', 'one→5001 c'],
  },
};

function newcomer(chat: Chat, line: object): string[] {
  chat.connect('new');
  return chat.say('new', line);
}

describe.each(Object.keys(showings) as (keyof typeof showings)[])('%s', name => {
  it('shows', () => {
    const chat = openChat({ variants: [name] });
    for (const user of ['ada', 'bob']) chat.enter(user);
    expect(showings[name].does(chat)).toEqual(showings[name].heard);
    expect(chat.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(variants[name].description).toMatch(/\.$/);
  });
});
