/** A JSON-RPC 2.0 client that is not ours works with the bundled Thunder Messenger server: as a client, and as the server that notifications call. */
import { once } from 'node:events';
import { JSONRPCClient, JSONRPCServer, JSONRPCServerAndClient } from 'json-rpc-2.0';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startReferenceServer } from '../../reference-server/index.ts';

const running: RunningServer[] = [];
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(running.splice(0).map(server => server.stop()));
});

async function start(generation: string): Promise<RunningServer> {
  const server = await startReferenceServer('thunder-messenger', { generation });
  running.push(server);
  return server;
}

/** What is called by a notification, by its name. */
type Heard = readonly [method: string, params: unknown];

async function open(server: RunningServer, path = '') {
  const socket = new WebSocket(`${server.endpoints[0]!.url}${path}`, ['notification']);
  sockets.push(socket);
  await once(socket, 'open');
  const waiting: ((heard: Heard) => void)[] = [];
  const arrived: Heard[] = [];
  const peer = new JSONRPCServerAndClient(
    new JSONRPCServer(),
    new JSONRPCClient(request => socket.send(JSON.stringify(request))),
  );
  socket.on('message', data => void peer.receiveAndSend(JSON.parse(String(data))));
  return {
    socket,
    call: async (method: string, params?: object): Promise<unknown> => await peer.request(method, params),
    notify: (method: string, params: object) => peer.notify(method, params),
    listen: (method: string) =>
      peer.addMethod(method, params => {
        const taker = waiting.shift();
        if (taker) taker([method, params]);
        else arrived.push([method, params]);
      }),
    next: (): Promise<Heard> => {
      const heard = arrived.shift();
      return heard ? Promise.resolve(heard) : new Promise(resolve => waiting.push(resolve));
    },
  };
}

const roomidOf = (result: unknown): string =>
  typeof result === 'string' ? result : (result as { readonly roomid: string }).roomid;

describe.each(['r5', 'r4'])('generation %s', generation => {
  it('carries a message from one client to the other', async () => {
    const server = await start(generation);
    const ada = await open(server);
    const bob = await open(server, '/Messenger');
    ada.listen('tablet.roomupdate');
    await ada.call('Messenger.1.register', { event: 'roomupdate', id: 'tablet' });

    const mine = roomidOf(await bob.call('join', { room: 'kitchen', user: 'bob' }));
    expect(await ada.next()).toEqual(['tablet.roomupdate', { room: 'kitchen', action: 'created', secure: 'insecure' }]);
    bob.listen(`${mine}.phone.message`);
    bob.listen(`${mine}.phone.userupdate`);
    await bob.call('1.register', { event: 'message', id: `${mine}.phone` });
    await bob.call('1.register', { event: 'userupdate', id: `${mine}.phone` });
    expect(await bob.next()).toEqual([`${mine}.phone.userupdate`, { user: 'bob', action: 'joined' }]);

    const roomid = roomidOf(await ada.call('Messenger.join', { room: 'kitchen', user: 'ada' }));
    expect(await bob.next()).toEqual([`${mine}.phone.userupdate`, { user: 'ada', action: 'joined' }]);
    expect(await ada.call('Messenger.1.send', { roomid, message: 'Tea? ☕' })).toBeNull();
    expect(await bob.next()).toEqual([`${mine}.phone.message`, { user: 'ada', message: 'Tea? ☕' }]);
    ada.notify('Messenger.1.leave', { roomid });
    expect(await bob.next()).toEqual([`${mine}.phone.userupdate`, { user: 'ada', action: 'left' }]);
  });

  it('refuses with errors that the client understands', async () => {
    const ada = await open(await start(generation));
    const refused = ada.call('Messenger.1.send', { roomid: 'nobody', message: 'x' });
    await expect(refused).rejects.toMatchObject({
      message: 'ERROR_UNKNOWN_KEY',
      code: generation === 'r5' ? -31_022 : 22,
    });
    await expect(ada.call('Messenger.1.jump')).rejects.toMatchObject({ code: -32_601 });
    expect(await ada.call('Messenger.1.versions')).toEqual([1]);
  });
});
