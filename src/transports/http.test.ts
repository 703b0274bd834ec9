import { createServer, type IncomingMessage as NodeRequest, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  connect,
  listen,
  listenTcp,
  message,
  readText,
  turn,
} from '../../test/integration/transports/recorded-connection.ts';
import type { OutgoingRequest } from './connection.ts';

function request(path: string, about: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return { method: 'GET', path, headers: {}, ...about };
}

/** Answers with method, path and body of the request. */
async function listenEcho(): Promise<{
  readonly port: number;
  readonly requests: NodeRequest[];
  readonly server: Server;
}> {
  const requests: NodeRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    requests.push(incoming);
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      if (incoming.url === '/close') outgoing.setHeader('Connection', 'close');
      if (incoming.url === '/moved') outgoing.writeHead(302, { Location: '/elsewhere' });
      if (incoming.url === '/early') outgoing.writeContinue();
      outgoing.write(`${incoming.method} ${incoming.url} `);
      outgoing.end(Buffer.concat(pieces));
    });
  });
  return { port: await listen(server), requests, server };
}

/** A server that says what it is told, however it is asked. */
async function listenRaw(answer: (socket: Socket) => void): Promise<number> {
  const { port } = await listenTcp(socket => socket.once('data', () => answer(socket)));
  return port;
}

describe('requests', () => {
  it('are answered in order over one connection, also when they are written at once', async () => {
    const { port, requests } = await listenEcho();
    const client = connect(`http://127.0.0.1:${port}`, { headers: { 'X-Asked': 'always' } });
    await client.until('opened');
    expect(client.connection.request(request('/1'))).toMatchObject({ ok: true });
    client.connection.request(
      request('/2', { method: 'POST', body: Buffer.from('hi'), headers: { 'x-asked': 'now' } }),
    );
    client.connection.request(request('/early', { method: 'PUT' }));
    await client.until('item', 3);
    client.connection.request(request('/4', { method: 'HEAD' }));
    client.connection.request(request('/moved'));
    await client.until('item', 5);
    expect(client.texts()).toEqual(['GET /1 ', 'POST /2 hi', 'PUT /early ', '', 'GET /moved ']);
    const answers = client.heard.filter(({ what }) => what === 'item').map(({ http }) => http);
    expect(answers).toMatchObject([
      { status: 200 },
      { status: 200 },
      { status: 200 },
      { status: 200 },
      { status: 302, headers: { location: '/elsewhere' } },
    ]);
    expect(new Set(requests.map(({ socket }) => socket)).size).toBe(1);
    expect(requests.map(({ headers }) => headers['x-asked'])).toEqual(['always', 'now', 'always', 'always', 'always']);
  });

  it('wait for the connection, and open it anew after its end', async () => {
    const { port, requests } = await listenEcho();
    const client = connect(`http://127.0.0.1:${port}`);
    expect(client.connection.request(request('/close'))).toMatchObject({ ok: true });
    await client.until('closed');
    client.connection.request(request('/again'));
    await client.until('item', 2);
    client.connection.close({ half: false, abort: false });
    client.connection.request(request('/at-once'));
    await client.until('item', 3);
    expect(client.heard.map(({ what }) => what)).toEqual([
      'opened',
      'item',
      'closed',
      'opened',
      'item',
      'closed',
      'opened',
      'item',
    ]);
    expect(client.heard[2]).toMatchObject({ by: 'target' });
    expect(client.heard[5]).toMatchObject({ by: 'us' });
    expect(new Set(requests.map(({ socket }) => socket)).size).toBe(3);
  });

  it('open it anew also when they are made the moment an answer that ends it is heard', async () => {
    const { port, requests } = await listenEcho();
    const client = connect(`http://127.0.0.1:${port}`, {}, ({ text }) => {
      if (text === 'GET /close ') client.connection.request(request('/again'));
    });
    client.connection.request(request('/close'));
    await client.until('item', 2);
    expect(client.heard.map(({ what }) => what)).toEqual(['opened', 'item', 'closed', 'opened', 'item']);
    expect(client.texts()).toEqual(['GET /close ', 'GET /again ']);
    expect(client.heard[2]).toMatchObject({ by: 'us' });
    expect(requests).toHaveLength(2);
  });

  it('open the connection anew also when nobody is there any more', async () => {
    const { port, server } = await listenEcho();
    const client = connect(`http://127.0.0.1:${port}`);
    await client.until('opened');
    server.close();
    server.closeAllConnections();
    await client.until('closed');
    expect(client.connection.request(request('/'))).toMatchObject({ ok: true });
    expect(await client.until('refused')).toMatchObject({ code: 'ECONNREFUSED' });
    client.connection.request(request('/'));
    await client.until('refused', 2);
  });

  it('that cannot be written say why', async () => {
    const { port } = await listenEcho();
    const client = connect(`http://127.0.0.1:${port}`);
    expect(client.connection.request(request('/a b'))).toMatchObject({
      ok: false,
      reason: 'expected a path of printable ASCII, came "/a b": percent-encode it',
    });
    expect(client.connection.write(message('x', { opcode: 'ping' }))).toMatchObject({
      ok: false,
      reason: 'HTTP has no ping',
    });
    client.connection.destroy();
    expect(client.connection.request(request('/'))).toMatchObject({ ok: false, reason: 'the connection is destroyed' });
  });

  it('may be bytes that are no HTTP', async () => {
    const { port, accepted } = await listenTcp();
    const client = connect(`http://127.0.0.1:${port}`);
    await client.until('opened');
    const text = readText(await accepted, all => all.endsWith('\n'));
    client.connection.write(message('nonsense\n', { cutAt: [3] }));
    expect(await text).toBe('nonsense\n');
    (await accepted).write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
    expect(await client.until('item')).toMatchObject({ http: { status: 400 } });
  });
});

describe('answers', () => {
  it('that come byte by byte', async () => {
    const port = await listenRaw(async socket => {
      for (const byte of 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n') {
        socket.write(byte);
        await turn();
      }
    });
    const client = connect(`http://127.0.0.1:${port}`);
    client.connection.request(request('/'));
    await client.until('item');
    expect(client.story()).toEqual([
      { what: 'opened' },
      {
        what: 'item',
        text: 'hi',
        http: { status: 200, headers: { 'set-cookie': 'a, b', 'transfer-encoding': 'chunked' } },
      },
    ]);
  });

  it.each([
    ['not HTTP', 'SSH-2.0-x\r\n\r\n', 'expected a status line (HTTP/1.1 200 OK), came "SSH-2.0-x"'],
    [
      'shorter than they say',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab',
      'expected 3 more after 2 bytes of a body, came the end of the connection',
    ],
  ])('that are %s close the connection', async (_name, text, reason) => {
    const port = await listenRaw(socket => socket.end(text));
    const client = connect(`http://127.0.0.1:${port}`);
    client.connection.request(request('/'));
    await client.until('closed');
    expect(client.story()).toEqual([{ what: 'opened' }, { what: 'closed', by: 'target', error: 'bad-http', reason }]);
  });

  it('that end with the connection, and are longer than is kept', async () => {
    const port = await listenRaw(socket => socket.end(`HTTP/1.0 200 OK\r\n\r\n${'x'.repeat(1000)}`));
    const client = connect(`http://127.0.0.1:${port}`, { keepBytes: 3 });
    client.connection.request(request('/'));
    await client.until('closed');
    expect(client.story()).toEqual([
      { what: 'opened' },
      { what: 'item', text: 'xxx', droppedBytes: 997, http: { status: 200, headers: {} } },
      { what: 'closed', by: 'target' },
    ]);
  });
});

describe('the end of an HTTP connection', () => {
  it('by the target while it is idle', async () => {
    const { port, accepted } = await listenTcp();
    const client = connect(`http://127.0.0.1:${port}`);
    await client.until('opened');
    (await accepted).end();
    expect(await client.until('closed')).toMatchObject({ by: 'target' });
  });

  it('by a reset with requests unanswered', async () => {
    const { port, accepted } = await listenTcp(socket => socket.pause());
    const client = connect(`http://127.0.0.1:${port}`);
    await client.until('opened');
    client.connection.request(request('/'));
    (await accepted).resetAndDestroy();
    expect(await client.until('closed')).toMatchObject({ by: 'target', error: 'ECONNRESET' });
    expect(await client.until('note')).toMatchObject({ text: 'the connection ended with 1 requests unanswered' });
  });

  it('by us, politely and not', async () => {
    const { port } = await listenEcho();
    for (const abort of [false, true]) {
      const client = connect(`http://127.0.0.1:${port}`);
      await client.until('opened');
      client.connection.close({ half: false, abort });
      expect(await client.until('closed')).toMatchObject({ by: 'us' });
    }
  });

  it('by our half close, after which answers still come', async () => {
    const { port } = await listenTcp(
      socket => socket.once('end', () => socket.end('HTTP/1.1 200 OK\r\n\r\nlate')).resume(),
      true,
    );
    const client = connect(`http://127.0.0.1:${port}`);
    await client.until('opened');
    client.connection.request(request('/'));
    client.connection.close({ half: true, abort: false });
    await client.until('closed');
    expect(client.story()).toMatchObject([{ what: 'opened' }, { text: 'late' }, { what: 'closed', by: 'us' }]);
  });
});
