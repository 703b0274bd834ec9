import { describe, expect, it } from 'vitest';
import {
  account,
  ctrlOf,
  del,
  get,
  hi,
  inShort,
  openTinodeLobby,
  rootLogin,
  secretOf,
  sub,
} from '../testing/tinode-lobby.ts';
import { cleared } from './merge.ts';

describe('hi', () => {
  it.each([
    ['0.25', 201],
    ['v0.20.3-rc1', 201],
    ['1', 201],
    ['0.19.9', 505],
    ['0.13', 505],
    ['', 400],
    ['abc', 400],
    ['0.0', 400],
  ])('with version %j is answered %i', (version, code) => {
    const lobby = openTinodeLobby();
    lobby.connect('ada');
    expect(ctrlOf(lobby.say('ada', hi('test', version))).code).toBe(code);
  });

  it('comes first, and may be tried again', () => {
    const lobby = openTinodeLobby();
    lobby.connect('ada');
    expect(ctrlOf(lobby.say('ada', get('me', 'desc')))).toMatchObject({ id: 'g', code: 409 });
    expect(ctrlOf(lobby.say('ada', get('me', 'desc')))).not.toHaveProperty('topic');
    lobby.say('ada', hi('test', '0.1'));
    expect(ctrlOf(lobby.say('ada', hi('test')))).toMatchObject({ code: 201, params: { ver: '0.25', reqCred: null } });
    expect(ctrlOf(lobby.say('ada', hi('test'))).code).toBe(401);
    expect(ctrlOf(lobby.say('ada', hi('test', '0.24'))).code).toBe(409);
  });

  it('later only tells of another device', () => {
    const lobby = openTinodeLobby();
    lobby.enter('ada');
    const withDevice = (dev: string) => lobby.say('ada', { hi: { id: 'h', dev } });
    expect(['', 'd1', 'd1', cleared].map(dev => ctrlOf(withDevice(dev)).code)).toEqual([201, 200, 201, 200]);
  });

  it('tells what the profile has', () => {
    const lobby = openTinodeLobby({ profile: 'full', limits: { tags: 4 } });
    lobby.connect('ada');
    const { params } = ctrlOf(lobby.say('ada', hi('test')));
    expect(params).toMatchObject({ reqCred: { auth: ['email'] }, callTimeout: 30, maxTagCount: 4, msgDelAge: 600 });
  });
});

it('answers a probe, and goes on after what is malformed', () => {
  const lobby = openTinodeLobby();
  lobby.connect('ada');
  expect(lobby.say('ada', '1')).toEqual([['ada', 0]]);
  expect(ctrlOf(lobby.say('ada', '{"hi":{"id":5}}'))).toEqual({
    code: 400,
    text: 'malformed',
    ts: '2026-07-04T12:00:00Z',
  });
  expect(ctrlOf(lobby.say('ada', hi('test'))).code).toBe(201);
});

describe('acc', () => {
  it.each([
    ['a taken name', { secret: secretOf('ada') }, 409, { what: 'auth' }],
    ['a short name', { secret: btoa('abc:password') }, 422, { what: 'auth' }],
    ['a short password', { secret: btoa('someone:short') }, 422, undefined],
    ['no colon', { secret: btoa('someone') }, 400, { what: 'auth' }],
    ['no scheme', { scheme: undefined }, 400, undefined],
    ['a token', { scheme: 'token' }, 501, { what: 'auth' }],
    ['a tag of the server', { tags: ['basic:eve'] }, 403, { what: 'tags' }],
    ['a state', { status: 'ok' }, 403, { what: 'state' }],
  ])('with %s is refused', (_, more, code, params) => {
    const lobby = openTinodeLobby();
    lobby.enter('ada');
    lobby.connect('eve');
    lobby.say('eve', hi('test'));
    const refused = ctrlOf(lobby.say('eve', account('eve', more)));
    expect([refused.code, refused.params]).toEqual([code, params]);
    expect(ctrlOf(lobby.say('eve', account('eve'))).code).toBe(200);
  });

  it('makes an account without logging in to it', () => {
    const lobby = openTinodeLobby();
    lobby.connect('ada');
    lobby.say('ada', hi('test'));
    const made = ctrlOf(lobby.say('ada', account('ada', { login: false, desc: { defacs: { auth: 'jrw' } } })));
    expect(made).toMatchObject({
      code: 201,
      params: { authlvl: 'auth', desc: { defacs: { auth: 'JRWA', anon: 'N' } } },
    });
    expect(ctrlOf(lobby.say('ada', sub('me'))).code).toBe(401);
  });

  it('changes password and name', () => {
    const lobby = openTinodeLobby();
    lobby.enter('ada');
    const change = (secret: string) =>
      ctrlOf(lobby.say('ada', { acc: { id: 'a', scheme: 'basic', secret: btoa(secret) } }));
    expect(change(':newword')).toMatchObject({ code: 200, params: null });
    expect(change('other.name:newword').code).toBe(200);
    expect([change('root:newword').code, change(':short').code]).toEqual([409, 422]);
    lobby.connect('ada2');
    lobby.say('ada2', hi('test'));
    const logIn = (secret: string) =>
      ctrlOf(lobby.say('ada2', { login: { scheme: 'basic', secret: btoa(secret) } })).code;
    expect([logIn('ada.name:newword'), logIn('Other.Name:newword')]).toEqual([401, 200]);
  });
});

describe('login', () => {
  it.each([
    ['basic', btoa('ada.name:wrong-one'), 401],
    ['basic', btoa('nobody:wrong-one'), 401],
    ['basic', btoa('ada.name'), 400],
    ['token', btoa('short'), 400],
    ['token', btoa('x'.repeat(50)), 401],
    ['anonymous', '', 501],
    ['other', '', 401],
    ['reset', btoa('basic:email:a@b.c'), 301],
    ['reset', btoa('basic:email'), 400],
    ['reset', btoa('other:email:a@b.c'), 501],
  ])('by %s with %s is answered %i', (scheme, secret, code) => {
    const lobby = openTinodeLobby();
    lobby.enter('ada');
    lobby.connect('eve');
    lobby.say('eve', hi('test'));
    expect(ctrlOf(lobby.say('eve', { login: { id: 'l', scheme, secret } })).code).toBe(code);
  });

  it('waits for an address to be confirmed, where one is needed', () => {
    const lobby = openTinodeLobby({ profile: 'full' });
    lobby.connect('ada');
    lobby.say('ada', hi('test'));
    expect(ctrlOf(lobby.say('ada', account('ada')))).toMatchObject({ code: 422, params: { creds: ['email'] } });
    const made = ctrlOf(lobby.say('ada', account('ada', { cred: [{ meth: 'email', val: 'ada@example.com' }] })));
    expect(made).toMatchObject({ code: 300, params: { cred: ['email'] } });
    const { token } = made.params as { token: string };
    const respond = (resp: string) =>
      ctrlOf(lobby.say('ada', { login: { scheme: 'token', secret: token, cred: [{ meth: 'email', resp }] } })).code;
    expect([respond('1'), respond('123456')]).toEqual([300, 200]);
  });

  it('ends with the token', () => {
    const lobby = openTinodeLobby();
    lobby.enter('ada');
    const { params } = ctrlOf(lobby.say('ada', account('bob', { login: false })));
    expect(params).not.toHaveProperty('token');
    lobby.connect('eve');
    lobby.say('eve', hi('test'));
    const { token } = ctrlOf(lobby.say('eve', account('eve'))).params as { token: string };
    const logIn = (name: string) => {
      lobby.connect(name);
      lobby.say(name, hi('test'));
      return ctrlOf(lobby.say(name, { login: { id: 'l', scheme: 'token', secret: token } })).code;
    };
    expect(logIn('one')).toBe(200);
    lobby.turn(60_000);
    expect(logIn('other')).toBe(401);
  });
});

describe('root', () => {
  const openWithRoot = () => {
    const lobby = openTinodeLobby();
    lobby.enterMe('ada');
    lobby.connect('root');
    lobby.say('root', hi('test'));
    lobby.say('root', rootLogin);
    return lobby;
  };

  it('suspends, which ends every session of the user', () => {
    const lobby = openWithRoot();
    const suspend = (status: string) => lobby.say('root', { acc: { id: 'a', user: lobby.idOf('ada'), status } });
    expect(inShort(suspend('susp'))).toEqual(['ada ctrl 205', 'ada closed 1006', 'root ctrl 200']);
    expect(inShort(suspend('susp'))).toEqual(['root ctrl 304']);
    expect(inShort(suspend('unknown'))).toEqual(['root ctrl 400']);
  });

  it('acts for others', () => {
    const lobby = openWithRoot();
    const obo = lobby.idOf('ada');
    expect(inShort(lobby.say('root', { ...get('me', 'desc'), extra: { obo } }))).toEqual(['root meta desc']);
    expect(inShort(lobby.say('root', { ...get('me', 'desc'), extra: { obo: 'nobody' } }))).toEqual(['root ctrl 400']);
    expect(inShort(lobby.say('ada', { ...get('me', 'desc'), extra: { obo } }))).toEqual(['ada ctrl 403']);
  });

  it('deletes accounts', () => {
    const lobby = openWithRoot();
    const user = lobby.idOf('ada');
    expect(inShort(lobby.say('ada', del('', 'user', { user: 'usrAQEBAQEBAQE' })))).toEqual(['ada ctrl 403']);
    expect(inShort(lobby.say('root', del('', 'user', { user })))).toEqual([
      'ada ctrl 205',
      'ada closed 1006',
      'root ctrl 200',
    ]);
  });
});
