import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startBareServer } from './bare-server.ts';
import type { BareTopology } from './bare-topology.ts';

/** A user who counts what it hears. */
interface User {
  say(frame: object): void;
  /** The next message. */
  next(): Promise<string>;
}

function userOf(say: User['say'], heard: (hear: (text: string) => void) => void): User {
  const messages: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  heard(text => {
    const first = waiting.shift();
    if (first) first(text);
    else messages.push(text);
  });
  return {
    say,
    next: () => new Promise(resolve => (messages.length > 0 ? resolve(messages.shift()!) : waiting.push(resolve))),
  };
}

const openers = {
  async websocket(port: number): Promise<User> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
    onTestFinished(() => socket.terminate());
    await once(socket, 'open');
    return userOf(
      frame => socket.send(JSON.stringify(frame)),
      hear => socket.on('message', data => hear(String(data))),
    );
  },
  async lines(port: number): Promise<User> {
    const socket = connect({ port, host: '127.0.0.1' });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return userOf(
      frame => socket.write(`${JSON.stringify(frame)}\n`),
      hear => createInterface(socket).on('line', hear),
    );
  },
};

const done = (id: string) => JSON.stringify({ is: 'done', id });

async function enter(topology: BareTopology, names: readonly string[]): Promise<readonly User[]> {
  const { port, stop } = await startBareServer(topology);
  onTestFinished(stop);
  return Promise.all(
    names.map(async name => {
      const user = await openers[topology.framing](port);
      user.say({ is: 'enter', name, id: name });
      expect(await user.next()).toBe(done(name));
      return user;
    }),
  );
}

test.each(['websocket', 'lines'] as const)(
  'on %s a message reaches who must have it, as it was sent',
  async framing => {
    const audiences = [
      { to: [0, 1], copy: true },
      { to: [0, 1], copy: false },
    ];
    const topology = { framing, acknowledges: true, audiences };
    const [ada, bob, eve] = await enter(topology, ['1-here', '2-here', '1-there']);
    const message = (entry: number, text: string) => ({ is: 'said', entry, text, id: text });
    ada!.say(message(0, 'first'));
    expect([await ada!.next(), await ada!.next()]).toEqual([done('first'), JSON.stringify(message(0, 'first'))]);
    expect(await bob!.next()).toBe(JSON.stringify(message(0, 'first')));
    // Without a copy: the next that Ada hears is what Bob says.
    ada!.say(message(1, 'second'));
    expect(await ada!.next()).toBe(done('second'));
    expect(await bob!.next()).toBe(JSON.stringify(message(1, 'second')));
    bob!.say(message(1, 'x'.repeat(70_000)));
    expect(await ada!.next()).toBe(JSON.stringify(message(1, 'x'.repeat(70_000))));
    // The other channel has heard of nothing.
    eve!.say(message(0, 'alone'));
    expect([await eve!.next(), await eve!.next()]).toEqual([done('alone'), JSON.stringify(message(0, 'alone'))]);
  },
);

test('nothing is acknowledged where the pack does not', async () => {
  const topology = { framing: 'lines', acknowledges: false, audiences: [{ to: [1], copy: true }] } as const;
  const [ada, bob] = await enter(topology, ['1-here', '2-here']);
  ada!.say({ is: 'said', entry: 0, text: 'hello', id: '1' });
  expect(await bob!.next()).toContain('hello');
  bob!.say({ is: 'said', entry: 0, text: 'self', id: '2' });
  expect(await bob!.next()).toContain('self');
});
