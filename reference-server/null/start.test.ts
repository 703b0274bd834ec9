import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReferenceProtocol, RunningServer, Settings } from '../core/protocol.ts';
import { grpcMessage, type HearingClient, openClient } from '../testing/null-clients.ts';
import { type NullBehaviour, nullBehaviours } from './behaviours.ts';
import { startNullServer } from './start.ts';

/** Every transport kind; WebSocket and HTTP share a port. */
const toy: ReferenceProtocol = {
  name: 'toy',
  faults: {},
  variants: {},
  limits: {},
  timers: {},
  createDomain: () => ({ connect: () => [], receive: () => [], disconnect: () => [] }),
  openFront: async () => ({
    endpoints: [
      { transport: 'websocket', url: 'ws://127.0.0.1:1/chat' },
      { transport: 'http', url: 'http://127.0.0.1:1/api' },
      { transport: 'lines', url: 'tcp://127.0.0.1:2' },
      { transport: 'udp', url: 'udp://127.0.0.1:2' },
      { transport: 'grpc', url: 'grpc://127.0.0.1:3' },
    ],
    stop: async () => {},
  }),
  refuse: ({ transport, text }) => [{ text: `${transport} refuses ${text}`, status: 403 }],
};

const settings: Settings = {
  port: 0,
  host: '127.0.0.1',
  users: [],
  demo: false,
  timers: {},
  limits: {},
  faults: [],
  variants: [],
  workers: 0,
  otpLog: undefined,
  plugin: undefined,
  log: () => {},
};

const running: RunningServer[] = [];
const open: HearingClient[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) client.end();
  await Promise.all(running.splice(0).map(server => server.stop()));
});

async function start(behaviour: NullBehaviour, protocol = toy): Promise<RunningServer> {
  const server = await startNullServer(protocol, settings, behaviour);
  running.push(server);
  return server;
}

async function connectTo({ endpoints }: RunningServer, transport: string): Promise<HearingClient> {
  const client = await openClient(endpoints.find(each => each.transport === transport)!.url);
  open.push(client);
  return client;
}

const all = ['websocket', 'http', 'lines', 'udp', 'grpc'] as const;
type Transport = (typeof all)[number];

/** As it arrives: the body behind a head, a line with its end, a message. */
function framed(transport: Transport, text: string, status = '200 OK'): string {
  if (transport === 'lines') return `${text}\n`;
  if (transport === 'grpc') return grpcMessage(text);
  if (transport !== 'http') return text;
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
}

it('opens what the protocol opens, on ports of its own', async () => {
  const { endpoints } = await start('silent');
  const [websocket, http, lines, udp, grpc] = endpoints.map(({ url }) => new URL(url));
  expect(endpoints.map(({ transport }) => transport)).toEqual(all);
  expect([websocket?.protocol, websocket?.pathname]).toEqual(['ws:', '/chat']);
  expect([http?.protocol, http?.pathname, http?.port]).toEqual(['http:', '/api', websocket?.port]);
  expect([lines?.protocol, lines?.hostname, udp?.protocol]).toEqual(['tcp:', '127.0.0.1', 'udp:']);
  expect(grpc?.protocol).toBe('grpc:');
  expect(new Set([websocket, lines, grpc].map(url => Number(url?.port))).size).toBe(3);
});

it('opens the very ports that a port was given for', async () => {
  const first = await start('silent');
  const port = Number(new URL(first.endpoints[0]!.url).port);
  const urls = [{ transport: 'lines', url: `tcp://127.0.0.1:${port}` }];
  await running.pop()!.stop();
  const given = { ...toy, openFront: async () => ({ endpoints: urls, stop: async () => {} }) };
  const server = await startNullServer(given, { ...settings, port }, 'silent');
  running.push(server);
  expect(server.endpoints).toEqual(urls);
});

describe.each(all)('over %s', transport => {
  it('silent says nothing', async () => {
    const silent = await connectTo(await start('silent'), transport);
    silent.say('hello');
    // What another server answers meanwhile shows that there was time.
    const other = await connectTo(await start('echo'), transport);
    other.say('hello');
    await other.until(heard => heard !== '');
    expect(silent.heard()).toBe('');
  });

  it('echo answers with the message', async () => {
    const client = await connectTo(await start('echo'), transport);
    client.say('hello');
    client.say('twice');
    const wanted = framed(transport, 'hello') + framed(transport, 'twice');
    expect(await client.until(heard => heard.length >= wanted.length)).toBe(wanted);
  });

  it("error answers with the protocol's error", async () => {
    const client = await connectTo(await start('error'), transport);
    client.say('hello');
    const wanted = framed(transport, `${transport} refuses hello`, '403 Forbidden');
    expect(await client.until(heard => heard.length >= wanted.length)).toBe(wanted);
  });

  it('error answers in words of its own where the protocol has none', async () => {
    const { refuse: _, ...mute } = toy;
    const client = await connectTo(await start('error', mute), transport);
    client.say('hello');
    const wanted = framed(transport, '{"error":"not supported"}', '501 Not Implemented');
    expect(await client.until(heard => heard.length >= wanted.length)).toBe(wanted);
  });

  it('replay answers with the last message of another', async () => {
    const server = await start('replay');
    const ada = await connectTo(server, transport);
    const bob = await connectTo(server, transport);
    ada.say('one');
    ada.say('two');
    // Nobody else has said anything.
    await ada.until(heard => heard === framed(transport, 'one'));
    bob.say('three');
    await bob.until(heard => heard === framed(transport, 'two'));
    bob.say('four');
    await bob.until(heard => heard === framed(transport, 'two').repeat(2));
  });

  it('garbage answers each message with other garbage', async () => {
    const client = await connectTo(await start('garbage'), transport);
    client.say('hello');
    const first = await client.until(() => client.arrivals() === 1);
    client.say('hello');
    const both = await client.until(() => client.arrivals() === 2);
    expect(both.slice(first.length)).not.toBe(first);
    expect(both).not.toContain('hello');
  });

  it('flood goes on without end, with what was heard', async () => {
    const client = await connectTo(await start('flood'), transport);
    // A datagram has to come first: before it nobody is there.
    client.say('hello');
    const echoes = (heard: string) => heard.split(framed(transport, 'hello')).length - 1;
    const refusals = (heard: string) => heard.split(`${transport} refuses hello`).length - 1;
    await client.until(heard => echoes(heard) > 500 && refusals(heard) > 500);
  });
});

describe('slow', () => {
  it.each(['http', 'lines', 'grpc'])('trickles over %s', async transport => {
    const client = await connectTo(await start('slow'), transport);
    client.say('hello');
    expect(await client.until(heard => heard !== '')).toHaveLength(1);
  });

  it('trickles in fragments over websocket', async () => {
    const { endpoints } = await start('slow');
    const headers = { connection: 'upgrade', upgrade: 'websocket', ...handshake };
    const asking = request(endpoints[0]!.url.replace('ws:', 'http:'), { headers }).end();
    const [, socket] = await once(asking, 'upgrade');
    // "hi", masked with zeros.
    socket.write(Uint8Array.of(0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69));
    // A text fragment that is not the last: "w".
    expect((await once(socket, 'data'))[0]).toEqual(Buffer.of(0x01, 0x01, 0x77));
    socket.destroy();
  });
});

const handshake = { 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };

describe('close', () => {
  it.each([
    ['websocket', 1000],
    ['lines', undefined],
    ['grpc', undefined],
  ])('closes a connection over %s', async (transport, code) => {
    const client = await connectTo(await start('close'), transport);
    expect(await client.closed).toBe(code);
    expect(client.heard()).toBe('');
  });

  it('closes an HTTP connection in the place of an answer', async () => {
    const client = await connectTo(await start('close'), 'http');
    client.say('hello');
    await client.closed;
    expect(client.heard()).toBe('');
  });
});

it('floods from the beginning, before anything was heard', async () => {
  const server = await start('flood');
  for (const transport of ['websocket', 'lines', 'grpc']) {
    const client = await connectTo(server, transport);
    await client.until(heard => heard.split('websocket refuses {}').length > 500);
  }
});

it('stops in the middle of anything', async () => {
  for (const behaviour of Object.keys(nullBehaviours) as NullBehaviour[]) {
    const server = await start(behaviour);
    const clients = await Promise.all(all.map(transport => connectTo(server, transport)));
    for (const client of clients) client.say('hello');
    await running.pop()!.stop();
    await Promise.all([0, 2, 4].map(k => clients[k]!.closed));
  }
});
