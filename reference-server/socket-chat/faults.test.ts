import { describe, expect, it } from 'vitest';
import {
  type Chat,
  emailOf,
  global,
  login,
  logout,
  openChat,
  personal,
  registration,
  users,
  verification,
  voice,
} from '../testing/chat.ts';
import { type FaultName, faults } from './faults.ts';

/** Below lines: faulty-splitter.test.ts has them. */
type SplitterFault =
  | 'piece-read-as-line'
  | 'lines-at-once-reversed'
  | 'line-ended-by-cr-and-lf-each'
  | 'long-line-unanswered';

type DomainFault = Exclude<FaultName, SplitterFault>;

/** What has to happen for each fault to fire. Ada, bob and carol are logged in; ada and carol are friends. */
const triggers: Record<DomainFault, (chat: Chat) => string[]> = {
  'null-key-accepted': chat => newcomer(chat, registration('new', { email: null })),
  'missing-key-accepted': chat => newcomer(chat, registration('new', { password: undefined })),
  'same-email-accepted': chat => newcomer(chat, registration('new', { email: emailOf('ada') })),
  'same-username-accepted': chat => newcomer(chat, registration('new', { username: 'ada' })),
  'email-unchecked-by-verify': chat => verifySecond(chat, { email: emailOf('quick') }),
  'username-unchecked-by-verify': chat => verifySecond(chat, { username: 'quick' }),
  'wrong-password-accepted': chat => newcomer(chat, registration('new'), verification('wrong')),
  'stale-password-accepted': chat => newcomer(chat, registration('new'), registration('new'), verification('0004')),
  'registration-unanswered': chat => newcomer(chat, registration('new')),
  'second-registration-refused': chat => newcomer(chat, registration('new'), registration('new')),
  'replaced-registration-completed': chat =>
    newcomer(chat, registration('old'), registration('new'), verification('0005'), login('old')),
  'wrong-guess-final': chat =>
    newcomer(chat, registration('new'), verification('wrong'), verification('0004'), login('new')),
  'password-of-any-connection': chat => {
    newcomer(chat, registration('new'));
    chat.connect('eve');
    return chat.say('eve', verification('0004'));
  },
  'users-shown-after-verify': chat => newcomer(chat, registration('new'), verification('0004'), users),
  'message-before-login-unanswered': chat => newcomer(chat, global('x')),
  'users-shown-to-strangers': chat => newcomer(chat, users),
  'message-before-login-delivered': chat => [...newcomer(chat, global('x')), ...newcomer(chat, personal('ada', 'x'))],
  'entered-twice': chat => chat.say('ada', login('ada')),
  'login-without-password': chat => newcomer(chat, login('ada', { password: 'wrong' })),
  'login-by-password-alone': chat => newcomer(chat, login('ada', { username: null, email: null })),
  'unknown-name-overlooked': chat => newcomer(chat, login('nobody', { email: null })),
  'login-by-both-refused': chat => newcomer(chat, login('ada')),
  'login-needs-email': chat => newcomer(chat, login('ada', { email: null })),
  'login-needs-username': chat => newcomer(chat, login('ada', { username: null })),
  'username-decides': chat => newcomer(chat, login('ada', { email: emailOf('bob') })),
  'login-echoes-request': chat => newcomer(chat, login('ada', { email: null })),
  'friends-only-written-to': chat => newcomer(chat, login('carol')),
  'friends-only-heard-of': chat => newcomer(chat, login('ada')),
  'friends-are-all': chat => newcomer(chat, login('ada')),
  'friends-listed-twice': chat => [...chat.say('carol', personal('ada', 'x')), ...newcomer(chat, login('ada'))],
  'friends-include-oneself': chat => newcomer(chat, login('ada')),
  'kept-messages-repeated': chat => {
    chat.say('bob', logout);
    chat.say('ada', personal('bob', 'x'));
    chat.say('bob', login('bob'));
    chat.say('bob', logout);
    return chat.say('bob', login('bob'));
  },
  'logout-closes': chat => chat.say('ada', logout),
  'logout-unanswered': chat => chat.say('ada', logout),
  'logout-without-effect': chat => [...chat.say('ada', logout), ...chat.say('ada', users)],
  'global-only-to-friends': chat => chat.say('ada', global('x')),
  'global-to-sender': chat => chat.say('ada', global('x')),
  'global-acknowledged': chat => chat.say('ada', global('x')),
  'global-address-made-up': chat => chat.say('ada', global('x')),
  'media-dropped': chat => chat.say('ada', global('x', { media: 'https://media.example/' })),
  'media-made-up': chat => chat.say('ada', global('x')),
  'time-in-milliseconds': chat => chat.say('ada', global('x')),
  'text-beyond-ascii-lost': chat => chat.say('ada', global('☃')),
  'personal-to-all-friends': chat => chat.say('ada', personal('bob', 'x')),
  'personal-to-sender': chat => chat.say('ada', personal('bob', 'x')),
  'personal-names-recipient': chat => chat.say('ada', personal('bob', 'x')),
  'media-unacknowledged': chat => chat.say('ada', personal('bob', 'x', { media: 'https://media.example/' })),
  'acknowledged-with-another-id': chat => chat.say('ada', personal('bob', 'x')),
  'same-id-for-all': chat => chat.say('ada', personal('bob', 'x')),
  'unknown-recipient-acknowledged': chat => chat.say('ada', personal('nobody', 'x')),
  'offline-message-lost': chat => {
    chat.say('bob', logout);
    return [...chat.say('ada', personal('bob', 'x')), ...chat.say('bob', login('bob'))];
  },
  'offline-message-unacknowledged': chat => [...chat.say('bob', logout), ...chat.say('ada', personal('bob', 'x'))],
  'users-only-logged-in': chat => [...chat.say('bob', logout), ...chat.say('ada', users)],
  'users-without-oneself': chat => chat.say('ada', users),
  'users-not-verified-yet': chat => [...newcomer(chat, registration('new')), ...chat.say('ada', users)],
  'users-listed-twice': chat => chat.say('ada', users),
  'request-names-callee': chat => chat.say('ada', voice('call', 'bob')),
  'offline-callee-unanswered': chat => [...chat.say('bob', logout), ...chat.say('ada', voice('call', 'bob'))],
  'busy-callee-rung': chat => [...ring(chat), ...chat.say('carol', voice('call', 'bob'))],
  'rings-half-as-long': chat => [...ring(chat), ...chat.pass(15)],
  'time-only-to-caller': chat => [...ring(chat), ...chat.pass(30)],
  'time-names-callee': chat => [...ring(chat), ...chat.pass(30)],
  'time-names-caller': chat => [...ring(chat), ...chat.pass(30)],
  'rings-on-after-accept': chat => [...talk(chat), ...chat.pass(30)],
  'rings-on-after-reject': chat => [...ring(chat), ...chat.say('bob', voice('reject', 'ada')), ...chat.pass(30)],
  'rings-on-without-caller': chat => [
    ...ring(chat),
    ...chat.say('ada', logout),
    ...chat.say('bob', voice('accept', 'ada')),
  ],
  'accept-only-to-caller': chat => talk(chat),
  'port-with-protocol': chat => talk(chat),
  'answer-names-nobody': chat => [...ring(chat), ...chat.say('bob', voice('accept', 'carol'))],
  'answer-without-call-ignored': chat => chat.say('bob', voice('accept', 'carol')),
  'reject-names-caller': chat => [...ring(chat), ...chat.say('bob', voice('reject', 'ada'))],
  'reject-echoed': chat => [...ring(chat), ...chat.say('bob', voice('reject', 'ada'))],
  'relay-in-one-direction': chat => [...talk(chat), ...bothKnown(chat), ...chat.datagram('other', 5002, 'x')],
  'datagrams-cut': chat => [...talk(chat), ...bothKnown(chat), ...chat.datagram('one', 5001, 'x'.repeat(2000))],
  'relay-takes-strangers': chat => [...talk(chat), ...bothKnown(chat), ...chat.datagram('one', 6666, 'x')],
  'relay-kept-without-callee': chat => [...talk(chat), ...chat.leave('bob'), String(chat.pairs[0]!.closed)],
  'relay-kept-without-caller': chat => [...talk(chat), ...chat.leave('ada'), String(chat.pairs[0]!.closed)],
  'silence-ended-by-either': chat => {
    talk(chat);
    for (let turn = 0; turn < 7; turn++) {
      chat.datagram('one', 5001, 'x');
      chat.pass(10);
    }
    return [String(chat.pairs[0]!.closed)];
  },
  'error-without-reason': chat => chat.say('ada', 'x'),
  'unreadable-line-unanswered': chat => chat.say('ada', 'x'),
  'unknown-type-unanswered': chat => chat.say('ada', { type: 'shout' }),
  'error-closes': chat => chat.say('ada', 'x'),
};

function newcomer(chat: Chat, ...lines: readonly object[]): string[] {
  chat.connect('new');
  return lines.flatMap(line => chat.say('new', line));
}

/** Two register with a name in common, and the second is verified last. */
function verifySecond(chat: Chat, common: object): string[] {
  chat.connect('quick');
  chat.say('quick', registration('quick'));
  newcomer(chat, registration('new', common));
  return [...chat.say('quick', verification('0004')), ...chat.say('new', verification('0005'))];
}

const ring = (chat: Chat): string[] => chat.say('ada', voice('call', 'bob'));
const talk = (chat: Chat): string[] => [...ring(chat), ...chat.say('bob', voice('accept', 'ada'))];
const bothKnown = (chat: Chat): string[] => [...chat.datagram('one', 5001, 'a'), ...chat.datagram('other', 5002, 'b')];

function chatWith(...names: FaultName[]): Chat {
  const chat = openChat({ faults: names });
  for (const name of ['ada', 'bob', 'carol']) chat.enter(name);
  chat.say('ada', personal('carol', 'x'));
  return chat;
}

it('mixes up passwords only where they differ', () => {
  const chat = openChat({ faults: ['password-of-any-connection'], samePassword: true });
  newcomer(chat, registration('new'));
  chat.connect('eve');
  expect(chat.say('eve', verification('0000'))).toHaveLength(1);
  expect(chat.behaviour.counts()['password-of-any-connection']).toBe(0);
});

describe.each(Object.keys(triggers) as DomainFault[])('%s', name => {
  it('fires and changes what is heard', () => {
    const chat = chatWith(name);
    const heard = triggers[name](chat);
    expect(chat.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(heard).not.toEqual(triggers[name](chatWith()));
  });
});

it.each(Object.entries(faults))('%s names what it breaks', (_, { breaks, description }) => {
  expect(breaks.length).toBeGreaterThan(0);
  expect(description).toMatch(/\.$/);
});

it('does not count a fault that has made no difference', () => {
  const ofUsers = ['friends-include-oneself', 'users-without-oneself', 'users-listed-twice'];
  const always = [...ofUsers, 'error-without-reason', 'registration-unanswered', 'login-by-both-refused'];
  const chat = openChat({ faults: (Object.keys(faults) as FaultName[]).filter(name => !always.includes(name)) });
  chat.enter('ada');
  chat.say('ada', users);
  const fired = Object.entries(chat.behaviour.counts()).filter(([, count]) => count > 0);
  expect(fired).toEqual([]);
});
