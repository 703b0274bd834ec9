import { describe, expect, it } from 'vitest';
import {
  account,
  byToken,
  get,
  type Heard,
  hi,
  leave,
  login,
  lookFor,
  openTinodeRoom,
  pub,
  secretOf,
  show,
  sub,
  type TinodeRoom,
} from '../testing/tinode-room.ts';
import { type FaultName, faults } from './faults.ts';

const paramsOf = (heard: Heard[]) =>
  (heard[0]![1] as { ctrl: { params: { token: string; user: string } } }).ctrl.params;

/** Ada and bob subscribe to their conversation. */
function converse(room: TinodeRoom): void {
  room.say('ada', sub(room.idOf('bob')));
  room.say('bob', sub(room.idOf('ada')));
}

/** What has to happen for each fault to fire. Ada, bob and carol have logged in, and nothing more. */
const triggers: Record<FaultName, (room: TinodeRoom) => Heard[]> = {
  'served-before-hi': room => [...room.connect('new'), ...room.say('new', account('new'))],
  'any-version-accepted': room => [...room.connect('new'), ...room.say('new', { hi: { ver: '0.12' } })],
  'closes-on-unsupported-version': room => [...room.connect('new'), ...room.say('new', { hi: { ver: '0.12' } })],
  'id-trimmed': room => room.say('ada', { sub: { id: ' x ', topic: 'me' } }),
  'id-in-ascii': room => room.say('ada', { sub: { id: '☃', topic: 'me' } }),
  'other-words': room => room.say('ada', sub('me')),
  'answer-untimed': room => room.say('ada', sub('me', 'desc')),
  'served-before-login': room => {
    room.connect('new');
    room.say('new', hi);
    return room.say('new', sub('me'));
  },
  'public-missing-in-answer': room => room.enter('new'),
  'public-must-be-object': room => {
    room.connect('new');
    room.say('new', hi);
    return room.say('new', account('new', { desc: { public: 'new' } }));
  },
  'tags-forgotten': room => {
    room.enter('new');
    room.say('ada', sub('fnd'));
    room.say('ada', lookFor('tag:new'));
    return room.say('ada', get('fnd', 'sub'));
  },
  'duplicate-account-made': room => {
    room.connect('new');
    room.say('new', hi);
    return room.say('new', account('ada'));
  },
  'account-made-while-authenticated': room => room.say('ada', account('new')),
  'refused-account-made': room => [...room.say('ada', account('new')), ...room.enter('new/again')],
  'new-account-logged-in': room => {
    room.connect('new');
    room.say('new', hi);
    return room.say('new', account('new', {}));
  },
  'id-given-twice': room => {
    room.connect('new');
    room.say('new', hi);
    return room.say('new', account('new', { tags: ['tag:ada'] }));
  },
  'password-in-small-letters': room => {
    room.connect('new');
    room.say('new', hi);
    room.say('new', account('new', { secret: secretOf('new', 'New') }));
    return room.say('new', login('new', 'New'));
  },
  'three-sessions-each': room => {
    for (const session of ['ada/laptop', 'ada/phone', 'ada/desk']) room.enter(session);
    return room.say('ada', sub('me'));
  },
  'any-password-taken': room => {
    room.connect('new');
    room.say('new', hi);
    return room.say('new', login('ada', 'wrong'));
  },
  'failed-login-is-final': room => {
    room.connect('new');
    room.say('new', hi);
    room.say('new', login('ada', 'wrong'));
    return room.say('new', login('ada'));
  },
  'token-no-base64': room => room.enter('ada/laptop'),
  'token-refused': room => {
    const token = paramsOf(room.enter('ada/laptop')).token;
    room.connect('new');
    room.say('new', hi);
    return room.say('new', byToken(token));
  },
  'login-again-accepted': room => room.say('ada', login('bob')),
  'on-at-login': room => {
    room.say('ada', sub(room.idOf('bob')));
    room.say('bob', sub('me'));
    room.connect('new');
    room.say('new', hi);
    return room.say('new', login('ada'));
  },
  'second-sub-accepted': room => [...room.say('ada', sub('me')), ...room.say('ada', sub('me'))],
  'get-in-sub-ignored': room => room.say('ada', sub('me', 'desc')),
  'sub-with-get-on-me-only': room => room.say('ada', sub(room.idOf('bob'), 'data')),
  'parts-before-answer': room => room.say('ada', sub('me', 'desc')),
  'me-one-behind': room => {
    room.say('ada', sub(room.idOf('bob')));
    return room.say('bob', sub('me', 'desc'));
  },
  'made-a-second-later': room => room.say('ada', sub('me', 'desc')),
  'public-not-changed': room => {
    room.say('ada', sub('me'));
    room.say('ada', show('changed'));
    return room.say('ada', get('me', 'desc'));
  },
  'rows-name-their-reader': room => {
    room.say('ada', sub(room.idOf('bob')));
    return room.say('ada', sub('me', 'sub'));
  },
  'rows-not-numbered': room => {
    room.say('ada', sub(room.idOf('bob')));
    room.say('ada', pub(room.idOf('bob'), 'x'));
    return room.say('ada', sub('me', 'sub'));
  },
  'last-seen-missing': room => {
    room.say('ada', sub(room.idOf('bob')));
    room.say('bob', sub('me'));
    room.say('bob', leave('me'));
    return room.say('ada', sub('me', 'sub'));
  },
  'seen-while-on': room => {
    room.say('ada', sub(room.idOf('bob')));
    for (const request of [sub('me'), leave('me'), sub('me')]) room.say('bob', request);
    return room.say('ada', sub('me', 'sub'));
  },
  'records-not-kept': room => {
    room.say('ada', sub(room.idOf('bob')));
    return room.say('bob', sub('me', 'data'));
  },
  'record-names-sides-wrongly': room => {
    room.say('ada', sub(room.idOf('bob')));
    return room.say('bob', sub('me', 'data'));
  },
  'record-not-told': room => [...room.say('bob', sub('me')), ...room.say('ada', sub(room.idOf('bob')))],
  'on-not-told': room => {
    room.say('ada', sub(room.idOf('bob')));
    room.say('bob', sub('me'));
    return room.say('ada', sub('me'));
  },
  'on-told-to-strangers': room => [...room.say('bob', sub('me')), ...room.say('ada', sub('me'))],
  'one-session-told': room => {
    room.say('ada', sub(room.idOf('bob')));
    room.enter('bob/laptop');
    room.say('bob', sub('me'));
    room.say('bob/laptop', sub('me'));
    return room.say('ada', sub('me'));
  },
  'told-off-me': room => {
    room.say('ada', sub(room.idOf('bob')));
    room.enter('bob/laptop');
    room.say('bob', sub('me'));
    return room.say('ada', sub('me'));
  },
  'off-while-still-on': room => {
    room.say('ada', sub(room.idOf('bob')));
    room.say('bob', sub('me'));
    room.enter('ada/laptop');
    room.say('ada', sub('me'));
    room.say('ada/laptop', sub('me'));
    return room.say('ada', leave('me'));
  },
  'on-when-cut': room => {
    room.say('ada', sub(room.idOf('bob')));
    room.say('bob', sub('me'));
    room.say('ada', sub('me'));
    room.cut('ada');
    room.enter('ada/again');
    return room.say('ada/again', sub('me'));
  },
  'message-not-noticed': notice,
  'notice-one-ahead': notice,
  'message-sent-to-me': notice,
  'found-without-tags': room => {
    room.connect('new');
    room.say('new', hi);
    room.say('new', account('new', { tags: [] }));
    room.say('ada', sub('fnd'));
    room.say('ada', lookFor('x'));
    return room.say('ada', get('fnd', 'sub'));
  },
  'tagless-unreachable': room => {
    room.connect('new');
    room.say('new', hi);
    const { user } = paramsOf(room.say('new', account('new', { tags: [] })));
    return room.say('ada', sub(user));
  },
  'tag-found-by-more': room => search(room, 'tag:bobby'),
  'all-tags-shown': room => {
    room.connect('new');
    room.say('new', hi);
    room.say('new', account('new', { tags: ['red', 'green'] }));
    return search(room, 'red');
  },
  'every-tag-must-match': room => search(room, 'tag:bob', 'tag:nobody'),
  'query-not-cleared': room => [...search(room, 'tag:bob'), ...search(room)],
  'query-shared-with-peers': room => {
    converse(room);
    room.say('bob', sub('fnd'));
    room.say('bob', lookFor('tag:ada'));
    search(room, 'tag:carol');
    return room.say('bob', get('fnd', 'sub'));
  },
  'nobody-joined': room => room.say('ada', sub('usrAAAAAAAAAAA')),
  'third-conversation-apart': room => {
    room.enter('dora');
    for (const user of ['carol', 'dora']) room.say('ada', sub(room.idOf(user)));
    return talk(room);
  },
  'served-before-sub': room => {
    room.say('ada', sub(room.idOf('bob')));
    return room.say('bob', get(room.idOf('ada'), 'data'));
  },
  'history-of-three': room => history(room, 4),
  'newest-first': room => history(room, 2),
  'history-not-ended': room => history(room, 0),
  'history-restamped': room => history(room, 1),
  'history-ends-with-last-session': room => {
    history(room, 1);
    room.say('ada', leave(room.idOf('bob')));
    return room.say('ada', sub(room.idOf('bob'), 'data'));
  },
  'published-before-sub': room => {
    room.say('ada', sub(room.idOf('bob')));
    return room.say('bob', pub(room.idOf('ada'), 'x'));
  },
  'number-skipped': room => history(room, 2),
  'no-copy-to-sender': talk,
  'topic-named-as-sender-does': talk,
  'one-session-receives': room => {
    room.enter('bob/laptop');
    room.say('bob/laptop', sub(room.idOf('ada')));
    return talk(room);
  },
  'message-overtaken': room => {
    converse(room);
    return Array.from({ length: 9 }, (_, n) => room.say('ada', pub(room.idOf('bob'), `number ${n + 1}`))).flat();
  },
  'delivered-twice': talk,
  'delivered-to-others-too': room => {
    room.say('ada', sub(room.idOf('carol')));
    room.say('carol', sub(room.idOf('ada')));
    return talk(room);
  },
  'content-cut': room => {
    converse(room);
    return room.say('ada', pub(room.idOf('bob'), 'x'.repeat(41)));
  },
  'content-made-text': room => {
    converse(room);
    return room.say('ada', pub(room.idOf('bob'), { x: 1 }));
  },
  'left-in-words-only': room => {
    converse(room);
    room.say('bob', leave(room.idOf('ada')));
    return room.say('ada', pub(room.idOf('bob'), 'x'));
  },
  'left-for-good': room => {
    converse(room);
    room.say('bob', leave(room.idOf('ada')));
    return room.say('bob', sub(room.idOf('ada')));
  },
  'every-session-leaves': room => {
    room.enter('bob/laptop');
    room.say('bob/laptop', sub(room.idOf('ada')));
    converse(room);
    room.say('bob', leave(room.idOf('ada')));
    return room.say('ada', pub(room.idOf('bob'), 'x'));
  },
  'left-again': room => room.say('ada', leave('me')),
  'malformed-topic-not-joined': room => room.say('ada', leave('usrnone')),
};

/** Bob is on me and not in the conversation in which ada says something. */
function notice(room: TinodeRoom): Heard[] {
  room.say('ada', sub(room.idOf('bob')));
  room.say('bob', sub('me'));
  return room.say('ada', pub(room.idOf('bob'), 'x'));
}

function talk(room: TinodeRoom): Heard[] {
  converse(room);
  return room.say('ada', pub(room.idOf('bob'), 'x'));
}

function history(room: TinodeRoom, count: number): Heard[] {
  room.say('ada', sub(room.idOf('bob')));
  for (let n = 1; n <= count; n++) room.say('ada', pub(room.idOf('bob'), `number ${n}`));
  return room.say('ada', get(room.idOf('bob'), 'data'));
}

function search(room: TinodeRoom, ...tags: string[]): Heard[] {
  room.say('ada', sub('fnd'));
  room.say('ada', lookFor(...tags));
  return room.say('ada', get('fnd', 'sub'));
}

function roomWith(...names: FaultName[]): TinodeRoom {
  const room = openTinodeRoom({ faults: names });
  for (const user of ['ada', 'bob', 'carol']) room.enter(user);
  return room;
}

describe.each(Object.keys(faults) as FaultName[])('%s', name => {
  it('fires and changes what is heard', () => {
    const room = roomWith(name);
    const heard = triggers[name](room);
    expect(room.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(heard).not.toEqual(triggers[name](roomWith()));
  });

  it('names what it breaks', () => {
    expect(faults[name].breaks.length).toBeGreaterThan(0);
    expect(faults[name].description).toMatch(/\.$/);
  });
});

it('does not count a fault that makes no difference', () => {
  const always: readonly FaultName[] = ['other-words', 'token-no-base64'];
  const names = (Object.keys(faults) as FaultName[]).filter(name => !always.includes(name));
  const room = openTinodeRoom({ faults: names });
  room.connect('ada');
  room.say('ada', hi);
  room.say('ada', account('ada', { desc: {}, tags: [], login: true }));
  room.say('ada', show('ada'));
  room.connect('bob');
  room.say('bob', hi);
  room.say('bob', login('bob'));
  expect(Object.entries(room.behaviour.counts()).filter(([, count]) => count > 0)).toEqual([]);
});
