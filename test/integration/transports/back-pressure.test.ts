import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { connect, listen, listenTcp, type Recorded, turn } from './recorded-connection.ts';

/** Writes blocks until the socket has not taken one for a hundred turns. */
async function writeUntilStuck(socket: Socket, block: Buffer): Promise<void> {
  for (let idle = 0, written = -1; idle < 100; idle += 1) {
    await turn();
    if (socket.writableLength === 0) socket.write(block);
    const takenBytes = socket.bytesWritten - socket.writableLength;
    if (takenBytes !== written) idle = 0;
    written = takenBytes;
  }
}

const line = Buffer.from(`${'x'.repeat(1023)}\n`);
const lines = Buffer.concat(Array.from({ length: 64 }, () => line));

/** Server frames of one kilobyte each. */
const frames = Buffer.concat(
  Array.from({ length: 64 }, () => Buffer.concat([Buffer.of(0x81, 126, 0x04, 0x00), Buffer.alloc(1024, 'x')])),
);

function itemsOf(client: Recorded): number {
  return client.heard.filter(({ what }) => what === 'item').length;
}

async function lineTarget(): Promise<{ readonly client: Recorded; readonly socket: Socket; readonly block: Buffer }> {
  const { port, accepted } = await listenTcp();
  const client = connect(`tcp://127.0.0.1:${port}`);
  await client.until('opened');
  return { client, socket: await accepted, block: lines };
}

async function webSocketTarget(): Promise<{
  readonly client: Recorded;
  readonly socket: Socket;
  readonly block: Buffer;
}> {
  const server = createServer();
  const accepted = new Promise<Socket>(resolve =>
    new WebSocketServer({ server }).once('connection', (_peer, { socket }) => resolve(socket)),
  );
  const client = connect(`ws://127.0.0.1:${await listen(server)}`);
  await client.until('opened');
  return { client, socket: await accepted, block: frames };
}

describe.each([
  ['lines', lineTarget],
  ['websocket', webSocketTarget],
])('reading of a %s connection', (_name, target) => {
  it('stops, so that the target has to wait, and goes on where it was', async () => {
    const { client, socket, block } = await target();
    client.connection.setReading(false);
    await writeUntilStuck(socket, block);
    expect(socket.writableLength).toBeGreaterThan(0);
    expect(itemsOf(client)).toBe(0);
    client.connection.setReading(true);
    const written = (socket.bytesWritten / block.length) | 0;
    await client.until('item', 64 * written);
    expect(itemsOf(client)).toBe(64 * written);
  });

  it('stops from within the sink: only what one read has brought still comes', async () => {
    const { client, socket, block } = await target();
    const stop = client.until('item').then(() => client.connection.setReading(false));
    await writeUntilStuck(socket, block);
    await stop;
    expect(itemsOf(client)).toBeLessThanOrEqual(128);
    client.connection.setReading(true);
    await client.until('item', 1000);
  });

  it('of a stopped connection ends in time all the same', async () => {
    const { client, socket, block } = await target();
    client.connection.setReading(false);
    await writeUntilStuck(socket, block);
    client.connection.close({ half: false, abort: false });
    expect(await client.until('closed')).toMatchObject({ by: 'us' });
  });
});

describe('a flood', () => {
  it('of one endless line costs no more memory than is kept', async () => {
    const { port, accepted } = await listenTcp();
    const client = connect(`tcp://127.0.0.1:${port}`, { keepBytes: 1000 });
    const socket = await accepted;
    const block = Buffer.alloc(1 << 20, 'x');
    const floodBytes = 256 << 20;
    let peakBytes = 0;
    for (let sent = 0; sent < floodBytes; sent += block.length) {
      await new Promise(resolve => socket.write(block, resolve));
      peakBytes = Math.max(peakBytes, process.memoryUsage().arrayBuffers);
    }
    socket.end('\n');
    expect(await client.until('item')).toMatchObject({ droppedBytes: floodBytes - 1000 });
    expect(peakBytes).toBeLessThan(floodBytes / 2);
  });

  it('of an endless body costs no more memory than is kept', async () => {
    const bodyBytes = 64 << 20;
    const port = await listen(createServer((_request, response) => response.end(Buffer.alloc(bodyBytes, 'x'))));
    const client = connect(`http://127.0.0.1:${port}`, { keepBytes: 1000 });
    client.connection.request({ method: 'GET', path: '/', headers: {} });
    expect(await client.until('item')).toMatchObject({ droppedBytes: bodyBytes - 1000 });
  });
});
