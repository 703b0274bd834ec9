import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { connect, listen, listenTcp, message, nowUs } from './recorded-connection.ts';

function pathOf(name: string): string {
  return fileURLToPath(new URL(`certificates/${name}.pem`, import.meta.url));
}

function pem(name: string): string {
  return readFileSync(pathOf(name), 'utf8');
}

const ca = pathOf('ca');
const identity: TlsOptions = { cert: pem('server'), key: pem('server-key') };

async function listenTls(onSocket: (socket: TLSSocket) => void, options: TlsOptions = {}): Promise<number> {
  return (await acceptTls(onSocket, options)).port;
}

interface TlsTarget {
  readonly port: number;
  readonly accepted: Promise<TLSSocket>;
}

async function acceptTls(
  onSocket: (socket: TLSSocket) => void = () => {},
  options: TlsOptions = {},
): Promise<TlsTarget> {
  const server = createServer({ ...identity, ...options }, socket => {
    socket.on('error', () => {});
    onSocket(socket);
  });
  server.on('tlsClientError', () => {});
  const accepted = new Promise<TLSSocket>(resolve => server.once('secureConnection', resolve));
  return { port: await listen(server), accepted };
}

describe('lines over TLS', () => {
  it.each([
    ['a file', ca],
    ['text', pem('ca')],
  ])('with the authority from %s', async (_name, authority) => {
    const port = await listenTls(socket => socket.pipe(socket));
    const client = connect(`tls://127.0.0.1:${port}`, { tls: { ca: authority } });
    await client.until('opened');
    client.connection.write(message('naïve', { cutAt: [1, 2, 3, 4, 5, 6] }));
    await client.until('item');
    client.connection.close({ half: false, abort: false });
    await client.until('closed');
    expect(client.story()).toEqual([
      { what: 'opened' },
      { what: 'item', text: Buffer.from('naïve').toString('latin1') },
      { what: 'closed', by: 'us' },
    ]);
  });

  it('are stamped by their read', async () => {
    const port = await listenTls(socket => socket.write('one\ntwo\n'));
    let doneUs = 0;
    const client = connect(`tls://localhost:${port}`, { tls: { ca } }, ({ what, text }) => {
      if (what !== 'item' || text !== 'one') return;
      for (const begin = nowUs(); doneUs < begin + 20_000; ) doneUs = nowUs();
    });
    await client.until('item', 2);
    expect(client.heard[2]!.atUs).toBe(client.heard[1]!.atUs);
    expect(client.heard[2]!.atUs).toBeLessThan(doneUs - 15_000);
  });

  it('end by our abort with a reset of TCP', async () => {
    const port = await listenTls(socket => socket.resume());
    // What reaches TCP is seen by a relay below TLS.
    const relay = await listenTcp(socket => {
      const onward = connectTcp(port, '127.0.0.1').on('error', () => {});
      socket.pipe(onward).pipe(socket);
    });
    const client = connect(`tls://127.0.0.1:${relay.port}`, { tls: { ca } });
    await client.until('opened');
    const reset = once(await relay.accepted, 'error').catch((error: unknown) => error);
    client.connection.close({ half: false, abort: true });
    expect(await client.until('closed')).toMatchObject({ by: 'us' });
    expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
  });

  it('end by our half close', async () => {
    const port = await listenTls(socket => socket.resume().once('end', () => socket.end('late\n')), {
      allowHalfOpen: true,
    } as TlsOptions);
    const client = connect(`tls://127.0.0.1:${port}`, { tls: { ca } });
    await client.until('opened');
    client.connection.close({ half: true, abort: false });
    await client.until('closed');
    expect(client.story()).toEqual([{ what: 'opened' }, { what: 'item', text: 'late' }, { what: 'closed', by: 'us' }]);
  });

  it('show our certificate', async () => {
    const options: TlsOptions = { requestCert: true, ca: pem('ca') };
    const port = await listenTls(socket => socket.end(`${socket.getPeerCertificate().subject.CN}\n`), options);
    const known = connect(`tls://127.0.0.1:${port}`, {
      tls: { ca, cert: pathOf('client'), key: pathOf('client-key') },
    });
    await known.until('closed');
    expect(known.texts()).toEqual(['Antiphon test client']);
    const unknown = connect(`tls://127.0.0.1:${port}`, { tls: { ca } });
    // TLS 1.3: the server objects after the handshake is over for the client.
    const closed = await unknown.until('closed');
    expect(closed.by).toBe('target');
    expect(closed.error).toMatch(/^(?:ERR_SSL_|ECONNRESET)/);
  });
});

describe('a TLS connection that does not come about', () => {
  it('because nobody vouches for the server, unless it is said to be insecure', async () => {
    const port = await listenTls(socket => socket.end('in\n'));
    const client = connect(`tls://127.0.0.1:${port}`);
    const refused = await client.until('refused');
    expect(refused.code).toMatch(/^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)$/);
    expect(refused.detail).toMatch(
      new RegExp(
        `^expected a TLS connection to 127.0.0.1:${port}, came unable to .*: name the certificate authority in the target file \\(tls: ca\\)$`,
      ),
    );
    const insecure = connect(`tls://127.0.0.1:${port}`, { tls: { insecure: true } });
    await insecure.until('closed');
    expect(insecure.texts()).toEqual(['in']);
  });

  it('because the certificate is of another host', async () => {
    const port = await listenTls(() => {}, { cert: pem('client'), key: pem('client-key') });
    const client = connect(`tls://127.0.0.1:${port}`, { tls: { ca } });
    expect((await client.until('refused')).code).toMatch(/^(?:ERR_TLS_CERT_ALTNAME_INVALID|INVALID_PURPOSE)$/);
  });

  it('because the target does not speak TLS', async () => {
    const { port } = await listenTcp(socket => socket.end('hello, plain text here\n'));
    const client = connect(`tls://127.0.0.1:${port}`, { tls: { ca } });
    expect((await client.until('refused')).code).toMatch(/^(?:ERR_SSL_WRONG_VERSION_NUMBER|EPROTO)$/);
  });

  it('because the target is silent', async () => {
    const { port } = await listenTcp();
    const lines = connect(`tls://127.0.0.1:${port}`, { tls: { ca }, timeoutUs: 300_000 });
    expect(await lines.until('refused')).toMatchObject({ code: 'ETIMEDOUT' });
    const webSocket = connect(`wss://127.0.0.1:${port}`, { tls: { ca }, timeoutUs: 300_000 });
    const refused = await webSocket.until('refused');
    expect(refused).toMatchObject({ code: 'ETIMEDOUT' });
    expect(refused.detail).toContain(`expected a TLS handshake with 127.0.0.1:${port}, came nothing within 300 ms`);
  });

  it('because the target ends it', async () => {
    const { port } = await listenTcp(socket => socket.end());
    const client = connect(`tls://127.0.0.1:${port}`, { tls: { ca } });
    expect(await client.until('refused')).toMatchObject({ code: 'ECONNRESET' });
  });

  it.each(['tls', 'wss', 'https'])('because a file is missing: %s', async scheme => {
    const client = connect(`${scheme}://127.0.0.1:1`, { tls: { ca: '/nowhere/ca.pem' } });
    expect(await client.until('refused')).toMatchObject({ code: 'ENOENT' });
  });
});

describe('HTTP and WebSocket over TLS', () => {
  it('requests are answered', async () => {
    const server = createHttpsServer(identity, (request, response) => response.end(request.url));
    const port = await listen(server);
    const client = connect(`https://localhost:${port}`, { tls: { ca } });
    client.connection.request({ method: 'GET', path: '/1', headers: {} });
    client.connection.request({ method: 'GET', path: '/2', headers: {} });
    await client.until('item', 2);
    expect(client.texts()).toEqual(['/1', '/2']);
  });

  it('messages and wire bytes go to and fro', async () => {
    const server = createHttpsServer(identity);
    const webSockets = new WebSocketServer({ server });
    webSockets.on('connection', peer => {
      peer.on('error', () => {});
      peer.on('message', data => peer.send(data.toString()));
    });
    const port = await listen(server);
    const client = connect(`wss://127.0.0.1:${port}`, { tls: { ca } });
    await client.until('opened');
    client.connection.write(message('hello', { cutAt: [2] }));
    expect(await client.until('item')).toMatchObject({ text: 'hello' });
    client.connection.write(message(Buffer.of(0x81, 0x01, 0x61), { wire: true }));
    expect(await client.until('closed')).toMatchObject({ code: 1002, by: 'target' });
    const aborting = connect(`wss://127.0.0.1:${port}`, { tls: { ca } });
    await aborting.until('opened');
    aborting.connection.close({ half: false, abort: true });
    expect(await aborting.until('closed')).toMatchObject({ code: 1006, by: 'us' });
  });

  it('a refusal of the certificate is one of the handshake', async () => {
    const port = await listen(createHttpsServer(identity));
    const client = connect(`wss://127.0.0.1:${port}`);
    expect((await client.until('refused')).detail).toContain(
      `expected a TLS handshake with 127.0.0.1:${port}, came unable to`,
    );
  });
});

describe('reading over TLS', () => {
  it('stops and goes on', async () => {
    const { port, accepted } = await acceptTls();
    const client = connect(`tls://127.0.0.1:${port}`, { tls: { ca } });
    await client.until('opened');
    client.connection.setReading(false);
    (await accepted).write('x\n');
    // The target's answer to a second connection: the first one's bytes have arrived long before.
    const witness = connect(`tls://127.0.0.1:${port}`, { tls: { ca } });
    await witness.until('opened');
    expect(client.texts()).toEqual([]);
    client.connection.setReading(true);
    await client.until('item');
    expect(client.texts()).toEqual(['x']);
  });
});
