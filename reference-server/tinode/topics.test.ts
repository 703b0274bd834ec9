import { describe, expect, it } from 'vitest';
import {
  account,
  ctrlOf,
  del,
  get,
  type Heard,
  hi,
  inShort,
  leave,
  openTinodeLobby,
  pub,
  set,
  sub,
} from '../testing/tinode-lobby.ts';

const metaOf = (heard: readonly Heard[]) => heard.find(([, frame]) => frame.meta)![1].meta!;

function openRoom(...users: string[]) {
  const lobby = openTinodeLobby();
  for (const user of users) lobby.enter(user);
  return lobby;
}

describe('sub', () => {
  it.each([
    ['me', 200],
    ['fnd', 200],
    ['slf', 200],
    ['sys', 403],
    ['', 400],
    ['usrbad', 400],
    ['usrAAAAAAAAAAA', 400],
    ['usrAQEBAQEBAQI', 404],
    ['grpAQEBAQEBAQE', 404],
    ['other', 404],
  ])('to %j is answered %i', (topic, code) => {
    expect(ctrlOf(openRoom('ada').say('ada', sub(topic))).code).toBe(code);
  });

  it('makes a group, which its owner has in full', () => {
    const lobby = openRoom('ada', 'bob');
    const made = ctrlOf(lobby.say('ada', sub('newest', { set: { desc: { public: 'P' } } })));
    expect(made).toMatchObject({
      topic: expect.stringMatching(/^grp/),
      params: { acs: { mode: 'JRWPASDO' }, tmpname: 'newest' },
    });
    const topic = String(made.topic);
    expect(ctrlOf(lobby.say('bob', sub(topic)))).toMatchObject({ code: 200, params: { acs: { mode: 'JRWPS' } } });
    expect(ctrlOf(lobby.say('bob', sub(topic)))).toMatchObject({ code: 304, topic });
    expect(inShort(lobby.say('bob', leave(topic)))).toContain('bob ctrl 200');
    expect(ctrlOf(lobby.say('bob', sub(topic)))).not.toHaveProperty('params');
  });

  it('answers what was asked with it in an order of its own', () => {
    const lobby = openRoom('ada');
    const heard = lobby.say('ada', sub('new', { get: { what: 'del data aux cred tags sub desc' } }));
    const asked = heard.map(([, { ctrl, meta }]) =>
      meta ? (meta.desc ? 'desc' : 'sub') : (ctrl?.params as { what?: string })?.what,
    );
    expect(asked).toEqual([undefined, 'desc', 'sub', 'tags', undefined, 'aux', 'data', 'del']);
  });

  it('keeps out whom the topic, or the other, does not let in', () => {
    const lobby = openRoom('ada', 'bob');
    const closed = lobby.group('ada', { set: { desc: { defacs: { auth: 'RW' } } } });
    expect(ctrlOf(lobby.say('bob', sub(closed))).code).toBe(403);
    lobby.connect('shy');
    lobby.say('shy', hi('test'));
    const { params } = ctrlOf(lobby.say('shy', account('shy', { desc: { defacs: { auth: 'RW' } } })));
    expect(ctrlOf(lobby.say('bob', sub((params as { user: string }).user))).code).toBe(403);
  });

  it('fills a group up to its limit', () => {
    const lobby = openTinodeLobby({ limits: { subscribers: 2 } });
    for (const user of ['ada', 'bob', 'eve']) lobby.enter(user);
    const topic = lobby.group('ada');
    expect(['bob', 'eve'].map(user => ctrlOf(lobby.say(user, sub(topic))).code)).toEqual([200, 422]);
  });

  it('lets readers of a channel in by another name', () => {
    const lobby = openRoom('ada', 'bob');
    const topic = String(ctrlOf(lobby.say('ada', sub('nch'))).topic);
    const channel = `chn${topic.slice(3)}`;
    expect(ctrlOf(lobby.say('bob', sub(topic))).code).toBe(403);
    expect(ctrlOf(lobby.say('bob', sub(channel)))).toMatchObject({ topic: channel, params: { acs: { mode: 'JRP' } } });
    const heard = lobby.say('ada', pub(topic, 'x')).find(([who]) => who === 'bob')![1];
    expect(heard.data).toMatchObject({ topic: channel, seq: 1 });
    expect(heard.data).not.toHaveProperty('from');
    expect(ctrlOf(lobby.say('bob', leave(topic))).code).toBe(404);
  });
});

describe('a conversation of two', () => {
  it('gives each what the other grants, and one number to a message', () => {
    const lobby = openRoom('ada', 'bob');
    const [ada, bob] = [lobby.idOf('ada'), lobby.idOf('bob')];
    const opened = ctrlOf(lobby.say('ada', sub(bob)));
    expect(opened).toMatchObject({ topic: bob, params: { acs: { want: 'JRWPA', given: 'JRWPAS', mode: 'JRWPA' } } });
    expect(ctrlOf(lobby.say('bob', sub(ada)))).not.toHaveProperty('params');
    expect(inShort(lobby.say('ada', pub(bob, 1)))).toEqual(['ada ctrl 202', 'ada data 1', 'bob data 1']);
    expect(inShort(lobby.say('bob', pub(ada, 2, { noecho: true })))).toEqual(['bob ctrl 202', 'ada data 2']);
    expect(inShort(lobby.say('bob', get(ada, 'data')))).toEqual(['bob data 2', 'bob data 1', 'bob ctrl 208']);
  });

  it('is gone when both have left', () => {
    const lobby = openRoom('ada', 'bob');
    const [ada, bob] = [lobby.idOf('ada'), lobby.idOf('bob')];
    lobby.say('ada', sub(bob));
    lobby.say('bob', sub(ada));
    lobby.say('ada', pub(bob, 1));
    expect(inShort(lobby.say('ada', leave(bob, true)))).toEqual(['ada ctrl 200', 'bob pres acs']);
    expect(ctrlOf(lobby.say('bob', pub(ada, 2))).code).toBe(202);
    expect(ctrlOf(lobby.say('bob', del(ada, 'topic'))).code).toBe(200);
    expect(ctrlOf(lobby.say('bob', del(ada, 'topic'))).code).toBe(304);
  });
});

describe('access', () => {
  it('goes to another owner, who accepts', () => {
    const lobby = openRoom('ada', 'bob');
    const topic = lobby.group('ada');
    lobby.say('bob', sub(topic));
    const want = (who: string, mode: string) => ctrlOf(lobby.say(who, set(topic, { sub: { mode } })));
    expect(want('bob', 'JRWPASDO').code).toBe(403);
    expect(ctrlOf(lobby.say('ada', set(topic, { sub: { user: lobby.idOf('bob'), mode: 'JRWPASDO' } }))).code).toBe(200);
    expect(want('bob', 'JRWPASDO')).toMatchObject({ code: 200, params: { acs: { mode: 'JRWPASDO' } } });
    expect(ctrlOf(lobby.say('ada', set(topic, { desc: { public: 1 } }))).code).toBe(403);
    expect(want('bob', 'JRWP').code).toBe(403);
  });

  it('is taken by who approves, and by oneself', () => {
    const lobby = openRoom('ada', 'bob');
    const topic = lobby.group('ada');
    lobby.say('bob', sub(topic));
    const ban = set(topic, { sub: { user: lobby.idOf('bob'), mode: 'N' } });
    expect(inShort(lobby.say('ada', ban))).toEqual(['bob pres acs', 'bob ctrl 205', 'ada ctrl 200']);
    expect(ctrlOf(lobby.say('bob', sub(topic))).code).toBe(403);
    lobby.say('ada', set(topic, { sub: { user: lobby.idOf('bob'), mode: 'JRWPS' } }));
    lobby.say('bob', sub(topic));
    expect(inShort(lobby.say('bob', set(topic, { sub: { mode: 'N' } })))).toEqual([
      'bob ctrl 205',
      'bob ctrl 200',
      'ada pres acs',
    ]);
    expect(ctrlOf(lobby.say('bob', sub(topic)))).toMatchObject({ code: 200, params: { acs: { mode: 'JRWPS' } } });
  });
});

describe('del msg', () => {
  it('deletes for oneself, or for all', () => {
    const lobby = openRoom('ada', 'bob');
    const topic = lobby.group('ada');
    lobby.say('bob', sub(topic));
    for (const content of [1, 2, 3]) lobby.say('ada', pub(topic, content));
    const erase = (who: string, delseq: object[], hard = true) => lobby.say(who, del(topic, 'msg', { hard, delseq }));
    expect(inShort(erase('bob', [{ low: 1 }]))).toEqual(['bob ctrl 200']);
    expect(inShort(erase('ada', [{ low: 2, hi: 9 }]))).toEqual(['ada ctrl 200', 'bob pres del']);
    expect(inShort(lobby.say('ada', get(topic, 'data')))).toEqual(['ada data 1', 'ada ctrl 208']);
    expect(inShort(lobby.say('bob', get(topic, 'data')))).toEqual(['bob ctrl 204']);
    expect(metaOf(lobby.say('bob', get(topic, 'del'))).del).toEqual({
      clear: 2,
      delseq: [{ low: 1 }, { low: 2, hi: 4 }],
    });
    for (const wrong of [[], [{}], [{ low: 4 }], [{ low: 3, hi: 2 }], [{ low: -1 }]]) {
      expect(ctrlOf(erase('ada', wrong)).code).toBe(400);
    }
  });

  it('leaves what is old to the owner', () => {
    const lobby = openRoom('ada', 'bob');
    const topic = lobby.group('ada');
    lobby.say('bob', sub(topic));
    lobby.say('ada', set(topic, { sub: { user: lobby.idOf('bob'), mode: 'JRWPSD' } }));
    lobby.say('bob', set(topic, { sub: { mode: 'JRWPSD' } }));
    lobby.say('ada', pub(topic, 1));
    lobby.turn(600_001);
    const erase = (who: string) => lobby.say(who, del(topic, 'msg', { hard: true, delseq: [{ low: 1 }] }));
    erase('bob');
    lobby.enter('eve');
    lobby.say('eve', sub(topic));
    erase('ada');
    expect(inShort(lobby.say('ada', get(topic, 'data')))).toEqual(['ada ctrl 204']);
  });
});

describe('fnd', () => {
  it('finds users and groups by their tags, best first', () => {
    const lobby = openRoom('ada', 'bob', 'eve');
    const group = lobby.group('ada', { set: { tags: ['tag:ada', 'tag:bob'] } });
    lobby.say('eve', sub('fnd'));
    const find = (query: unknown) => {
      lobby.say('eve', set('fnd', { desc: { public: query } }));
      const [[, frame]] = lobby.say('eve', get('fnd', 'sub')) as [Heard];
      return frame.meta ? (frame.meta.sub as { topic: string }[]).map(({ topic }) => topic) : frame.ctrl!.code;
    };
    expect(find('tag:ada')).toEqual([lobby.idOf('ada'), group]);
    expect(find('tag:ada,tag:bob')).toEqual([group, lobby.idOf('ada'), lobby.idOf('bob')]);
    expect(find('tag:ada tag:bob')).toEqual([group]);
    expect(find('basic:bob.name')).toEqual([lobby.idOf('bob')]);
    expect([find('tag:nobody'), find('tag:eve'), find('a,,b')]).toEqual([204, 204, 204]);
  });
});
