import { describe, expect, it } from 'vitest';
import {
  account,
  del,
  get,
  type Heard,
  hi,
  leave,
  note,
  openTinodeLobby,
  pub,
  secretOf,
  set,
  sub,
  type TinodeLobby,
} from '../testing/tinode-lobby.ts';
import {
  accept,
  converse,
  enterRoot,
  give,
  greet,
  group,
  logIn,
  login,
  meet,
  onMe,
  readChannel,
  ring,
  search,
} from '../testing/tinode-talk.ts';
import { faults } from './faults.ts';
import type { fileFaults } from './file-faults.ts';

type FaultName = Exclude<keyof typeof faults, keyof typeof fileFaults>;

/** What has to happen for each fault to fire; those of files have a test of their own. Ada, bob and carol have logged in, and nothing more. */
const triggers: Record<FaultName, (lobby: TinodeLobby) => Heard[]> = {
  'unknown-words-refused': lobby => onMe(lobby, get('me', 'desc colour')),
  'parts-as-they-were-asked': lobby => onMe(lobby, get('me', 'tags desc')),
  'private-told-to-peer': lobby => {
    lobby.say('ada', sub(lobby.idOf('bob'), { set: { desc: { private: { note: 'x' } } } }));
    lobby.say('bob', sub(lobby.idOf('ada')));
    return lobby.say('bob', get(lobby.idOf('ada'), 'desc'));
  },
  'numbers-told-without-reading': lobby => {
    const topic = group(lobby, { messages: 1 });
    lobby.say('bob', set(topic, { sub: { mode: 'JWP' } }));
    return lobby.say('bob', get(topic, 'desc'));
  },
  'unchanged-told-again': lobby => onMe(lobby, get('me', 'desc', { desc: { ims: '2027-01-01T00:00:00Z' } })),
  'owner-not-counted': lobby => lobby.say('bob', get(group(lobby), 'desc')),
  'defaults-told-to-strangers': lobby => lobby.say('bob', get(lobby.group('ada'), 'desc')),
  'seen-told-while-online': lobby => {
    converse(lobby);
    for (const request of [sub('me'), leave('me'), sub('me')]) lobby.say('bob', request);
    lobby.say('ada', sub('me'));
    return lobby.say('ada', get('me', 'sub'));
  },
  'ended-subscriptions-forgotten': lobby => {
    lobby.say('bob', leave(group(lobby), true));
    lobby.say('bob', sub('me'));
    return lobby.say('bob', get('me', 'sub', { sub: { ims: '2026-01-01T00:00:00Z' } }));
  },
  'access-of-all-told': lobby => {
    const topic = group(lobby);
    lobby.say('ada', set(topic, { sub: { user: lobby.idOf('bob'), mode: 'JRWP' } }));
    return lobby.say('bob', get(topic, 'sub'));
  },
  'who-is-there-told-without-presence': lobby => {
    const topic = group(lobby);
    lobby.say('bob', set(topic, { sub: { mode: 'JRW' } }));
    return lobby.say('bob', get(topic, 'sub'));
  },
  'tags-told-to-members': lobby => lobby.say('bob', get(group(lobby, { tags: ['red'] }), 'tags')),

  'history-oldest-first': lobby => lobby.say('bob', get(group(lobby, { messages: 2 }), 'data')),
  'before-includes-itself': lobby =>
    lobby.say('bob', get(group(lobby, { messages: 2 }), 'data', { data: { before: 2 } })),
  'limit-takes-the-oldest': lobby =>
    lobby.say('bob', get(group(lobby, { messages: 2 }), 'data', { data: { limit: 1 } })),
  'deleted-still-served': lobby => {
    const topic = group(lobby, { messages: 1 });
    lobby.say('bob', del(topic, 'msg', { delseq: [{ low: 1 }] }));
    return lobby.say('bob', get(topic, 'data'));
  },
  'deletion-hides-from-all': lobby => {
    const topic = group(lobby, { messages: 1 });
    lobby.say('bob', del(topic, 'msg', { delseq: [{ low: 1 }] }));
    return lobby.say('ada', get(topic, 'data'));
  },
  'authors-told-to-readers': lobby => {
    const channel = readChannel(lobby);
    lobby.say('ada', pub(channel.replace('chn', 'grp'), 'x'));
    return lobby.say('bob', get(channel, 'data'));
  },
  'sender-kept': lobby => lobby.say('ada', pub(group(lobby), 'x', { head: { sender: 'usrAQEBAQEBAQE' } })),
  'anybody-deletes-for-all': lobby =>
    lobby.say('bob', del(group(lobby, { messages: 1 }), 'msg', { hard: true, delseq: [{ low: 1 }] })),
  'deletions-counted-from-zero': lobby =>
    lobby.say('bob', del(group(lobby, { messages: 1 }), 'msg', { delseq: [{ low: 1 }] })),
  'ranges-told-apart': lobby => {
    const delseq = [
      { low: 1, hi: 3 },
      { low: 2, hi: 4 },
    ];
    return lobby.say('ada', del(group(lobby, { messages: 3 }), 'msg', { hard: true, delseq }));
  },
  'own-deletion-told-to-others': lobby =>
    lobby.say('bob', del(group(lobby, { messages: 1 }), 'msg', { delseq: [{ low: 1 }] })),

  'any-version-accepted': lobby => {
    lobby.connect('new');
    return lobby.say('new', hi('new', '0.19'));
  },
  'limits-told-again': lobby => lobby.say('ada', hi('ada')),
  'root-for-others': lobby => {
    const root = enterRoot(lobby);
    const asBob = { extra: { obo: lobby.idOf('bob') } };
    lobby.say(root, { ...sub('me'), ...asBob });
    return lobby.say(root, { ...set('me', { desc: { trusted: { staff: true } } }), ...asBob });
  },
  'any-password-taken': lobby => logIn(lobby, 'ada', 'wrong-word'),
  'unknown-login-told': lobby => logIn(lobby, 'nobody'),
  'second-login-confirmed': lobby => lobby.say('ada', login('bob')),
  'suspended-logs-in': lobby => {
    lobby.say(enterRoot(lobby), { acc: { id: 'a', user: lobby.idOf('ada'), status: 'susp' } });
    return logIn(lobby, 'ada');
  },
  'unverified-logged-in': lobby => {
    greet(lobby);
    lobby.say('new', account('new', { cred: [{ meth: 'email', val: 'new@example.com' }] }));
    return lobby.say('new', sub('me'));
  },
  'reset-tells-who-is-known': lobby => {
    greet(lobby);
    return lobby.say('new', { login: { id: 'l', scheme: 'reset', secret: btoa('basic:email:no@example.com') } });
  },
  'short-password-taken': lobby => {
    greet(lobby);
    const cred = [{ meth: 'email', val: 'new@example.com' }];
    return lobby.say('new', account('new', { cred, login: false, secret: secretOf('new', 'word') }));
  },
  'state-by-anybody': lobby => {
    greet(lobby);
    const cred = [{ meth: 'email', val: 'new@example.com' }];
    return lobby.say('new', account('new', { cred, login: false, status: 'susp' }));
  },
  'attached-again': lobby => onMe(lobby, sub('me')),
  'first-name-forgotten': lobby => lobby.say('ada', sub('new')),
  'full-group-joined': lobby => {
    lobby.enter('dora');
    return lobby.say('dora', sub(group(lobby)));
  },
  'members-may-be-readers': lobby => {
    const channel = readChannel(lobby);
    lobby.say('ada', leave(channel.replace('chn', 'grp')));
    return lobby.say('ada', sub(channel));
  },
  'access-told-to-all': lobby => {
    const topic = group(lobby);
    give(lobby, topic, 'JRWP');
    return lobby.say('carol', set(topic, { sub: { mode: 'JRW' } }));
  },
  'other-sessions-stay': lobby => {
    const topic = group(lobby);
    lobby.enter('bob/phone');
    lobby.say('bob/phone', sub(topic));
    return lobby.say('bob', leave(topic, true));
  },
  'off-with-every-session': lobby => {
    const topic = group(lobby);
    lobby.enter('bob/phone');
    lobby.say('bob/phone', sub(topic));
    return lobby.say('bob', leave(topic));
  },
  'published-to-suspended': lobby => {
    const topic = group(lobby);
    lobby.say(enterRoot(lobby), { acc: { id: 'a', user: lobby.idOf('ada'), status: 'susp' } });
    return lobby.say('bob', pub(topic, 'x'));
  },
  'head-of-texts': lobby => lobby.say('ada', pub(group(lobby), 'x', { head: { forwarded: 1 } })),
  'own-message-unread': lobby => lobby.say('ada', get(group(lobby, { messages: 1 }), 'desc')),
  'author-shown-to-readers': lobby => lobby.say('ada', pub(readChannel(lobby).replace('chn', 'grp'), 'x')),
  'anybody-acts-for-others': lobby => onMe(lobby, { ...get('me', 'desc'), extra: { obo: lobby.idOf('bob') } }),
  'malformed-ends-session': lobby => lobby.say('ada', '{'),
  'owner-gives-up': lobby => lobby.say('ada', set(group(lobby), { sub: { mode: 'JRWP' } })),
  'one-more-than-fits': lobby => {
    lobby.enter('dora');
    return lobby.say('ada', set(group(lobby), { sub: { user: lobby.idOf('dora') } }));
  },
  'banned-not-put-out': lobby => give(lobby, group(lobby), 'RWP'),
  'ban-not-kept': lobby => {
    const topic = group(lobby);
    give(lobby, topic, 'RWP');
    return lobby.say('bob', sub(topic));
  },
  'owner-twice': lobby => {
    const topic = group(lobby);
    give(lobby, topic, 'JRWPASDO');
    return lobby.say('bob', set(topic, { sub: { mode: 'JRWPASDO' } }));
  },
  'deleted-group-kept': lobby => {
    const topic = group(lobby);
    lobby.say('ada', del(topic, 'topic', { hard: true }));
    return lobby.say('bob', sub(topic));
  },
  'put-out-in-words-only': lobby => lobby.say('ada', del(group(lobby), 'sub', { user: lobby.idOf('bob') })),
  'sessions-outlive-account': lobby => {
    lobby.enter('ada/phone');
    return lobby.say('ada', del('', 'user', { hard: true }));
  },
  'needed-credential-deleted': lobby =>
    onMe(lobby, del('me', 'cred', { cred: { meth: 'email', val: 'ada@example.com' } })),
  'any-response-confirms': lobby => {
    onMe(lobby, set('me', { cred: { meth: 'email', val: 'ada@example.org' } }));
    return lobby.say('ada', set('me', { cred: { meth: 'email', resp: '000000' } }));
  },

  'public-replaced': lobby => {
    const topic = group(lobby, { desc: { public: { fn: 'us' } } });
    lobby.say('ada', set(topic, { desc: { public: { note: 'x' } } }));
    return lobby.say('ada', get(topic, 'desc'));
  },
  'shown-by-any-member': lobby => lobby.say('bob', set(group(lobby), { desc: { public: { fn: 'us' } } })),
  'trusted-by-anybody': lobby => onMe(lobby, set('me', { desc: { trusted: { staff: true } } })),
  'contacts-not-told-of-update': lobby => {
    converse(lobby);
    lobby.say('bob', sub('me'));
    return onMe(lobby, set('me', { desc: { public: { fn: 'changed' } } }));
  },
  'tags-announced-to-members': lobby => lobby.say('ada', set(group(lobby), { tags: ['red'] })),
  'data-by-any-member': lobby => lobby.say('bob', set(group(lobby), { aux: { pins: [1] } })),
  'query-outlives-leaving': lobby => {
    search(lobby, 'tag:bob');
    lobby.say('ada', leave('fnd'));
    lobby.say('ada', sub('fnd'));
    return lobby.say('ada', get('fnd', 'sub'));
  },
  'tag-found-by-its-beginning': lobby => search(lobby, 'tag:bo'),
  'suspended-found': lobby => {
    lobby.say(enterRoot(lobby), { acc: { id: 'a', user: lobby.idOf('bob'), status: 'susp' } });
    return search(lobby, 'tag:bob');
  },
  'every-term-needed': lobby => search(lobby, 'tag:bob,tag:nobody'),
  'stored-query-first': lobby => {
    lobby.say('ada', sub('fnd', { set: { desc: { private: 'tag:carol' } } }));
    return search(lobby, 'tag:bob');
  },
  'all-tags-shown': lobby => search(lobby, 'tag:bob'),

  'typing-told-to-oneself': lobby => {
    const topic = group(lobby);
    lobby.enter('ada/phone');
    lobby.say('ada/phone', sub(topic));
    return lobby.say('ada', note(topic, 'kp'));
  },
  'receipts-go-back': lobby => {
    const topic = group(lobby, { messages: 2 });
    lobby.say('bob', note(topic, 'read', { seq: 2 }));
    return lobby.say('bob', note(topic, 'read', { seq: 1 }));
  },
  'receipts-beyond-the-end': lobby => lobby.say('bob', note(group(lobby), 'read', { seq: 1 })),
  'read-without-received': lobby => {
    const topic = group(lobby, { messages: 1 });
    lobby.say('bob', note(topic, 'read', { seq: 1 }));
    return lobby.say('ada', get(topic, 'sub'));
  },
  'receipts-kept-from-me': lobby => {
    const topic = group(lobby, { messages: 1 });
    lobby.say('carol', leave(topic));
    lobby.say('carol', sub('me'));
    return lobby.say('bob', note(topic, 'read', { seq: 1 }));
  },
  'data-relayed': lobby => lobby.say('bob', note(group(lobby), 'data', { payload: { x: 1 } })),
  'relayed-to-all': lobby => {
    lobby.enter('ada/phone');
    lobby.say('ada/phone', sub(lobby.idOf('bob')));
    accept(lobby);
    return lobby.say('ada', note(lobby.idOf('bob'), 'call', { event: 'offer', seq: 1, payload: { sdp: 'x' } }));
  },
  'declined-is-missed': lobby => {
    ring(lobby);
    return lobby.say('bob', note(lobby.idOf('ada'), 'call', { event: 'hang-up', seq: 1 }));
  },
  'duration-not-told': lobby => {
    accept(lobby);
    lobby.turn(10);
    return lobby.say('bob', note(lobby.idOf('ada'), 'call', { event: 'hang-up', seq: 1 }));
  },
  'rings-for-ever': lobby => {
    ring(lobby);
    return lobby.turn(30_000);
  },
  'cut-party-unnoticed': lobby => {
    ring(lobby);
    return lobby.cut('ada');
  },
  'off-while-still-on': lobby => {
    meet(lobby);
    lobby.enterMe('ada/phone');
    return lobby.say('ada', leave('me'));
  },
  'off-at-once': lobby => {
    meet(lobby);
    return [...lobby.say('ada', leave('me')), ...lobby.turn(1)];
  },
  'group-off-not-told': lobby => {
    const topic = group(lobby);
    lobby.say('bob', sub('me'));
    for (const user of ['ada', 'bob', 'carol']) lobby.say(user, leave(topic));
    return lobby.turn(4000);
  },
  'readers-seen': lobby => lobby.say('bob', sub(readChannel(lobby, ['carol']))),
  'agent-not-told': lobby => {
    meet(lobby);
    lobby.enterMe('ada/phone');
    lobby.say('ada/phone', get('me', 'desc'));
    return lobby.turn(5000);
  },
  'internal-words-told': lobby => {
    lobby.say('bob', sub('me'));
    return lobby.say('ada', sub(lobby.idOf('bob')));
  },
  'message-told-to-attached': lobby => {
    lobby.say('bob', sub('me'));
    return lobby.say('ada', pub(group(lobby), 'x'));
  },
};

function lobbyWith(...names: FaultName[]): TinodeLobby {
  const lobby = openTinodeLobby({ profile: 'full', limits: { subscribers: 3 }, faults: names });
  for (const user of ['ada', 'bob', 'carol']) lobby.enter(user);
  return lobby;
}

describe.each(Object.keys(triggers) as FaultName[])('%s', name => {
  it('fires and changes what is heard', () => {
    const lobby = lobbyWith(name);
    const heard = triggers[name](lobby);
    expect(lobby.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(heard).not.toEqual(triggers[name](lobbyWith()));
  });

  it('names what it breaks', () => {
    expect(faults[name].breaks.length).toBeGreaterThan(0);
    expect(faults[name].description).toMatch(/\.$/);
  });
});

it('does not count a fault that makes no difference', () => {
  const always: readonly FaultName[] = ['own-message-unread'];
  const lobby = lobbyWith(...(Object.keys(triggers) as FaultName[]).filter(name => !always.includes(name)));
  const [ada, bob] = [lobby.idOf('ada'), lobby.idOf('bob')];
  lobby.say('ada', sub(bob));
  lobby.say('bob', sub(ada));
  lobby.say('ada', pub(bob, 'x'));
  lobby.say('bob', note(ada, 'recv', { seq: 1 }));
  lobby.say('bob', get(ada, 'desc data'));
  lobby.say('bob', set(ada, { desc: { private: 'x' } }));
  lobby.say('bob', leave(ada));
  expect(Object.entries(lobby.behaviour.counts()).filter(([, count]) => count > 0)).toEqual([]);
});
