/** Tinode's own client library, today's and the oldest that speaks the same range, works with the bundled server: two users talk. */

import today from 'tinode-sdk';
import oldest from 'tinode-sdk-0.20';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startReferenceServer } from '../../reference-server/index.ts';
import { BrowserRequest, noDatabase, openPage } from './browser.ts';

const key = 'AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K';
const clients: SdkClient[] = [];
let server: RunningServer;
let host: string;
let page: ReturnType<typeof openPage>;

beforeEach(async () => {
  server = await startReferenceServer('tinode', { timers: { unload: 20 } });
  host = new URL(server.endpoints.find(({ transport }) => transport === 'files')!.url).host;
  page = openPage(`http://${host}`);
});

afterEach(async () => {
  for (const client of clients.splice(0)) {
    // Receipts are sent a little later: those have nowhere to go.
    client.note = () => {};
    client.disconnect();
  }
  page.leave();
  await server.stop();
});

/** What comes, one at a time, in order; waits for what has not come yet. */
function createQueue<T>() {
  const arrived: T[] = [];
  const waiting: ((each: T) => void)[] = [];
  return {
    put(each: T) {
      const taker = waiting.shift();
      if (taker) taker(each);
      else arrived.push(each);
    },
    next: (): Promise<T> => {
      const first = arrived.shift();
      return first === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(first);
    },
  };
}

function listenTo(topic: SdkTopic) {
  const data = createQueue<SdkMessage>();
  const info = createQueue<SdkInfo>();
  topic.onData = message => message && data.put(message);
  topic.onInfo = info.put;
  const infoOf = async (what: string) => {
    for (let heard = await info.next(); ; heard = await info.next()) if (heard.what === what) return heard;
  };
  return { data: data.next, infoOf };
}

/** What happens to the contacts of a user: `on usr…`, `msg grp…`. */
function listenToContacts(me: SdkTopic) {
  const { put, next } = createQueue<string>();
  me.onPres = ({ what, src }) => put(`${what} ${src}`);
  return async (wanted: string) => {
    while ((await next()) !== wanted);
  };
}

describe.each([
  { library: today, version: '0.25.3', transport: 'ws' },
  { library: today, version: '0.25.3', transport: 'lp' },
  { library: oldest, version: '0.20.1', transport: 'ws' },
  { library: oldest, version: '0.20.1', transport: 'lp' },
])('tinode-sdk $version over $transport', ({ library: { Tinode }, transport }) => {
  async function connect(): Promise<SdkClient> {
    Tinode.setNetworkProviders(WebSocket, BrowserRequest);
    Tinode.setDatabaseProvider(noDatabase);
    const client = new Tinode({ appName: 'interop', host, apiKey: key, transport, secure: false });
    clients.push(client);
    await client.connect();
    return client;
  }

  async function register(login: string) {
    const client = await connect();
    await client.createAccountBasic(login, `${login}-secret`, { public: { fn: login }, tags: [`tag-${login}`] });
    expect(client.isAuthenticated()).toBe(true);
    const me = client.getMeTopic();
    const contact = listenToContacts(me);
    await me.subscribe(me.startMetaQuery().withDesc().withSub().build());
    return { client, id: client.getCurrentUserID(), me, contact };
  }

  async function attach(client: SdkClient, name: string, set?: object) {
    const topic = client.getTopic(name);
    const heard = listenTo(topic);
    await topic.subscribe(topic.startMetaQuery().withDesc().withSub().withLaterData(20).withDel().build(), set);
    return { topic, ...heard };
  }

  const textsOf = (topic: SdkTopic): unknown[] => {
    const texts: unknown[] = [];
    // Where messages were, a range without a content may stand.
    topic.messages(({ content }) => content !== undefined && texts.push(content));
    return texts;
  };

  it('logs in again with the password, and not with another', async () => {
    const { id } = await register('alice');
    const again = await connect();
    await expect(again.loginBasic('alice', 'wrong')).rejects.toThrow('401');
    await again.loginBasic('alice', 'alice-secret');
    expect(again.getCurrentUserID()).toBe(id);
  });

  it('talks with one other: messages, receipts, typing, history', async () => {
    const ada = await register('alice');
    const bob = await register('bobby');
    const hers = await attach(ada.client, bob.id);
    expect(await hers.topic.publish('hello')).toMatchObject({ code: 202 });
    await bob.contact(`msg ${ada.id}`);
    const his = await attach(bob.client, ada.id);
    expect(await his.data()).toMatchObject({ seq: 1, from: ada.id, content: 'hello' });
    his.topic.noteKeyPress();
    expect(await hers.infoOf('kp')).toMatchObject({ from: bob.id });
    his.topic.noteRead(1);
    expect(await hers.infoOf('read')).toMatchObject({ from: bob.id, seq: 1 });
    expect(hers.topic.msgReadCount(1)).toBe(1);
    await his.topic.publish('hello yourself');
    // What she has said herself is told once when it is sent and once when it is answered.
    for (let { content } = await hers.data(); content !== 'hello yourself'; ) ({ content } = await hers.data());

    const later = await connect();
    await later.loginBasic('alice', 'alice-secret');
    const { topic, data } = await attach(later, bob.id);
    expect([(await data()).seq, (await data()).seq].sort()).toEqual([1, 2]);
    expect(textsOf(topic)).toEqual(['hello', 'hello yourself']);
  });

  it('talks in a group: invites, subscribers, presence', async () => {
    const ada = await register('alice');
    const bob = await register('bobby');
    const hers = await attach(ada.client, ada.client.newGroupTopicName(false), { desc: { public: { fn: 'room' } } });
    const { name } = hers.topic;
    expect(name).toMatch(/^grp/);
    await hers.topic.invite(bob.id, 'JRWPS');
    await bob.contact(`acs ${name}`);
    const his = await attach(bob.client, name);
    await his.topic.getMeta(his.topic.startMetaQuery().withSub().build());
    const members: unknown[] = [];
    his.topic.subscribers(({ user }) => members.push(user));
    expect(members.sort()).toEqual([ada.id, bob.id].sort());
    await hers.topic.publish({ txt: 'to all' });
    expect(await his.data()).toMatchObject({ from: ada.id, content: { txt: 'to all' } });

    await hers.topic.leave(false);
    await his.topic.leave(false);
    await ada.contact(`off ${name}`);
    await attach(bob.client, name);
    await ada.contact(`on ${name}`);
  });

  it('finds somebody by a tag', async () => {
    const ada = await register('alice');
    const bob = await register('bobby');
    const fnd = ada.client.getFndTopic();
    await fnd.subscribe();
    await fnd.setMeta({ desc: { public: 'tag-bobby' } });
    await fnd.getMeta(fnd.startMetaQuery().withSub().build());
    const found: unknown[] = [];
    fnd.contacts(contact => found.push([contact.name ?? contact.topic, contact.public]));
    expect(found).toEqual([[bob.id, { fn: 'bobby' }]]);
  });

  it('deletes messages, a topic, an account', async () => {
    const ada = await register('alice');
    const bob = await register('bobby');
    const { topic } = await attach(ada.client, ada.client.newGroupTopicName(false));
    await topic.publish('one');
    await topic.publish('two');
    await topic.delMessagesAll(true);
    expect(textsOf(topic)).toEqual([]);
    const { name } = topic;
    await topic.delTopic(true);
    await expect(bob.client.getTopic(name).subscribe()).rejects.toThrow('404');
    await bob.client.delCurrentUser(true);
    const again = await connect();
    await expect(again.loginBasic('bobby', 'bobby-secret')).rejects.toThrow('401');
  });

  it('sends a file and gets it back', async () => {
    const { client } = await register('alice');
    const url = await client.getLargeFileHelper().upload(new Blob(['what is in it'], { type: 'text/plain' }));
    expect(url).toMatch(/^\/v0\/file\/s\//);
    const saved = page.saved();
    await client.getLargeFileHelper().download(url, 'it.txt', 'text/plain');
    expect(await (await saved).text()).toBe('what is in it');
  });
});
