import { EventEmitter, once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { ReferenceServerOptions, RunningServer } from '../core/protocol.ts';
import { startReferenceServer } from '../index.ts';
import { openGrpcLoop } from '../testing/grpc-client.ts';
import { account, hi } from '../testing/tinode-lobby.ts';
import { clientMessage } from './messages/client.ts';
import { serverMessage } from './messages/server.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: ReferenceServerOptions = {}): Promise<RunningServer> {
  const server = await startReferenceServer('tinode', options);
  closers.push(server.stop);
  return server;
}

function open(server: RunningServer) {
  const { call, next, close } = openGrpcLoop(server);
  closers.push(close);
  const say = (frame: object) => void call.write(clientMessage.encode(frame as Record<string, unknown>));
  const hear = async (): Promise<unknown> => {
    const heard = await next();
    return typeof heard === 'string' ? heard : serverMessage.decode(heard);
  };
  const ask = (frame: object) => {
    say(frame);
    return hear();
  };
  const makeGroup = async (): Promise<string> => {
    const { ctrl } = (await ask({ sub: { id: 'n', topic: 'new' } })) as { ctrl: { topic: string } };
    return ctrl.topic;
  };
  return { call, say, hear, ask, makeGroup };
}

it('is on the next port but one from that of WebSocket, also where that is a free one', async () => {
  const { endpoints } = await start();
  const portOf = (transport: string) => Number(new URL(endpoints.find(each => each.transport === transport)!.url).port);
  expect(portOf('grpc')).toBe(portOf('websocket') + 2);
});

it('answers hi with where it serves, and never says when', async () => {
  const { ask } = open(await start());
  const answer = await ask(hi('test'));
  expect(answer).toMatchObject({ ctrl: { code: 201, text: 'created', params: { ver: '0.25', clusterSize: 1 } } });
  expect(answer).not.toHaveProperty('ctrl.ts');
});

it('carries messages between sessions, whatever they come by', async () => {
  const server = await start();
  const ada = open(server);
  await ada.ask(hi('test'));
  await ada.ask(account('ada'));
  const topic = await ada.makeGroup();

  const socket = new WebSocket(server.endpoints[0]!.url);
  closers.push(() => socket.close());
  await once(socket, 'open');
  const askBob = async (frame: object) => {
    socket.send(JSON.stringify(frame));
    return JSON.parse(String((await once(socket, 'message'))[0]));
  };
  await askBob(hi('test'));
  await askBob(account('bob'));
  await askBob({ sub: { topic } });
  expect(await ada.hear()).toMatchObject({ pres: { topic, what: 'acs' } });
  expect(await ada.hear()).toMatchObject({ pres: { topic, what: 'on' } });
  const data = { topic, seq: 1, content: { text: 'hello' }, head: { mime: 'x' } };
  expect(await askBob({ pub: { ...data, seq: undefined } })).toMatchObject({ data });
  expect(await ada.hear()).toMatchObject({ data });
});

it('lets a session go whose client ends well, which the others see', async () => {
  const server = await start({ timers: { unload: 1 } });
  const [ada, phone] = [open(server), open(server)];
  for (const each of [ada, phone]) await each.ask(hi('test'));
  await ada.ask(account('ada'));
  const topic = await ada.makeGroup();
  await phone.ask(account('bob'));
  await phone.ask({ sub: { id: 's', topic } });
  ada.call.end();
  while ((await ada.hear()) !== 'ended 0');
  expect(await phone.hear()).toMatchObject({ pres: { topic, what: 'off' } });
});

it('ends whoever it puts out, after a last word', async () => {
  const { ask, hear } = open(await start());
  await ask(hi('test'));
  await ask(account('ada'));
  expect(await ask({ del: { id: 'd', what: 'user' } })).toMatchObject({ ctrl: { id: 'd', code: 200 } });
  expect(await hear()).toMatchObject({ ctrl: { code: 205, text: 'evicted' } });
  expect(await hear()).toBe('ended 0');
});

it('ends calls that say what is no message, or too much', async () => {
  const server = await start({ limits: { messageBytes: 1024 } });
  const garbage = open(server);
  garbage.call.write(Buffer.from('junk'));
  expect(await garbage.hear()).toBe('ended 13');
  const large = open(server);
  large.say({ pub: { content: 'x'.repeat(1025) } });
  expect(await large.hear()).toBe('ended 8');
});

it('tells everybody when it stops', async () => {
  const server = await start();
  const { ask, hear } = open(server);
  await ask(hi('test'));
  const stopped = server.stop();
  expect(await hear()).toMatchObject({ ctrl: { code: 205, text: 'server shutdown' } });
  expect(await hear()).toBe('ended 0');
  await stopped;
});

it('ends a call that is not read, and serves the others', async () => {
  const lines = new EventEmitter();
  const server = await start({ limits: { queueBytes: 65_536 }, log: line => lines.emit(line) });
  const [slow, other] = [open(server), open(server)];
  await slow.ask(hi('test'));
  await slow.ask(account('ada'));
  await slow.ask({ sub: { id: 's', topic: 'slf' } });
  const given = once(lines, 'grpc 1: closing, reads too slowly');
  slow.call.pause();
  for (let sent = 0; sent < 400; sent++) slow.say({ pub: { topic: 'slf', content: 'x'.repeat(20_000) } });
  await given;
  expect(await other.ask(hi('test'))).toMatchObject({ ctrl: { code: 201 } });
  slow.call.resume();
  const heard: unknown[] = [];
  while (heard.at(-1) !== 'ended 8') heard.push(await slow.hear());
  expect(heard.length).toBeLessThan(400);
});
