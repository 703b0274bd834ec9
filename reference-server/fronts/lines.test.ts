import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Domain } from '../core/domain.ts';
import type { Outbound } from '../core/outbound.ts';
import { createSwitchboard, type Switchboard } from '../core/switchboard.ts';
import { openLineClient } from '../testing/line-client.ts';
import { type LinesFront, type LinesFrontOptions, serveLines } from './lines.ts';

interface Running extends LinesFront {
  readonly switchboard: Switchboard;
}

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(front => front.stop()));
});

/** Says back what it hears; `bye` closes, `all` goes to everybody, `boom` is a defect. */
function echoDomain(told: string[] = [], mostConnections = 100): Domain {
  const open = new Set<number>();
  const send = (to: readonly number[], text: string): Outbound[] => [{ kind: 'send', to, text }];
  return {
    mostConnections,
    connect(connection) {
      open.add(connection);
      return [];
    },
    receive(connection, { payload }) {
      const text = Buffer.from(payload).toString();
      if (text === 'boom') throw new Error('boom');
      if (text === 'bye') return [...send([connection], 'bye'), { kind: 'close', connection, code: 0, reason: 'bye' }];
      return send(text === 'all' ? [...open] : [connection], text);
    },
    disconnect(connection) {
      open.delete(connection);
      told.push(`gone ${connection}`);
      return send([...open], 'somebody has left');
    },
  };
}

async function start(options: Partial<LinesFrontOptions> = {}, domain = echoDomain()): Promise<Running> {
  let switchboard: Switchboard;
  let lastId = 0;
  const front = await serveLines({
    host: '127.0.0.1',
    port: 0,
    lineBytes: 1000,
    queueBytes: 1_000_000,
    closeMs: 1000,
    lineEnd: () => '\n',
    inSegments: () => false,
    attach(sockets) {
      switchboard = createSwitchboard(domain, sockets, () => {});
      return switchboard;
    },
    nextId: () => ++lastId,
    log: () => {},
    ...options,
  });
  const opened = { ...front, switchboard: switchboard! };
  running.push(opened);
  return opened;
}

describe('lines', () => {
  it('come in any pieces, and several at once', async () => {
    const client = await openLineClient((await start()).url);
    client.socket.write('on');
    client.socket.write('e\ntwo\r\nthr');
    expect(await client.next()).toBe('one');
    expect(await client.next()).toBe('two');
    client.socket.write('ee\n');
    expect(await client.next()).toBe('three');
  });

  it('go to whom the domain says, also outside of an answer', async () => {
    const front = await start();
    const ada = await openLineClient(front.url);
    const bob = await openLineClient(front.url);
    ada.say('x');
    expect(await ada.next()).toBe('x');
    bob.say('all');
    expect([await ada.next(), await bob.next()]).toEqual(['all', 'all']);
    front.switchboard.carryOut([{ kind: 'send', to: [1], text: 'late' }]);
    expect(await ada.next()).toBe('late');
  });

  it('end as the domain wants them to, and may come in segments', async () => {
    const client = await openLineClient((await start({ lineEnd: () => '\r\n', inSegments: () => true })).url);
    client.say('one');
    const [bytes] = await once(client.socket, 'data');
    expect(String(bytes).startsWith('on')).toBe(true);
    expect(await client.next()).toBe('one');
  });

  it('are answered after the client has ended its side', async () => {
    const client = await openLineClient((await start()).url);
    client.socket.end('one\ntwo\n');
    expect([await client.next(), await client.next(), await client.next()]).toEqual(['one', 'two', 'closed']);
  });
});

describe('a connection', () => {
  it('is closed when the domain says so, behind what it sent, and what follows is not heard', async () => {
    const told: string[] = [];
    const client = await openLineClient((await start({}, echoDomain(told))).url);
    client.socket.write('bye\nmore\n');
    expect([await client.next(), await client.next()]).toEqual(['bye', 'closed']);
    expect(told).toEqual(['gone 1']);
  });

  it('that is gone is told of, and what that causes is sent', async () => {
    const front = await start();
    const ada = await openLineClient(front.url);
    const bob = await openLineClient(front.url);
    bob.say('here');
    expect(await bob.next()).toBe('here');
    ada.socket.resetAndDestroy();
    expect(await bob.next()).toBe('somebody has left');
  });

  it('is closed for a line without end', async () => {
    const client = await openLineClient((await start()).url);
    client.socket.write('x'.repeat(1001));
    expect(await client.next()).toBe('closed');
  });

  it('is closed for a defect of the domain', async () => {
    const client = await openLineClient((await start()).url);
    client.say('boom');
    expect(await client.next()).toBe('closed');
  });

  it('is closed if it does not read', async () => {
    const front = await start({ lineBytes: 1_000_000, queueBytes: 4096 });
    const client = await openLineClient(front.url);
    client.socket.pause();
    const closed = once(client.socket, 'close');
    for (let n = 0; n < 50; n++) client.say('x'.repeat(100_000));
    client.socket.resume();
    await closed;
  });

  it('more than there may be is closed at once', async () => {
    const front = await start({}, echoDomain([], 1));
    const first = await openLineClient(front.url);
    const second = await openLineClient(front.url);
    expect(await second.next()).toBe('closed');
    first.say('x');
    expect(await first.next()).toBe('x');
  });

  it('does not outlive the server', async () => {
    const front = await start();
    const client = await openLineClient(front.url);
    await front.stop();
    expect(await client.next()).toBe('closed');
  });
});

it('has a URL that can be reached, whatever it listens on', async () => {
  expect((await start({ host: '0.0.0.0' })).url).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
});
