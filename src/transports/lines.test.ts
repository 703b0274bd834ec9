import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  connect,
  listenTcp,
  message,
  readText,
  turn,
  unusedPort,
} from '../../test/integration/transports/recorded-connection.ts';

describe('lines that arrive', () => {
  it('are items, several in one read and one in pieces', async () => {
    const { port, accepted } = await listenTcp();
    const client = connect(`tcp://127.0.0.1:${port}`);
    const socket = await accepted;
    await client.until('opened');
    socket.write('one\ntwo\r\nth');
    await client.until('item', 2);
    for (const byte of 'ree ☃\n') {
      socket.write(byte);
      await turn();
    }
    await client.until('item', 3);
    socket.end('rest');
    await client.until('closed');
    expect(client.story()).toEqual([
      { what: 'opened' },
      { what: 'item', text: 'one' },
      { what: 'item', text: 'two' },
      { what: 'item', text: Buffer.from('three ☃').toString('latin1') },
      { what: 'item', text: 'rest', unterminated: true },
      { what: 'closed', by: 'target' },
    ]);
    expect(client.heard[0]).toMatchObject({ address: `127.0.0.1:${port}` });
    const instants = client.heard.map(({ atUs }) => atUs);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(client.heard[1]?.atUs).toBe(client.heard[2]?.atUs);
  });

  it('are cut at the bound of what is kept', async () => {
    const { port } = await listenTcp(socket => socket.end(`${'x'.repeat(500_000)}\nshort\n`));
    const client = connect(`tcp://127.0.0.1:${port}`, { keepBytes: 10 });
    await client.until('closed');
    expect(client.story()).toEqual([
      { what: 'opened' },
      { what: 'item', text: 'xxxxxxxxxx', droppedBytes: 499_990 },
      { what: 'item', text: 'short' },
      { what: 'closed', by: 'target' },
    ]);
  });
});

describe('lines that are written', () => {
  it('get their LF; wire bytes do not', async () => {
    const { port, accepted } = await listenTcp();
    const client = connect(`tcp://127.0.0.1:${port}`);
    const text = readText(await accepted);
    await client.until('opened');
    expect(client.connection.write(message('one'))).toMatchObject({ ok: true });
    client.connection.write(message('two\r\n', { wire: true }));
    client.connection.write(message('naïve', { cutAt: [1, 2, 3, 4, 5, 6] }));
    client.connection.close({ half: true, abort: false });
    expect(await text).toBe(`one\ntwo\r\n${Buffer.from('naïve').toString('latin1')}\n`);
  });

  it('make one write when they are held together', async () => {
    const { port, accepted } = await listenTcp();
    const client = connect(`tcp://127.0.0.1:${port}`);
    const socket = await accepted;
    await client.until('opened');
    client.connection.write(message('one', { hold: true }));
    client.connection.write(message('two', { hold: true }));
    await turn();
    expect(socket.bytesRead).toBe(0);
    client.connection.write(message('three'));
    const [bytes] = await once(socket, 'data');
    expect(String(bytes)).toBe('one\ntwo\nthree\n');
  });

  it('are not written before it is open and after it is closed', async () => {
    const { port } = await listenTcp();
    const client = connect(`tcp://127.0.0.1:${port}`);
    expect(client.connection.write(message('x'))).toMatchObject({
      ok: false,
      reason: 'the connection is not open yet',
    });
    await client.until('opened');
    expect(client.connection.write(message('x', { opcode: 'ping' }))).toMatchObject({
      ok: false,
      reason: 'lines have no ping',
    });
    const request = { method: 'GET', path: '/', headers: {} };
    expect(client.connection.request(request)).toMatchObject({
      ok: false,
      reason: 'a lines transport has messages, not HTTP requests',
    });
    client.connection.close({ half: false, abort: false });
    expect(client.connection.write(message('x'))).toMatchObject({ ok: false, reason: 'we have closed the connection' });
    await client.until('closed');
    expect(client.connection.write(message('x'))).toMatchObject({ ok: false, reason: 'the connection is closed' });
  });
});

describe('the end of a lines connection', () => {
  it('by our close', async () => {
    const { port } = await listenTcp();
    const client = connect(`tcp://127.0.0.1:${port}`);
    await client.until('opened');
    client.connection.close({ half: false, abort: false });
    client.connection.close({ half: false, abort: false });
    expect(await client.until('closed')).toMatchObject({ by: 'us' });
    expect(client.story()).toHaveLength(2);
  });

  it('by our half close: the target still speaks', async () => {
    const { port } = await listenTcp(socket => socket.once('end', () => socket.end('answer\n')).resume(), true);
    const client = connect(`tcp://127.0.0.1:${port}`);
    await client.until('opened');
    client.connection.close({ half: true, abort: false });
    expect(client.connection.write(message('x'))).toMatchObject({
      ok: false,
      reason: 'we have ended our side of the connection',
    });
    await client.until('closed');
    expect(client.story()).toEqual([
      { what: 'opened' },
      { what: 'item', text: 'answer' },
      { what: 'closed', by: 'us' },
    ]);
  });

  it('by our abort: a reset', async () => {
    const { port, accepted } = await listenTcp();
    const client = connect(`tcp://127.0.0.1:${port}`);
    const socket = await accepted;
    await client.until('opened');
    const reset = once(socket, 'error').catch((error: unknown) => error);
    client.connection.close({ half: false, abort: true });
    socket.resume();
    expect(await client.until('closed')).toMatchObject({ by: 'us' });
    expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
  });

  it('by a reset of the target', async () => {
    const { port, accepted } = await listenTcp();
    const client = connect(`tcp://127.0.0.1:${port}`);
    await client.until('opened');
    (await accepted).resetAndDestroy();
    const closed = await client.until('closed');
    expect(closed).toMatchObject({ by: 'target', error: 'ECONNRESET' });
  });

  it('by our close that the target does not follow', async () => {
    const { port, accepted } = await listenTcp(() => {}, true);
    const client = connect(`tcp://127.0.0.1:${port}`);
    await client.until('opened');
    (await accepted).pause();
    client.connection.close({ half: false, abort: false });
    expect(await client.until('closed')).toMatchObject({ by: 'us' });
    expect(client.heard.map(({ what, text }) => [what, text])).toContainEqual([
      'note',
      'the target did not follow our close within 2000 ms',
    ]);
  });

  it('is silent after destroy, also from within the sink', async () => {
    const { port } = await listenTcp(socket => socket.write('one\ntwo\nthree\n'));
    const client = connect(`tcp://127.0.0.1:${port}`, {}, ({ what }) => {
      if (what === 'item') client.connection.destroy();
    });
    await client.until('item');
    await turn();
    expect(client.texts()).toEqual(['one']);
    expect(client.connection.write(message('x'))).toMatchObject({ ok: false });
  });
});

describe('a lines connection that does not come about', () => {
  it('because nothing listens', async () => {
    const port = await unusedPort();
    const client = connect(`tcp://127.0.0.1:${port}`);
    await client.until('refused');
    expect(client.story()).toEqual([
      {
        what: 'refused',
        code: 'ECONNREFUSED',
        detail: `expected a TCP connection to 127.0.0.1:${port}, came connect ECONNREFUSED 127.0.0.1:${port}: start the target or correct its endpoint`,
      },
    ]);
    expect(client.connection.write(message('x'))).toMatchObject({ ok: false, reason: 'the connection is closed' });
  });

  it('because its name is unknown', async () => {
    const client = connect('tcp://name.invalid:1', { timeoutUs: 4_000_000 });
    expect((await client.until('refused')).code).toMatch(/^(?:ENOTFOUND|EAI_AGAIN)$/);
  });

  it('because its endpoint is wrong', async () => {
    const client = connect('tcp://127.0.0.1');
    expect(client.heard).toEqual([]);
    expect(await client.until('refused')).toMatchObject({ code: 'bad-endpoint' });
    expect(client.connection.write(message('x'))).toMatchObject({ ok: false, reason: 'the connection was refused' });
    client.connection.close({ half: false, abort: false });
  });

  it('because we closed it before', async () => {
    const { port } = await listenTcp();
    const client = connect(`tcp://127.0.0.1:${port}`);
    client.connection.close({ half: false, abort: false });
    expect(client.heard).toEqual([]);
    expect(await client.until('refused')).toMatchObject({ code: 'ECANCELED' });
  });
});
