import { describe, expect, it } from 'vitest';
import {
  get,
  inShort,
  leave,
  lookFor,
  openTinodeRoom,
  pub,
  show,
  sub,
  type TinodeRoom,
} from '../testing/tinode-room.ts';

const ts = '2017-08-05T12:00:00Z';
const acs = (letters: string) => ({ want: letters, given: letters, mode: letters });

function roomOf(...users: string[]): TinodeRoom {
  const room = openTinodeRoom();
  for (const user of users) room.enter(user);
  return room;
}

function conversation(): TinodeRoom {
  const room = roomOf('ada', 'bob', 'carol');
  room.say('ada', sub(room.idOf('bob')));
  room.say('bob', sub(room.idOf('ada')));
  return room;
}

describe('sub', () => {
  it.each([
    ['me', 'JRPD'],
    ['fnd', 'JRPD'],
  ])('attaches a session to %s once', (topic, letters) => {
    const room = roomOf('ada');
    const ok = { id: 's', topic, params: { acs: acs(letters) }, code: 200, text: 'ok', ts };
    expect(room.say('ada', sub(topic))).toEqual([['ada', { ctrl: ok }]]);
    expect(room.say('ada', sub(topic))).toEqual([
      ['ada', { ctrl: { id: 's', code: 304, text: 'already subscribed', ts } }],
    ]);
  });

  it('begins a conversation of two, under the id of the other', () => {
    const room = roomOf('ada', 'bob');
    const ok = { id: 's', params: { acs: acs('JRWP') }, code: 200, text: 'ok', ts };
    expect(room.say('ada', sub(room.idOf('bob')))).toEqual([['ada', { ctrl: { ...ok, topic: room.idOf('bob') } }]]);
    expect(room.say('bob', sub(room.idOf('ada')))).toEqual([['bob', { ctrl: { ...ok, topic: room.idOf('ada') } }]]);
  });

  it.each([
    ['nobody', 'usrAAAAAAAAAAA', 404],
    ['no group', 'grpAAAAAAAAAAA', 404],
    ['what is no topic', 'usrnone', 400],
    ['oneself', 'usrAQEBAQEBAQE', 403],
  ])('refuses %s', (_, topic, code) => {
    expect(inShort(roomOf('ada').say('ada', sub(topic)))).toEqual([`ada ctrl ${code}`]);
  });

  it('answers a get inside after itself', () => {
    const room = conversation();
    expect(inShort(room.say('bob', sub('me', 'data sub desc')))).toEqual([
      'bob ctrl 200',
      'bob meta desc',
      'bob meta sub',
      'bob data 1',
      'bob ctrl 200',
    ]);
    expect(inShort(room.say('carol', sub('fnd', 'sub')))).toEqual(['carol ctrl 200', 'carol meta sub']);
  });
});

describe('a conversation', () => {
  it('counts messages for both, and names itself to each by the other', () => {
    const room = conversation();
    const [ada, bob] = [room.idOf('ada'), room.idOf('bob')];
    const data = { from: ada, ts, seq: 1, content: { txt: 'hello' } };
    expect(room.say('ada', pub(bob, { txt: 'hello' }))).toEqual([
      ['ada', { ctrl: { id: 'p', topic: bob, params: { seq: 1 }, code: 202, text: 'accepted', ts } }],
      ['ada', { data: { topic: bob, ...data } }],
      ['bob', { data: { topic: ada, ...data } }],
    ]);
    expect(inShort(room.say('bob', pub(ada, 'hi')))).toEqual(['bob ctrl 202', 'ada data 2', 'bob data 2']);
  });

  it('reaches every session that is attached, and only those', () => {
    const room = conversation();
    room.enter('bob/laptop');
    room.enter('bob/phone');
    room.say('bob/phone', sub(room.idOf('ada')));
    expect(inShort(room.say('ada', pub(room.idOf('bob'), 'x')))).toEqual([
      'ada ctrl 202',
      'ada data 1',
      'bob data 1',
      'bob/phone data 1',
    ]);
  });

  it('can neither be read nor written without sub', () => {
    const room = conversation();
    room.enter('ada/laptop');
    for (const who of ['ada/laptop', 'carol']) {
      expect(inShort(room.say(who, pub(room.idOf('bob'), 'x')))).toEqual([`${who} ctrl 409`]);
      expect(inShort(room.say(who, get(room.idOf('bob'), 'data')))).toEqual([`${who} ctrl 409`]);
    }
  });

  it('keeps its history when everybody has left', () => {
    const room = conversation();
    room.say('ada', pub(room.idOf('bob'), 'x'));
    room.say('ada', leave(room.idOf('bob')));
    room.cut('bob');
    expect(room.say('ada', sub(room.idOf('bob'), 'data')).slice(1)).toEqual([
      ['ada', { data: { topic: room.idOf('bob'), from: room.idOf('ada'), ts, seq: 1, content: 'x' } }],
      ['ada', { ctrl: { id: 's', topic: room.idOf('bob'), code: 200, text: 'ok', ts } }],
    ]);
  });

  it('tells of itself and who is in it', () => {
    const room = conversation();
    const desc = { created: ts, updated: ts, acs: acs('JRWP'), public: { fn: 'bob' } };
    const rows = ['ada', 'bob'].map(fn => ({ updated: ts, acs: acs('JRWP'), public: { fn }, user: room.idOf(fn) }));
    expect(room.say('ada', get(room.idOf('bob'), 'desc sub'))).toEqual([
      ['ada', { meta: { id: 'g', topic: room.idOf('bob'), ts, desc } }],
      ['ada', { meta: { id: 'g', topic: room.idOf('bob'), ts, sub: rows } }],
    ]);
  });
});

describe('leave', () => {
  it('detaches this session, and not the others of its user', () => {
    const room = conversation();
    room.enter('bob/laptop');
    room.say('bob/laptop', sub(room.idOf('ada')));
    const left = { id: 'v', topic: room.idOf('ada'), code: 200, text: 'ok', ts };
    expect(room.say('bob', leave(room.idOf('ada')))).toEqual([['bob', { ctrl: left }]]);
    expect(inShort(room.say('ada', pub(room.idOf('bob'), 'x')))).toEqual([
      'ada ctrl 202',
      'ada data 1',
      'bob/laptop data 1',
    ]);
  });

  it.each([
    ['me', 304, 'not joined'],
    ['usrAAAAAAAAAAA', 304, 'not joined'],
    ['usrnone', 400, 'malformed'],
  ])('of %s that was not joined is %i', (topic, code, text) => {
    expect(roomOf('ada').say('ada', leave(topic))).toEqual([['ada', { ctrl: { id: 'v', topic, code, text, ts } }]]);
  });
});

describe('fnd', () => {
  it('finds others by any of their tags, until the search is cleared', () => {
    const room = roomOf('ada', 'bob', 'carol');
    room.say('ada', sub('fnd'));
    const set = { id: 'f', topic: 'fnd', code: 200, text: 'ok', ts };
    expect(room.say('ada', lookFor('tag:carol', 'tag:bob', 'tag:ada', 'x'))).toEqual([['ada', { ctrl: set }]]);
    const row = (fn: string) => ({
      updated: ts,
      acs: { mode: 'JRWP' },
      public: { fn },
      private: [`tag:${fn}`],
      user: room.idOf(fn),
    });
    const found = { id: 'g', topic: 'fnd', ts, sub: [row('carol'), row('bob')] };
    expect(room.say('ada', get('fnd', 'sub'))).toEqual([['ada', { meta: found }]]);
    room.say('ada', lookFor());
    expect(room.say('ada', get('fnd', 'sub'))).toEqual([['ada', { meta: { ...found, sub: [] } }]]);
  });

  it('needs sub, and a list', () => {
    const room = roomOf('ada');
    expect(inShort(room.say('ada', lookFor('x')))).toEqual(['ada ctrl 409']);
    room.say('ada', sub('fnd'));
    expect(inShort(room.say('ada', { set: { id: 'f', topic: 'fnd', desc: { public: 'x' } } }))).toEqual([
      'ada ctrl 403',
    ]);
  });
});

describe('me', () => {
  it('tells what its user shows, and lets it be changed', () => {
    const room = roomOf('ada');
    room.say('ada', sub('me'));
    const desc = { created: ts, updated: ts, defacs: { auth: 'JRWP', anon: 'N' }, public: { fn: 'ada' } };
    expect(room.say('ada', get('me', 'desc'))).toEqual([['ada', { meta: { id: 'g', topic: 'me', ts, desc } }]]);
    room.clock.nowMs += 500;
    expect(inShort(room.say('ada', show(['changed'])))).toEqual(['ada ctrl 200']);
    const after = { ...desc, updated: '2017-08-05T12:00:00.5Z', public: ['changed'] };
    expect(room.say('ada', get('me', 'desc'))).toMatchObject([['ada', { meta: { desc: after } }]]);
  });

  it('records who has begun a conversation, and lists it', () => {
    const room = roomOf('ada', 'bob');
    room.say('bob', sub('me'));
    const [ada, bob] = [room.idOf('ada'), room.idOf('bob')];
    const content = { acs: acs('JRWP'), act: 'upd', authlvl: 'auth', topic: ada, user: bob };
    const record = ['bob', { data: { topic: 'me', from: ada, ts, seq: 1, content } }];
    expect(room.say('ada', sub(bob)).slice(1)).toEqual([record]);
    expect(inShort(room.say('bob', sub(ada)))).toEqual(['bob ctrl 200']);
    expect(room.say('bob', get('me', 'data'))[0]).toEqual(record);
    const row = { updated: ts, acs: acs('JRWP'), public: { fn: 'ada' }, topic: ada };
    expect(room.say('bob', get('me', 'sub'))).toEqual([['bob', { meta: { id: 'g', topic: 'me', ts, sub: [row] } }]]);
    expect(room.say('bob', get('me', 'desc'))).toMatchObject([['bob', { meta: { desc: { seq: 1 } } }]]);
  });

  it('is not written to', () => {
    const room = roomOf('ada');
    room.say('ada', sub('me'));
    expect(inShort(room.say('ada', pub('me', 'x')))).toEqual(['ada ctrl 403']);
  });
});

describe('a group', () => {
  it('is made by sub to new, and entered by its id', () => {
    const room = roomOf('ada', 'bob', 'carol');
    room.say('carol', sub('me'));
    const [[, frame]] = room.say('ada', sub('new')) as [[string, { ctrl: { topic: string } }]];
    const group = frame.ctrl.topic;
    expect(group).toMatch(/^grp[\w-]{11}$/);
    room.say('bob', sub(group));
    room.say('carol', sub(group));
    room.say('carol', leave(group));
    expect(room.say('bob', pub(group, 'x'))).toMatchObject([
      ['bob', { ctrl: { code: 202, topic: group } }],
      ['ada', { data: { topic: group, from: room.idOf('bob'), seq: 1 } }],
      ['bob', { data: { topic: group, from: room.idOf('bob'), seq: 1 } }],
      ['carol', { pres: { topic: 'me', src: group, what: 'msg', seq: 1 } }],
    ]);
    expect(room.say('ada', sub('me', 'sub'))[1]).toMatchObject(['ada', { meta: { sub: [{ topic: group, seq: 1 }] } }]);
  });
});
