import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Members } from '../core/protobuf.ts';
import type { RunningServer } from '../core/protocol.ts';
import { startReferenceServer } from '../index.ts';
import { type PluginCall, startTestPlugin, type TestPlugin } from '../testing/grpc-plugin.ts';
import { account, hi } from '../testing/tinode-lobby.ts';

let plugin: TestPlugin;
let server: RunningServer;
beforeEach(async () => {
  plugin = await startTestPlugin();
  server = await startReferenceServer('tinode', { plugin: plugin.address, timers: { plugin: 5000 } });
});
afterEach(async () => {
  await server.stop();
  await plugin.stop();
});

/** Hears what is not presence. */
async function open() {
  const socket = new WebSocket(server.endpoints[0]!.url);
  await once(socket, 'open');
  const heard: Record<string, Members>[] = [];
  socket.on('message', data => {
    const frame = JSON.parse(String(data));
    if (!frame.pres) heard.push(frame);
  });
  const say = (frame: object) => socket.send(JSON.stringify(frame));
  const hear = async (): Promise<Record<string, Members>> => {
    while (heard.length === 0) await once(socket, 'message');
    return heard.shift()!;
  };
  const ask = (frame: object) => {
    say(frame);
    return hear();
  };
  return { socket, say, hear, ask };
}

async function enter(name: string) {
  const client = await open();
  await client.ask({ hi: { ...hi('test').hi, dev: 'phone', lang: 'eo' } });
  const { ctrl } = await client.ask(account(name));
  return { ...client, user: (ctrl!.params as { user: string }).user };
}

/** The frame that FireHose shows. */
const shownIn = ({ name, request }: PluginCall) => (name === 'FireHose' ? (request.frame as Members) : {});

it('shows every request with its session before it is served', async () => {
  const ada = await enter('ada');
  await ada.ask({ get: { id: 'g', topic: 'me', what: 'desc', sub: { user: 'usrA' } } });
  const { request } = await plugin.called(call => shownIn(call).get !== undefined);
  expect(request).toEqual({
    frame: { get: { id: 'g', topic: 'me', what: 'desc', sub: {} } },
    session: {
      sid: expect.stringMatching(/^[\w-]{11}$/),
      user: ada.user,
      level: 'auth',
      address: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      userAgent: 'test',
      deviceId: 'phone',
      language: 'eo',
    },
  });
  const kinds = plugin.calls.filter(({ name }) => name === 'FireHose').map(call => Object.keys(shownIn(call))[0]);
  expect(kinds).toEqual(['hi', 'acc', 'get']);
  expect(shownIn(plugin.calls.find(call => shownIn(call).acc)!)).toMatchObject({ acc: account('ada').acc });
});

it('shows nothing that is no request', async () => {
  const { ask } = await open();
  expect(await ask({ nothing: 1 })).toMatchObject({ ctrl: { code: 400 } });
  expect(plugin.calls).toEqual([]);
});

it('drops, answers and replaces requests as it is told', async () => {
  const ada = await enter('ada');
  plugin.answer = call => {
    const { get } = shownIn(call) as { get?: { id: string } };
    const respond = {
      verdict: 'respond',
      answer: { ctrl: { id: 'r', code: 418, text: 'teapot', params: { a: [1] } } },
    };
    const replace = { verdict: 'replace', frame: { get: { id: 'other', topic: 'fnd', what: 'desc' } } };
    const empty = { verdict: 'respond' };
    return get && { drop: { verdict: 'drop' }, respond, replace, empty }[get.id];
  };
  for (const id of ['drop', 'empty', 'respond']) ada.say({ get: { id, topic: 'me', what: 'desc' } });
  expect(await ada.hear()).toEqual({
    ctrl: { id: 'r', code: 418, text: 'teapot', params: { a: [1] }, ts: '0001-01-01T00:00:00Z' },
  });
  expect(await ada.ask({ get: { id: 'replace', topic: 'me', what: 'desc' } })).toMatchObject({
    ctrl: { id: 'other', topic: 'fnd' },
  });
});

it('serves as if nobody had been asked when the plugin does not answer', async () => {
  await plugin.stop();
  const ada = await enter('ada');
  expect(await ada.ask({ sub: { id: 's', topic: 'me' } })).toMatchObject({ ctrl: { id: 's', code: 200 } });
});

it('serves what a client has said before it went', async () => {
  const [ada, bob] = [await enter('ada'), await enter('bob')];
  const { ctrl } = await ada.ask({ sub: { id: 'n', topic: 'new' } });
  const topic = ctrl!.topic as string;
  await bob.ask({ sub: { id: 's', topic } });
  ada.say({ pub: { topic, content: 'bye' } });
  ada.socket.close();
  expect(await bob.hear()).toMatchObject({ data: { content: 'bye' } });
});

it.each<[verdict: string | undefined, answer: Members, found: string]>([
  [undefined, {}, 'bob'],
  ['replace', { query: 'tag:eve' }, 'eve'],
  ['drop', {}, 'nobody'],
])('asks before it searches: %s', async (verdict, answer, found) => {
  const [ada, bob, eve] = [await enter('ada'), await enter('bob'), await enter('eve')];
  const users: Readonly<Record<string, string>> = { bob: bob.user, eve: eve.user };
  plugin.answer = ({ name }) => (name === 'Find' ? { verdict, ...answer } : undefined);
  const heard = await look(ada, 'tag:bob');
  if (found === 'nobody') expect(heard).toMatchObject({ ctrl: { code: 204 } });
  else expect(heard).toMatchObject({ meta: { sub: [{ topic: users[found] }] } });
  expect((await plugin.called(({ name }) => name === 'Find')).request).toEqual({ user: ada.user, query: 'tag:bob' });
});

it('shows what a plugin has found', async () => {
  const ada = await enter('ada');
  const access = { want: 'JR', given: 'JRW' };
  const rows = [
    { topic: 'grpA', user: 'AQIDBAUGBwg', acs: access, public: { fn: 'A' } },
    { topic: 'usrB', user: 'no user' },
  ];
  plugin.answer = ({ name }) => (name === 'Find' ? { verdict: 'respond', rows } : undefined);
  expect((await look(ada, 'anything')).meta!.sub).toEqual([
    { topic: 'grpA', user: 'usrAQIDBAUGBwg', acs: { ...access, mode: 'JR' }, public: { fn: 'A' } },
    { topic: 'usrB', acs: { want: 'N', given: 'N', mode: 'N' } },
  ]);
  expect(await ada.ask({ get: { id: 't', topic: 'fnd', what: 'tags' } })).toMatchObject({ meta: { tags: ['grpA'] } });
});

async function look({ ask }: Awaited<ReturnType<typeof open>>, query: string) {
  await ask({ sub: { id: 's', topic: 'fnd' } });
  await ask({ set: { id: 'q', topic: 'fnd', desc: { public: query } } });
  return ask({ get: { id: 'g', topic: 'fnd', what: 'sub' } });
}

it('tells what happens, in its order', async () => {
  const [ada, bob] = [await enter('ada'), await enter('bob')];
  await bob.ask({ sub: { id: 'm', topic: 'me' } });
  const { ctrl } = await ada.ask({ sub: { id: 'n', topic: 'new', set: { desc: { public: { fn: 'G' } } } } });
  const topic = ctrl!.topic as string;
  await bob.ask({ sub: { id: 's', topic, set: { desc: { private: 'mine' } } } });
  await bob.ask({ set: { id: 'p', topic, sub: { mode: 'JRW' } } });
  await bob.ask({ pub: { id: 'p', topic, head: { mime: 'x' }, content: { text: 'hello' } } });
  await bob.hear();
  await bob.ask({ leave: { id: 'l', topic, unsub: true } });
  await ada.ask({ sub: { id: 'm', topic: 'me' } });
  await ada.ask({ set: { id: 'd', topic: 'me', desc: { public: { fn: 'Ada' } } } });
  await ada.ask({ acc: { id: 'a', scheme: 'basic', secret: btoa(':another-word') } });
  await ada.ask({ del: { id: 'd', topic, what: 'topic' } });
  await plugin.called(({ name, request }) => name === 'Topic' && request.action === 'delete');

  const member = { topic, user: bob.user.slice(3) };
  const told = plugin.calls.filter(({ name }) => name !== 'FireHose').map(({ name, request }) => [name, request]);
  expect(told).toMatchObject([
    [
      'Account',
      { user: ada.user, access: { auth: 'JRWPAS', anon: 'N' }, public: { fn: 'ada' }, tags: expect.any(Array) },
    ],
    ['Account', { user: bob.user }],
    ['Topic', { name: topic, desc: { public: { fn: 'G' }, defacs: { auth: 'JRWPS', anon: 'N' } } }],
    ['Subscription', { ...member, mode: { want: 'JRWPS', given: 'JRWPS' }, private: 'mine' }],
    ['Subscription', { ...member, action: 'update', mode: { want: 'JRW', given: 'JRWPS' } }],
    ['Message', { data: { topic, from: bob.user, seq: 1, head: { mime: 'x' }, content: { text: 'hello' } } }],
    ['Subscription', { ...member, action: 'delete', mode: { want: 'N', given: 'N' } }],
    ['Topic', { name: ada.user, action: 'update', desc: { public: { fn: 'Ada' }, defacs: { auth: 'JRWPAS' } } }],
    ['Account', { user: ada.user, action: 'update' }],
    ['Topic', { name: topic, action: 'delete' }],
  ]);
});
