import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { connect, listen, listenTcp, turn, unusedPort } from '../../test/integration/transports/recorded-connection.ts';
import { pair } from '../../test/integration/transports/websocket-peer.ts';

describe('the handshake', () => {
  it('carries headers, subprotocols and path, and offers no extension', async () => {
    const handleProtocols = (offered: Set<string>) => [...offered].at(-1) ?? false;
    const { client, headers } = await pair(
      { headers: { 'X-Key': 'k', Host: 'other' }, subprotocols: ['a', 'b'] },
      { handleProtocols, perMessageDeflate: true },
      '/v0?x=y',
    );
    expect(client.heard[0]).toMatchObject({ subprotocol: 'b' });
    expect(headers).toMatchObject({ 'x-key': 'k', host: 'other', 'sec-websocket-protocol': 'a,b', url: '/v0?x=y' });
    expect(headers).not.toHaveProperty('sec-websocket-extensions');
  });

  it('may end without a subprotocol', async () => {
    const { client } = await pair({ subprotocols: ['a'] }, { handleProtocols: () => false });
    expect(client.heard[0]).not.toHaveProperty('subprotocol');
  });

  it('is refused with a status and the beginning of a body', async () => {
    const port = await listen(
      createServer((_request, response) => response.writeHead(403, 'Forbidden').end(`no key ${'x'.repeat(9000)}`)),
    );
    const client = connect(`ws://127.0.0.1:${port}`);
    const refused = await client.until('refused');
    expect(refused).toMatchObject({ code: 'bad-handshake', status: 403 });
    expect(String(refused.detail)).toMatch(
      new RegExp(
        `^expected an upgrade to WebSocket \\(101\\) by 127.0.0.1:${port}, came 403 Forbidden: no key x{1017}$`,
      ),
    );
    await turn();
    expect(client.story()).toHaveLength(1);
  });

  it.each([
    ['HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n', 'bad-handshake', 'came 302 Found'],
    [
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
      'bad-handshake',
      'came Invalid Sec-WebSocket-Accept header',
    ],
    ['nonsense\r\n\r\n', 'HPE_INVALID_CONSTANT', 'came Parse Error'],
    ['', 'ECONNRESET', 'came the end of the connection'],
  ])('is refused after %j', async (answer, code, detail) => {
    const { port } = await listenTcp(socket => socket.once('data', () => socket.end(answer)));
    const client = connect(`ws://127.0.0.1:${port}`);
    const refused = await client.until('refused');
    expect(refused.code).toBe(code);
    expect(refused.detail).toContain(detail);
    await turn();
    expect(client.story()).toHaveLength(1);
  });

  it('is given up when the server is silent, or never ends its refusal', async () => {
    const silent = await listenTcp();
    const endless = await listenTcp(socket =>
      socket.once('data', () => socket.write('HTTP/1.1 500 Oops\r\nContent-Length: 99\r\n\r\nx')),
    );
    const first = connect(`ws://127.0.0.1:${silent.port}`, { timeoutUs: 300_000 });
    const second = connect(`ws://127.0.0.1:${endless.port}`, { timeoutUs: 300_000 });
    expect(await first.until('refused')).toMatchObject({
      code: 'ETIMEDOUT',
      detail: `expected an answer to the WebSocket handshake by 127.0.0.1:${silent.port}, came nothing within 300 ms: see whether the target answers there, or allow more time`,
    });
    expect(await second.until('refused')).toMatchObject({ code: 'bad-handshake', status: 500 });
    expect((await silent.accepted).destroyed).toBe(false);
  });

  it('does not begin where nothing listens, after our close, or with what cannot be sent', async () => {
    const port = await unusedPort();
    const unheard = connect(`ws://127.0.0.1:${port}`);
    expect(await unheard.until('refused')).toMatchObject({
      code: 'ECONNREFUSED',
      detail: `expected a TCP connection to 127.0.0.1:${port}, came connect ECONNREFUSED 127.0.0.1:${port}: start the target or correct its endpoint`,
    });
    const listening = await listenTcp();
    const closed = connect(`ws://127.0.0.1:${listening.port}`);
    closed.connection.close({ half: false, abort: false });
    expect(closed.heard).toEqual([]);
    expect(await closed.until('refused')).toMatchObject({ code: 'ECANCELED' });
    const badHeader = connect(`ws://127.0.0.1:${listening.port}`, { headers: { a: 'x\r\ny' } });
    expect(await badHeader.until('refused')).toMatchObject({ code: 'ERR_INVALID_CHAR' });
    const badSubprotocol = connect(`ws://127.0.0.1:${listening.port}`, { subprotocols: ['a b'] });
    expect(await badSubprotocol.until('refused')).toMatchObject({ code: 'bad-request' });
  });
});
