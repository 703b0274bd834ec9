import type { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connect, listenTcp, message, type Recorded, turn } from './recorded-connection.ts';
import { upgradeAnswer } from './websocket-peer.ts';

const schemes = ['ws', 'tcp', 'http', 'tls', 'wss', 'https'] as const;

/** What a target does with one connection: upgrade perhaps, say anything, end it somehow. */
interface Behaviour {
  readonly scheme: (typeof schemes)[number];
  readonly upgrade: boolean;
  readonly says: readonly Uint8Array[];
  readonly end: 'end' | 'destroy' | 'reset';
}

async function behave(socket: Socket, { upgrade, says, end }: Behaviour): Promise<void> {
  if (upgrade) socket.once('data', (request: Buffer) => socket.write(upgradeAnswer(request)));
  await turn();
  await turn();
  for (const bytes of says) {
    socket.write(bytes);
    await turn();
  }
  if (end === 'end') socket.end();
  else if (end === 'destroy') socket.destroy();
  else socket.resetAndDestroy();
}

async function meet(behaviour: Behaviour): Promise<Recorded> {
  const { port } = await listenTcp(socket => void behave(socket, behaviour));
  const client = connect(`${behaviour.scheme}://127.0.0.1:${port}`, { keepBytes: 50 });
  client.connection.request({ method: 'GET', path: '/', headers: {} });
  await Promise.race([client.until('closed'), client.until('refused')]);
  client.connection.write(message('x'));
  await turn();
  return client;
}

const says = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .constantFrom(
        'HTTP/1.1 200 OK\r\n\r\n',
        'HTTP/1.1 101 X\r\nUpgrade: websocket\r\n\r\n',
        '\x81\x02hi',
        '\x88\x00',
        '\x89\x00',
        'line\n',
      )
      .map(text => Buffer.from(text, 'latin1')),
  ),
  { maxLength: 5 },
);

describe('whatever a target says and however it ends', () => {
  it('a connection has one beginning and one end, instants in order, and nothing is thrown', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          scheme: fc.constantFrom(...schemes),
          upgrade: fc.boolean(),
          says,
          end: fc.constantFrom('end', 'destroy', 'reset'),
        }),
        async behaviour => {
          const { heard, connection } = await meet(behaviour as Behaviour);
          const until = heard.findIndex(({ what }) => what === 'closed' || what === 'refused');
          const instants = heard.map(({ atUs }) => atUs);
          expect(instants).toEqual(instants.toSorted((a, b) => a - b));
          const [first] = heard.map(({ what }) => what).filter(what => what !== 'note');
          expect(first).toBe(heard[until]!.what === 'refused' ? 'refused' : 'opened');
          if (!behaviour.scheme.startsWith('http')) expect(heard).toHaveLength(until + 1);
          connection.destroy();
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('many connections one after another', () => {
  it('leave no socket, timer or listener behind', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const held = (): number =>
      process.getActiveResourcesInfo().filter(kind => kind === 'TCPSocketWrap' || kind === 'UDPWrap').length;
    const { port } = await listenTcp(socket => {
      socket.once('data', (request: Buffer) => {
        socket.write(upgradeAnswer(request));
        socket.once('data', () => socket.end());
      });
    });
    const before = held();
    for (const scheme of ['ws', 'tcp', 'http', 'udp']) {
      for (let n = 0; n < 20; n += 1) {
        const client = connect(`${scheme}://127.0.0.1:${port}`);
        await client.until('opened');
        client.connection.close({ half: false, abort: n % 2 === 0 });
        if (n % 4 < 2) await client.until('closed');
        else client.connection.destroy();
      }
    }
    await expect.poll(held).toBeLessThanOrEqual(before);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });

  it('and many requests over one, neither', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
    const { port } = await listenTcp(socket =>
      socket.on('data', (bytes: Buffer) => socket.write(answer.repeat(bytes.toString().split('GET ').length - 1))),
    );
    const client = connect(`http://127.0.0.1:${port}`);
    await client.until('opened');
    for (let n = 1; n <= 200; n += 1) client.connection.request({ method: 'GET', path: '/', headers: {} });
    await client.until('item', 200);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});
