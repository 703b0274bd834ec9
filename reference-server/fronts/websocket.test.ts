import { EventEmitter, once } from 'node:events';
import { connect as connectTcp, type NetConnectOpts } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { type ReferenceServerOptions, type RunningServer, startReferenceServer } from '../index.ts';
import { auth, create, list, send } from '../testing/room.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.stop()));
});

async function start(options: ReferenceServerOptions = {}): Promise<RunningServer> {
  const server = await startReferenceServer('gradagenda', { demo: true, ...options });
  running.push(server);
  return server;
}

/** A client that hears everything in order: texts, and at last `closed` with its code. */
async function open(server: RunningServer, options: ClientOptions = {}) {
  const socket = new WebSocket(server.endpoints[0]!.url, options);
  const heard: unknown[] = [];
  const arrivals = new EventEmitter();
  const push = (what: unknown): void => {
    heard.push(what);
    arrivals.emit('arrival');
  };
  socket.on('message', (data, binary) => push(binary ? data : JSON.parse(String(data))));
  socket.on('close', code => push(`closed ${code}`));
  await once(socket, 'open');
  return {
    socket,
    heard,
    say: (what: object) => socket.send(JSON.stringify(what)),
    async next(): Promise<unknown> {
      while (heard.length === 0) await once(arrivals, 'arrival');
      return heard.shift();
    },
  };
}

async function enter(server: RunningServer, user: string, options: ClientOptions = {}) {
  const client = await open(server, options);
  client.say(auth(user));
  expect(await client.next()).toEqual({ cdid: 'auth', type: 'status-response', status: 'succeeded' });
  return client;
}

it('carries a message from one to the other', async () => {
  const server = await start();
  const bob = await enter(server, 'bob');
  const alice = await enter(server, 'alice');
  alice.say(create('bob'));
  const info = (await alice.next()) as { 'session-id': string };
  expect(await bob.next()).toEqual(info);
  bob.say(send(info['session-id'], 'hello'));
  const broadcast = {
    type: 'message-broadcast',
    'session-id': info['session-id'],
    'sender-id': 'bob',
    message: { type: 'text', body: 'hello' },
    'sender-timestamp': 1,
  };
  expect(await alice.next()).toEqual(broadcast);
  expect(await bob.next()).toEqual(broadcast);
});

it.each<[string, Uint8Array | string, number]>([
  ['binary', Buffer.from('{}'), 1003],
  ['not JSON', '{', 1007],
  ['not an object', '[]', 1007],
  ['over the limit', 'x'.repeat(4097), 1009],
  ['far over the limit', 'x'.repeat(200_000), 1009],
])('closes on a frame that is %s', async (_, payload, code) => {
  const client = await open(await start());
  client.socket.send(payload);
  expect(await client.next()).toBe(`closed ${code}`);
});

it('closes on text that is not UTF-8', async () => {
  const client = await open(await start());
  client.socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false });
  expect(await client.next()).toBe('closed 1007');
});

it('does nothing of what was sent behind the frame that it closed on', async () => {
  const server = await start();
  const alice = await enter(server, 'alice');
  alice.socket.send('{');
  alice.say(list);
  expect(await alice.next()).toBe('closed 1007');
  expect(alice.heard).toEqual([]);
});

it('reads a message that comes in fragments, and closes if they are over the limit together', async () => {
  const client = await enter(await start(), 'alice');
  const [head, tail] = [JSON.stringify(list).slice(0, 9), JSON.stringify(list).slice(9)];
  client.socket.send(head, { fin: false });
  client.socket.ping();
  client.socket.send('', { fin: false });
  client.socket.send(tail, { fin: true });
  expect(await client.next()).toEqual({ cdid: 'l', type: 'status-response', status: 'succeeded' });
  client.socket.send('x'.repeat(4000), { fin: false });
  client.socket.send('x'.repeat(97), { fin: true });
  expect(await client.next()).toBe('closed 1009');
});

it('reads a character that two fragments share', async () => {
  const client = await enter(await start(), 'alice');
  const payload = Buffer.from(JSON.stringify({ ...list, cdid: 'ü' }));
  const middle = payload.indexOf(0xc3) + 1;
  client.socket.send(payload.subarray(0, middle), { binary: false, fin: false });
  client.socket.send(payload.subarray(middle), { binary: false, fin: true });
  expect(await client.next()).toEqual({ cdid: 'ü', type: 'status-response', status: 'succeeded' });
});

it('closes the older connection of a device with 4000', async () => {
  const server = await start();
  const older = await enter(server, 'alice');
  await enter(server, 'alice');
  expect(await older.next()).toBe('closed 4000');
});

it('forgets a connection that is gone', async () => {
  const lines = new EventEmitter();
  const server = await start({ log: line => lines.emit(line) });
  const alice = await enter(server, 'alice');
  const gone = once(lines, 'websocket 1: closed with 1006');
  alice.socket.terminate();
  await gone;
  const again = await enter(server, 'alice');
  again.say(create());
  expect(await again.next()).toMatchObject({ status: 'created' });
});

it('closes a connection that does not read, and serves the others', async () => {
  const lines = new EventEmitter();
  const server = await start({ limits: { queueBytes: 65_536 }, log: line => lines.emit(line) });
  const slow = await enter(server, 'slow');
  const alice = await enter(server, 'alice');
  alice.say(create('slow'));
  const { 'session-id': session } = (await alice.next()) as { 'session-id': string };
  slow.socket.pause();
  let given: unknown;
  lines.once('websocket 1: closing with 1008, reads too slowly', () => {
    given = 'up';
  });
  let sent = 0;
  for (; given === undefined && sent < 20_000; sent++) {
    alice.say(send(session, 'x'.repeat(3000)));
    await alice.next();
  }
  expect(given).toBe('up');
  // No more than its queue and what the machine keeps for both ends.
  expect(sent * 3000).toBeLessThan(32_000_000);
  alice.say(list);
  expect(await alice.next()).toMatchObject({ status: 'unchanged' });
});

it('answers what came together in one piece', async () => {
  const pieces: Buffer[] = [];
  const createConnection: ClientOptions['createConnection'] = options =>
    connectTcp(options as NetConnectOpts).on('data', bytes => pieces.push(bytes));
  const client = await enter(await start(), 'alice', { createConnection });
  pieces.length = 0;
  const more = Array.from({ length: 3 }, () => list);
  client.say({ cdid: 'b', type: 'batch-mode-action', actions: more });
  for (const _ of more) expect(await client.next()).toMatchObject({ cdid: 'l' });
  expect(pieces).toHaveLength(1);
});

it('answers what a client asked before its close, though both came together', async () => {
  const client = await enter(await start(), 'alice');
  client.say(list);
  client.socket.close(1000);
  expect(await client.next()).toMatchObject({ cdid: 'l' });
  expect(await client.next()).toBe('closed 1000');
});

it('sends in fragments that make the same text', async () => {
  const server = await start({ variants: ['fragmented-frames'] });
  await enter(server, 'alice');
  expect(server.fired()).toEqual({ 'fragmented-frames': 1 });
});

it('counts faults that fired', async () => {
  const server = await start({ faults: ['speaks-before-auth', 'not-json-ignored'] });
  const client = await open(server);
  expect(await client.next()).toMatchObject({ type: 'status-response', status: 'failed' });
  client.socket.send('{');
  client.say(auth('alice'));
  expect(await client.next()).toMatchObject({ type: 'status-response', status: 'succeeded' });
  expect(server.fired()).toEqual({ 'speaks-before-auth': 1, 'not-json-ignored': 1 });
});

it('says goodbye with 1001, and again if asked again', async () => {
  const server = await start();
  const client = await enter(server, 'alice');
  await Promise.all([server.stop(), server.stop()]);
  expect(await client.next()).toBe('closed 1001');
  await expect(once(new WebSocket(server.endpoints[0]!.url), 'open')).rejects.toThrow('ECONNREFUSED');
});

it('stops though a client does not answer and a socket has sent nothing yet', async () => {
  const server = await start({ timers: { close: 50 } });
  const { hostname, port } = new URL(server.endpoints[0]!.url);
  const silent = connectTcp(Number(port), hostname);
  await once(silent, 'connect');
  const deaf = await enter(server, 'deaf');
  deaf.socket.pause();
  await server.stop();
  silent.destroy();
  deaf.socket.terminate();
});

it.each([
  ['/', {}, 426],
  [
    '/chat',
    {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    },
    400,
  ],
])('refuses a request for %s that is no upgrade of its path', async (path, headers, status) => {
  const server = await start();
  const { hostname, port } = new URL(server.endpoints[0]!.url);
  const socket = connectTcp(Number(port), hostname);
  const lines = Object.entries({ host: hostname, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  socket.destroy();
});
