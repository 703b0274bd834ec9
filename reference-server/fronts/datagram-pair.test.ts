import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import type { PairPorts, PairSide } from '../core/datagrams.ts';
import { openDatagramPair } from './datagram-pair.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function peer(): Promise<Socket> {
  const socket = createSocket('udp4');
  closers.push(() => socket.close());
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

it('hands over what comes in at each port, and sends through the port that is named', async () => {
  const routed: string[] = [];
  const ports = await new Promise<PairPorts>(opened => {
    const close = openDatagramPair({
      host: '127.0.0.1',
      log: () => {},
      opened,
      route(side, from, payload) {
        routed.push(`${side} ${Buffer.from(payload).toString()}`);
        const through: PairSide = side === 'one' ? 'other' : 'one';
        return [{ through, to: from, payload }];
      },
    });
    closers.push(close);
  });
  expect(ports.one).not.toBe(ports.other);

  const socket = await peer();
  socket.send('hello', ports.one, '127.0.0.1');
  const [payload, from] = await once(socket, 'message');
  expect(String(payload)).toBe('hello');
  expect(from.port).toBe(ports.other);
  expect(routed).toEqual(['one hello']);
});

it('that is closed before it has opened never opens', async () => {
  let opened = 0;
  const close = openDatagramPair({ host: '127.0.0.1', log: () => {}, route: () => [], opened: () => opened++ });
  close();
  close();
  // Another one, begun later, has opened: so the first would have too.
  await new Promise(resolve => {
    closers.push(openDatagramPair({ host: '127.0.0.1', log: () => {}, route: () => [], opened: resolve }));
  });
  expect(opened).toBe(0);
});
