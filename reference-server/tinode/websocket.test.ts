import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { ReferenceServerOptions, RunningServer } from '../core/protocol.ts';
import { startReferenceServer } from '../index.ts';
import { account, hi } from '../testing/tinode-lobby.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.stop()));
});

async function start(options: ReferenceServerOptions = {}): Promise<RunningServer> {
  const server = await startReferenceServer('tinode', options);
  running.push(server);
  return server;
}

async function open(server: RunningServer, options: WebSocket.ClientOptions = {}) {
  const socket = new WebSocket(server.endpoints[0]!.url, options);
  await once(socket, 'open');
  const ask = async (frame: object): Promise<unknown> => {
    socket.send(JSON.stringify(frame));
    const [data] = await once(socket, 'message');
    return JSON.parse(String(data));
  };
  return { socket, ask };
}

it('opens for whoever has a key', async () => {
  const server = await start();
  const { ask } = await open(server);
  expect(await ask(hi('test'))).toMatchObject({ ctrl: { code: 201 } });

  const refused = new WebSocket(server.endpoints[0]!.url.split('?')[0]!);
  const [, response] = await once(refused, 'unexpected-response');
  expect([response.statusCode, response.headers['content-type']]).toEqual([403, 'text/plain; charset=utf-8']);
  const [body] = await once(response, 'data');
  expect(JSON.parse(String(body))).toMatchObject({ ctrl: { code: 403, text: 'valid API key required' } });
});

it('takes up no subprotocol', async () => {
  const { endpoints } = await start();
  const socket = new WebSocket(endpoints[0]!.url, ['tinode']);
  const [error] = await once(socket, 'error');
  expect(error.message).toBe('Server sent no subprotocol');
});

it('reads binary frames as text, and closes on what is too long', async () => {
  const { socket } = await open(await start({ limits: { messageBytes: 1024 } }));
  socket.send(Buffer.from('1'), { binary: true });
  expect(String((await once(socket, 'message'))[0])).toBe('0');
  socket.send('x'.repeat(1025));
  expect((await once(socket, 'close'))[0]).toBe(1009);
});

it('cuts whoever it puts out, after a last word', async () => {
  const { socket, ask } = await open(await start());
  await ask(hi('test'));
  await ask(account('ada'));
  const heard: unknown[] = [];
  socket.on('message', data => heard.push(JSON.parse(String(data))));
  socket.send(JSON.stringify({ del: { id: 'd', what: 'user' } }));
  expect((await once(socket, 'close'))[0]).toBe(1006);
  expect(heard).toMatchObject([{ ctrl: { id: 'd', code: 200 } }, { ctrl: { code: 205, text: 'evicted' } }]);
});

it('tells everybody when it stops', async () => {
  const server = await start();
  const { socket } = await open(server);
  const heard = Promise.all([once(socket, 'message'), once(socket, 'close')]);
  await server.stop();
  const [[last], [code]] = await heard;
  expect(JSON.parse(String(last))).toMatchObject({ ctrl: { code: 205, text: 'server shutdown' } });
  expect(code).toBe(1006);
});

it('sends pings, and cuts whoever does not answer them', async () => {
  const server = await start({ timers: { ping: 5, pong: 10_000 } });
  const { socket } = await open(server);
  for (let heard = 0; heard < 3; heard++) await once(socket, 'ping');
  const { socket: silent } = await open(await start({ timers: { ping: 5, pong: 20 } }), { autoPong: false });
  expect((await once(silent, 'close'))[0]).toBe(1006);
});
