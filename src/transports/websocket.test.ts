import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { connect, listenTcp, message, readText, turn } from '../../test/integration/transports/recorded-connection.ts';
import { frame, listenByHand, pair } from '../../test/integration/transports/websocket-peer.ts';

describe('messages that arrive', () => {
  it('are items with their opcode, invalid UTF-8 included', async () => {
    const { client, peer, socket } = await pair();
    peer.send('text');
    peer.send(Buffer.of(0, 255));
    peer.send('');
    peer.send('frag', { fin: false });
    peer.send('ment');
    socket.write(frame(0x81, Buffer.of(0xff, 0xfe)));
    await client.until('item', 5);
    expect(client.story().slice(1)).toEqual([
      { what: 'item', text: 'text', opcode: 'text' },
      { what: 'item', text: '\0\xff', opcode: 'binary' },
      { what: 'item', text: '', opcode: 'text' },
      { what: 'item', text: 'fragment', opcode: 'text' },
      { what: 'item', text: '\xff\xfe', opcode: 'text' },
    ]);
  });

  it('are stamped by their read: several in one, and what came with the upgrade', async () => {
    const port = await listenByHand(() => {}, Buffer.concat([frame(0x81, 'one'), frame(0x81, 'two')]));
    let blocked = false;
    const client = connect(`ws://127.0.0.1:${port}`, {}, ({ what }) => {
      // The consumer is slow; what it has not seen yet has arrived all the same.
      if (what === 'opened') for (const begin = performance.now(); performance.now() < begin + 20; ) blocked = true;
    });
    await client.until('item', 2);
    expect(blocked).toBe(true);
    const [opened, one, two] = client.heard.map(({ atUs }) => atUs);
    expect([one, two]).toEqual([opened, opened]);
  });

  it('that come byte by byte', async () => {
    const port = await listenByHand(async socket => {
      for (const byte of Buffer.concat([frame(0x01, 'a'), frame(0x80, 'b'), frame(0x82, 'c')])) {
        socket.write(Buffer.of(byte));
        await turn();
      }
    });
    const client = connect(`ws://127.0.0.1:${port}`);
    await client.until('item', 2);
    expect(client.texts()).toEqual(['ab', 'c']);
    expect(client.heard[2]!.atUs).toBeGreaterThan(client.heard[1]!.atUs);
  });
});

describe('messages that are written', () => {
  it('have opcode and fragments', async () => {
    const frames: [number, string][] = [];
    let read = Promise.resolve();
    const port = await listenByHand(socket => {
      read = readFrames(socket, frames, 6);
    });
    const client = connect(`ws://127.0.0.1:${port}`);
    await client.until('opened');
    client.connection.write(message('text'));
    client.connection.write(message(Buffer.of(0xff), { opcode: 'binary' }));
    client.connection.write(message('a☃', { cutAt: [1, 2] }));
    client.connection.write(message('p', { opcode: 'ping', cutAt: [1] }));
    await read;
    expect(frames).toEqual([
      [0x81, 'text'],
      [0x82, '\xff'],
      [0x01, 'a'],
      [0x00, '\xe2'],
      [0x80, '\x98\x83'],
      [0x89, 'p'],
    ]);
  });

  it('make one write when they are held together', async () => {
    const { client, socket } = await pair();
    const before = socket.bytesRead;
    client.connection.write(message('one', { hold: true }));
    await turn();
    expect(socket.bytesRead).toBe(before);
    client.connection.write(message('two'));
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(bytes.length).toBe(2 * (2 + 4 + 3));
  });

  it('go below the framing as wire bytes', async () => {
    const { client, peer } = await pair();
    const failed = once(peer, 'error').catch((error: unknown) => error);
    client.connection.write(message(Buffer.of(0xf1, 0x00), { wire: true }));
    await failed;
    expect(await client.until('closed')).toMatchObject({ code: 1002, by: 'target' });
  });

  it('say why they cannot be written', async () => {
    const { port } = await listenTcp();
    const early = connect(`ws://127.0.0.1:${port}`);
    expect(early.connection.write(message('x'))).toMatchObject({ ok: false, reason: 'the connection is not open yet' });
    const { client } = await pair();
    expect(client.connection.write(message('x'.repeat(126), { opcode: 'ping' }))).toMatchObject({
      ok: false,
      reason: 'expected a ping of at most 125 bytes, came 126: write a longer one with wire: true',
    });
    expect(client.connection.request({ method: 'GET', path: '/', headers: {} })).toMatchObject({ ok: false });
    client.connection.close({ half: false, abort: false });
    expect(client.connection.write(message('x'))).toMatchObject({
      ok: false,
      reason: 'the connection is closed or closing',
    });
  });
});

describe('pings', () => {
  it('are answered and noted, a hundred in one write too', async () => {
    const { client, peer, socket } = await pair();
    let pongs = 0;
    const all = new Promise<void>(resolve => peer.on('pong', () => ++pongs === 100 && resolve()));
    socket.write(Buffer.concat(Array.from({ length: 100 }, () => frame(0x89, 'hi'))));
    await all;
    expect(await client.until('note')).toMatchObject({ text: 'ping of 2 bytes received, answered' });
    client.connection.write(message('there', { opcode: 'ping' }));
    expect(await client.until('note', 101)).toMatchObject({ text: 'pong of 5 bytes received' });
  });

  it('are not answered with pong: false', async () => {
    const { client, peer } = await pair({ pong: false });
    peer.on('pong', () => expect.unreachable());
    peer.ping();
    expect(await client.until('note')).toMatchObject({ text: 'ping of 0 bytes received, not answered' });
    const received = once(peer, 'message');
    client.connection.write(message('after'));
    await received;
  });
});

describe('the end of a WebSocket', () => {
  it('by the target with code and reason, stamped by its read and told at once though TCP stays open', async () => {
    const port = await listenByHand(socket =>
      socket.write(frame(0x88, Buffer.concat([Buffer.of(0x0f, 0xa1), Buffer.from('bye')]))),
    );
    const client = connect(`ws://127.0.0.1:${port}`);
    const closed = await client.until('closed');
    expect(closed).toMatchObject({ code: 4001, reason: 'bye', by: 'target' });
    expect(closed).not.toHaveProperty('error');
    expect(closed.atUs - client.heard[0]!.atUs).toBeLessThan(1_000_000);
  });

  it('by the target without a code', async () => {
    const { client, peer } = await pair();
    peer.close();
    expect(await client.until('closed')).toMatchObject({ code: 1005, by: 'target' });
  });

  it('answers the close frame before it ends', async () => {
    const { client, peer } = await pair();
    const closed = once(peer, 'close');
    peer.close(4000, 'x');
    expect((await closed)[0]).toBe(4000);
    await client.until('closed');
  });

  it.each([
    [undefined, 1005],
    [1000, 1000],
    [4999, 4999],
  ])('by us with code %s', async (code, seen) => {
    const { client, peer } = await pair();
    const closed = once(peer, 'close');
    client.connection.close({ ...(code === undefined ? {} : { code }), half: false, abort: false });
    expect((await closed)[0]).toBe(seen);
    expect(await client.until('closed')).toMatchObject({ code: seen, by: 'us' });
  });

  it('by us with a code that nobody may send', async () => {
    const { client, peer } = await pair();
    const failed = once(peer, 'error').catch((error: unknown) => error);
    client.connection.close({ code: 1006, half: false, abort: false });
    await failed;
    expect(await client.until('closed')).toMatchObject({ code: 1002, by: 'us' });
  });

  it('by us, when the target does not answer', async () => {
    const port = await listenByHand(socket => socket.pause());
    const client = connect(`ws://127.0.0.1:${port}`);
    await client.until('opened');
    client.connection.close({ code: 1000, half: false, abort: false });
    expect(await client.until('closed')).toMatchObject({ code: 1006, by: 'us' });
    expect(await client.until('note')).toMatchObject({ text: 'the target did not follow our close within 2000 ms' });
  });

  it('by our half close and abort', async () => {
    const half = await pair();
    half.client.connection.close({ half: true, abort: false });
    expect(half.client.connection.write(message('x'))).toMatchObject({
      ok: false,
      reason: 'we have ended our side of the connection',
    });
    expect(await half.client.until('closed')).toMatchObject({ code: 1006, by: 'us' });
    const abort = await pair();
    const ended = once(abort.socket, 'error').catch((error: unknown) => error);
    abort.client.connection.close({ half: false, abort: true });
    expect(await abort.client.until('closed')).toMatchObject({ code: 1006, by: 'us' });
    expect(await ended).toMatchObject([{ code: 'ECONNRESET' }]);
  });

  it('by the target without a word, in order and by a reset', async () => {
    const orderly = await pair();
    orderly.socket.end();
    const closed = await orderly.client.until('closed');
    expect(closed).toMatchObject({ code: 1006, by: 'target' });
    expect(closed).not.toHaveProperty('error');
    const reset = await pair();
    reset.socket.resetAndDestroy();
    expect(await reset.client.until('closed')).toMatchObject({ code: 1006, by: 'target', error: 'ECONNRESET' });
  });

  it.each([
    ['a masked frame', frame(0x81, 'abcdx', 0x80), 'Invalid WebSocket frame: MASK must be clear'],
    ['RSV bits', frame(0xc1, 'x'), 'Invalid WebSocket frame: RSV1 must be clear'],
    ['an unknown opcode', frame(0x83, 'x'), 'Invalid WebSocket frame: invalid opcode 3'],
    ['a cut ping', frame(0x09, 'x'), 'Invalid WebSocket frame: FIN must be set'],
    [
      'a close code that nobody may send',
      frame(0x88, Buffer.of(0x03, 0xed)),
      'Invalid WebSocket frame: invalid status code 1005',
    ],
  ])('after %s is an error', async (_name, bytes, reason) => {
    const port = await listenByHand(() => {}, Buffer.concat([frame(0x81, 'before'), bytes, frame(0x81, 'after')]));
    const client = connect(`ws://127.0.0.1:${port}`, { keepBytes: 64 });
    await client.until('closed');
    expect(client.story().slice(1)).toEqual([
      { what: 'item', text: 'before', opcode: 'text' },
      { what: 'closed', code: 1006, by: 'target', error: 'bad-frame', reason },
    ]);
  });

  it('after a message longer than is kept is no fault of its framing', async () => {
    const port = await listenByHand(() => {}, frame(0x82, 'x'.repeat(65)));
    const client = connect(`ws://127.0.0.1:${port}`, { keepBytes: 64 });
    expect(await client.until('closed')).toMatchObject({
      code: 1006,
      by: 'target',
      error: 'too-long',
      reason: 'expected messages of at most 64 bytes and 16384 fragments, came more',
    });
  });

  it('is silent after destroy, at any time and from within the sink', async () => {
    const { port } = await listenTcp();
    const early = connect(`ws://127.0.0.1:${port}`);
    early.connection.destroy();
    const handPort = await listenByHand(() => {}, Buffer.concat([frame(0x81, 'one'), frame(0x81, 'two')]));
    const late = connect(`ws://127.0.0.1:${handPort}`, {}, ({ what }) => {
      if (what === 'item') late.connection.destroy();
    });
    await late.until('item');
    await turn();
    await turn();
    expect(late.texts()).toEqual(['one']);
    expect(late.heard).toHaveLength(2);
    expect(early.heard).toEqual([]);
  });
});

/** Client frames, unmasked by hand: first byte and payload. */
async function readFrames(socket: Socket, frames: [number, string][], count: number): Promise<void> {
  let size = 0;
  await readText(socket, text => {
    const bytes = Buffer.from(text, 'latin1');
    while (bytes.length >= size + 2 && bytes.length >= size + 6 + (bytes[size + 1]! & 0x7f)) {
      const length = bytes[size + 1]! & 0x7f;
      const mask = bytes.subarray(size + 2, size + 6);
      const payload = bytes.subarray(size + 6, size + 6 + length).map((byte, k) => byte ^ mask[k % 4]!);
      frames.push([bytes[size]!, Buffer.from(payload).toString('latin1')]);
      size += 6 + length;
    }
    return frames.length >= count;
  });
}
