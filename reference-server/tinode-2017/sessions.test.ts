import { describe, expect, it } from 'vitest';
import {
  account,
  byToken,
  get,
  hi,
  inShort,
  leave,
  login,
  openTinodeRoom,
  pub,
  sub,
  type TinodeRoom,
} from '../testing/tinode-room.ts';

const ts = '2017-08-05T12:00:00Z';
const ctrl = (who: string, members: object) => [[who, { ctrl: { ...members, ts } }]];

function greeted(...names: string[]): TinodeRoom {
  const room = openTinodeRoom();
  for (const name of names) {
    room.connect(name);
    room.say(name, hi);
  }
  return room;
}

describe('before hi', () => {
  it.each([
    ['an acc', account('ada')],
    ['a login', login('ada')],
    ['a sub', sub('me')],
    ['nonsense', '{'],
    ['what is no object', '[]'],
  ])('%s is out of sequence', (_, request) => {
    const room = openTinodeRoom();
    expect(room.connect('ada')).toEqual([]);
    expect(inShort(room.say('ada', request))).toEqual(['ada ctrl 409']);
  });

  it('a hi of another version is refused, and the right one is welcome after it', () => {
    const room = openTinodeRoom();
    room.connect('ada');
    expect(room.say('ada', { hi: { id: 'x', ver: '0.14' } })).toEqual(
      ctrl('ada', { id: 'x', code: 505, text: 'version not supported' }),
    );
    expect(room.say('ada', hi)).toEqual(
      ctrl('ada', { id: 'h', params: { build: '', ver: '0.13' }, code: 201, text: 'created' }),
    );
  });
});

describe('before login', () => {
  it.each([
    ['a sub', sub('me')],
    ['a get', get('me', 'desc')],
    ['a pub', pub('me', 'x')],
    ['a leave', leave('me')],
  ])('%s needs authentication', (_, request) => {
    expect(inShort(greeted('ada').say('ada', request))).toEqual(['ada ctrl 401']);
  });

  it.each([
    ['{', undefined],
    ['{"dance":{"id":"x"}}', undefined],
    ['{"hi":{"id":"x"}}', 'x'],
    ['{"acc":{"id":"x","user":"new"}}', 'x'],
    ['{"login":{"id":7}}', undefined],
    ['{"pub":{"id":"x","topic":"me"}}', 'x'],
    ['{"get":{"id":"x","topic":"me","what":"weather"}}', 'x'],
    ['{"sub":[]}', undefined],
  ])('%s is malformed', (text, id) => {
    expect(greeted('ada').say('ada', text)).toEqual(ctrl('ada', { ...(id && { id }), code: 400, text: 'malformed' }));
  });
});

describe('acc', () => {
  it('makes an account, and does not log in', () => {
    const room = greeted('ada');
    const desc = { created: ts, updated: ts, defacs: { auth: 'JRWP', anon: 'N' }, public: { fn: 'ada' } };
    expect(room.say('ada', account('ada', {}))).toEqual(
      ctrl('ada', { id: 'a', params: { user: 'usrAQEBAQEBAQE', desc }, code: 201, text: 'created' }),
    );
    expect(inShort(room.say('ada', sub('me')))).toEqual(['ada ctrl 401']);
  });

  it('logs in if it is asked to', () => {
    const room = greeted('ada');
    const [[, frame]] = room.say('ada', account('ada')) as [[string, { ctrl: { params: object } }]];
    expect(frame.ctrl.params).toMatchObject({
      authlvl: 'auth',
      token: 'AgIC'.repeat(16),
      expires: '2017-08-05T12:00:01Z',
    });
    expect(inShort(room.say('ada', sub('me')))).toEqual(['ada ctrl 200']);
  });

  it('refuses a name that is taken, and whoever is logged in', () => {
    const room = greeted('ada', 'eve');
    room.say('ada', account('ada'));
    expect(room.say('eve', account('ada'))).toEqual(ctrl('eve', { id: 'a', code: 409, text: 'duplicate credential' }));
    expect(room.say('ada', account('x'))).toEqual(ctrl('ada', { id: 'a', code: 409, text: 'already authenticated' }));
    expect(inShort(room.say('eve', login('x')))).toEqual(['eve ctrl 401']);
  });

  it.each([
    ['another scheme', { scheme: 'anonymous' }, 400],
    ['a secret without a name', { secret: Buffer.from(':x').toString('base64') }, 400],
    ['no user', { user: undefined }, 501],
    ['another user', { user: 'usrAQEBAQEBAQE' }, 501],
  ])('with %s makes nothing', (_, more, code) => {
    expect(inShort(greeted('ada').say('ada', account('ada', more)))).toEqual([`ada ctrl ${code}`]);
  });
});

describe('login', () => {
  function known(): TinodeRoom {
    const room = openTinodeRoom();
    room.enter('ada');
    room.connect('new');
    room.say('new', hi);
    return room;
  }

  const answered = (room: TinodeRoom, token: unknown) =>
    ctrl('new', {
      id: expect.any(String),
      params: { user: room.idOf('ada'), token, expires: '2017-08-05T12:00:01Z' },
      code: 200,
      text: 'OK',
    });

  it('takes the right password and no other', () => {
    const room = known();
    expect(inShort(room.say('new', login('ada', 'wrong')))).toEqual(['new ctrl 401']);
    expect(inShort(room.say('new', login('nobody')))).toEqual(['new ctrl 401']);
    expect(inShort(room.say('new', byToken('AAAA')))).toEqual(['new ctrl 401']);
    expect(room.say('new', login('ada'))).toEqual(answered(room, expect.any(String)));
    expect(inShort(room.say('new', login('ada')))).toEqual(['new ctrl 409']);
  });

  it('takes a token until it ends, and returns it as it is', () => {
    const room = known();
    const [[, frame]] = room.enter('ada/laptop') as [[string, { ctrl: { params: { token: string } } }]];
    const { token } = frame.ctrl.params;
    expect(room.say('new', byToken(token))).toEqual(answered(room, token));
    room.clock.nowMs += 1000;
    room.connect('late');
    room.say('late', hi);
    expect(inShort(room.say('late', byToken(token)))).toEqual(['late ctrl 401']);
  });

  it('knows the users that the server was started with', () => {
    const room = openTinodeRoom({ users: [{ id: 'ada', token: 'ada-word' }] });
    expect(inShort(room.enter('ada/laptop'))).toEqual(['ada/laptop ctrl 200']);
  });
});

it('does nothing for a connection that is gone', () => {
  const room = greeted('ada');
  expect(room.cut('ada')).toEqual([]);
  expect(room.cut('ada')).toEqual([]);
  expect(room.say('ada', hi)).toEqual([]);
});
