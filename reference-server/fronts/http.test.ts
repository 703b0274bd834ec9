import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type ReferenceServerOptions, type RunningServer, startReferenceServer } from '../index.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.stop()));
});

async function start(options: ReferenceServerOptions = {}): Promise<URL> {
  const server = await startReferenceServer('thunder-messenger', options);
  running.push(server);
  return new URL(server.endpoints.find(({ transport }) => transport === 'http')!.url);
}

const request = (method: string, params?: object) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: `Messenger.1.${method}`, params });
const join = (user: string) => request('join', { room: 'lounge', user });

/** A socket that says what it is told to, byte by byte if need be, and hears one answer after the other. */
async function open({ hostname, port }: URL) {
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return {
    socket,
    write: (text: string) => void socket.write(text),
    post: (body: string) =>
      void socket.write(
        `POST /jsonrpc HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      ),
    async answer(): Promise<string> {
      const [data] = await once(socket, 'data');
      return String(data);
    },
  };
}

/** A WebSocket that watches rooms. */
async function watch(url: URL, path = '/jsonrpc') {
  const socket = new WebSocket(`ws://${url.host}${path}`, ['notification']);
  await once(socket, 'open');
  const next = async () => JSON.parse(String((await once(socket, 'message'))[0]));
  socket.send(request('register', { event: 'roomupdate', id: 'me' }));
  expect(await next()).toEqual({ jsonrpc: '2.0', id: 1, result: null });
  return { socket, next };
}

describe('one port', () => {
  it('serves HTTP beside WebSocket, and each hears what it is to hear', async () => {
    const url = await start();
    const watcher = await watch(url);
    const created = watcher.next();
    const answer = await fetch(url, { method: 'POST', body: join('ada') });
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toMatchObject({ id: 1, result: expect.any(String) });
    expect(await created).toMatchObject({ method: 'me.roomupdate', params: { action: 'created' } });
  });

  it('confirms the subprotocol, and serves the path of the plugin too', async () => {
    const url = await start();
    expect((await watch(url, '/jsonrpc/Messenger')).socket.protocol).toBe('notification');
    const socket = new WebSocket(`ws://${url.host}/other`);
    const [error] = await once(socket, 'error');
    expect(error.message).toBe('Unexpected server response: 400');
  });
});

it('takes what is joined over a connection for left when that ends', async () => {
  const url = await start();
  const watcher = await watch(url);
  const client = await open(url);
  let heard = watcher.next();
  client.post(join('ada'));
  expect(await client.answer()).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(await heard).toMatchObject({ params: { action: 'created' } });
  client.post(request('versions'));
  await client.answer();
  heard = watcher.next();
  client.socket.destroy();
  expect(await heard).toMatchObject({ params: { action: 'destroyed' } });
});

it('reads a body that comes in pieces', async () => {
  const client = await open(await start());
  const body = request('versions');
  client.write(`POST /jsonrpc HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`);
  for (const character of body) client.write(character);
  expect(await client.answer()).toContain('{"jsonrpc":"2.0","id":1,"result":[1]}');
});

it('refuses a body that is too long, and goes on without a client that goes away', async () => {
  const url = await start({ limits: { messageBytes: 1024 } });
  const client = await open(url);
  client.post('x'.repeat(1025));
  expect(await client.answer()).toMatch(/^HTTP\/1.1 413 /);
  const gone = await open(url);
  gone.write('POST /jsonrpc HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  gone.socket.destroy();
  expect((await fetch(url, { method: 'POST', body: request('versions') })).status).toBe(200);
});

it('stops though a connection is kept open', async () => {
  const url = await start();
  const client = await open(url);
  client.post(request('versions'));
  await client.answer();
  await Promise.all(running.splice(0).map(server => server.stop()));
  await expect(open(url)).rejects.toThrow('ECONNREFUSED');
});
