/** The whole server, on real sockets. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type ReferenceServerOptions, type RunningServer, startReferenceServer } from '../index.ts';
import { emailOf, login, logout, registration, verification, voice } from '../testing/chat.ts';
import { type LineClient, openLineClient } from '../testing/line-client.ts';
import { socketChat } from './protocol.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(options: ReferenceServerOptions = { demo: true }): Promise<RunningServer> {
  const server = await startReferenceServer('socket-chat', options);
  ends.push(() => server.stop());
  return server;
}

async function enter(server: RunningServer, name: string): Promise<LineClient> {
  const client = await openLineClient(server.endpoints[0]!.url);
  await client.ask(registration(name));
  expect(await client.ask(verification('0000'))).toEqual({ event: 'success', type: 'verify' });
  await client.ask(login(name));
  return client;
}

async function openVoice(accepted: string): Promise<{ socket: Socket; heard: () => Promise<string> }> {
  const { ip, port } = JSON.parse(accepted).details;
  const socket = createSocket('udp4');
  ends.push(() => socket.close());
  socket.connect(Number(port), ip);
  await once(socket, 'connect');
  return { socket, heard: async () => String((await once(socket, 'message'))[0]) };
}

it('appends one-time passwords of four digits to a file, before it says that they were sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'socket-chat-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const otpLog = join(folder, 'otp.log');
  const server = await start({ otpLog });
  const client = await openLineClient(server.endpoints[0]!.url);
  await client.ask(registration('ada'));
  await client.ask(registration('ada'));
  const [first, second] = [...readFileSync(otpLog, 'utf8').matchAll(/^ada@chat\.example (\d{4})$/gm)].map(
    each => each[1]!,
  );
  expect(first).not.toBe(second);
  expect(await client.ask(verification(second!))).toEqual({ event: 'success', type: 'verify' });
});

it('relays datagrams between the two of a call, until one of them leaves', async () => {
  const server = await start();
  const ada = await enter(server, 'ada');
  const bob = await enter(server, 'bob');
  ada.say(voice('call', 'bob'));
  await bob.next();
  bob.say(voice('accept', 'ada'));
  const fromAda = await openVoice(await ada.next());
  const fromBob = await openVoice(await bob.next());

  // Each is known by its first datagram; which of the two comes first nobody knows.
  const greeted = Promise.race([fromAda.heard(), fromBob.heard()]);
  fromAda.socket.send('hello');
  fromBob.socket.send('hello');
  expect(await greeted).toBe('hello');
  const heardByBob = fromBob.heard();
  fromAda.socket.send('to bob');
  expect(['hello', 'to bob']).toContain(await heardByBob);

  expect(await bob.ask(logout)).toEqual({ event: 'success', type: 'logout' });
  const refused = once(fromAda.socket, 'error');
  fromAda.socket.send('anybody there');
  expect((await refused)[0]).toMatchObject({ code: 'ECONNREFUSED' });
});

it('has the times of the document and its readings', () => {
  const { call, silence } = socketChat.timers;
  expect([call!.defaultValue, silence!.defaultValue]).toEqual([30_000, 60_000]);
});

it('lets a call time out by its own clock', async () => {
  const server = await start({ demo: true, timers: { call: 20 } });
  const ada = await enter(server, 'ada');
  const bob = await enter(server, 'bob');
  ada.say(voice('call', 'bob'));
  expect(JSON.parse(await bob.next()).event).toBe('request');
  expect(JSON.parse(await ada.next())).toEqual({ event: 'time', type: 'voice', details: { email: emailOf('bob') } });
  expect(JSON.parse(await bob.next())).toEqual({ event: 'time', type: 'voice', details: { email: emailOf('ada') } });
});

it('stops while calls ring and relays are open', async () => {
  const server = await startReferenceServer('socket-chat', { demo: true });
  const ada = await enter(server, 'ada');
  const bob = await enter(server, 'bob');
  ada.say(voice('call', 'bob'));
  await bob.next();
  bob.say(voice('accept', 'ada'));
  await ada.next();
  const carol = await enter(server, 'carol');
  const dora = await enter(server, 'dora');
  carol.say(voice('call', 'dora'));
  await dora.next();
  await server.stop();
  expect(await ada.next()).toBe('closed');
});
