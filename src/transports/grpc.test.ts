import { createServer as createHttp2, type ServerHttp2Stream } from 'node:http2';
import { createServer as createTcp } from 'node:net';
import { Server, ServerCredentials, type ServerDuplexStream, status } from '@grpc/grpc-js';
import { expect, it, onTestFinished } from 'vitest';
import { connect, listen, message, unusedPort } from '../../test/integration/transports/recorded-connection.ts';

type Call = ServerDuplexStream<Buffer, Buffer>;

const identity = (bytes: Buffer) => bytes;

/** A server of the library that everybody uses: what it takes and gives is gRPC. */
async function serve(onCall: (call: Call) => void, maxBytes = 1000): Promise<number> {
  const server = new Server({ 'grpc.max_receive_message_length': maxBytes });
  const method = {
    path: '/chat.Node/Talk',
    requestStream: true,
    responseStream: true,
    requestSerialize: identity,
    requestDeserialize: identity,
    responseSerialize: identity,
    responseDeserialize: identity,
  };
  server.addService({ Talk: method }, { Talk: onCall });
  onTestFinished(() => server.forceShutdown());
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  );
}

const echo = (call: Call) => {
  call.on('data', (bytes: Buffer) => call.write(Buffer.concat([Buffer.from('re '), bytes])));
  call.on('end', () => call.end());
};

/** One that answers as it likes. */
async function serveRaw(onStream: (stream: ServerHttp2Stream) => void): Promise<number> {
  const server = createHttp2();
  server.on('stream', onStream);
  return listen(server as unknown as Parameters<typeof listen>[0]);
}

const talk = (port: number) => connect(`grpc://127.0.0.1:${port}/chat.Node/Talk`);
const politely = { half: false, abort: false };

it('sends messages, and each answer is an item', async () => {
  const client = talk(await serve(echo));
  expect(await client.until('opened')).toMatchObject({ address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  expect(client.connection.write(message('one'))).toMatchObject({ ok: true });
  expect(client.connection.write(message(Uint8Array.of(0xff)))).toMatchObject({ ok: true });
  expect(client.connection.write(message('three', { cutAt: [1, 3] }))).toMatchObject({ ok: true });
  await client.until('item', 3);
  expect(client.texts()).toEqual(['re one', 're \xff', 're three']);
});

it('sends a group as one write', async () => {
  const client = talk(await serve(echo));
  await client.until('opened');
  client.connection.write(message('a', { hold: true }));
  client.connection.write(message('b'));
  await client.until('item', 2);
  expect(client.texts()).toEqual(['re a', 're b']);
});

it('is closed with the status that the target ends the call with', async () => {
  const port = await serve(call =>
    call.on('data', () => call.emit('error', { code: status.ALREADY_EXISTS, details: 'schön: no' })),
  );
  const client = talk(port);
  await client.until('opened');
  client.connection.write(message('x'));
  expect(await client.until('closed')).toMatchObject({ status: 6, by: 'target', reason: 'schön: no' });
  expect(client.connection.write(message('x'))).toMatchObject({ ok: false, reason: 'the call is not open' });
});

it('is told that a message was too long', async () => {
  const client = talk(await serve(echo, 10));
  await client.until('opened');
  client.connection.write(message('x'.repeat(11)));
  expect(await client.until('closed')).toMatchObject({ status: status.RESOURCE_EXHAUSTED, by: 'target' });
});

it('is told of a method that the target has not', async () => {
  const client = connect(`grpc://127.0.0.1:${await serve(echo)}/chat.Node/Walk`);
  expect(await client.until('closed')).toMatchObject({ status: status.UNIMPLEMENTED, by: 'target' });
});

it('ends its side, and hears the other to its end', async () => {
  const client = talk(
    await serve(call => {
      call.resume().on('end', () => {
        call.write(Buffer.from('bye'));
        call.end();
      });
    }),
  );
  await client.until('opened');
  client.connection.close({ half: true, abort: false });
  expect(client.connection.write(message('x'))).toMatchObject({ reason: 'we have ended our side of the call' });
  expect(await client.until('closed')).toMatchObject({ status: 0, by: 'target' });
  expect(client.texts()).toEqual(['bye']);
});

it('closes politely, and gives up a target that does not follow', async () => {
  const polite = talk(await serve(echo));
  await polite.until('opened');
  polite.connection.close(politely);
  expect(await polite.until('closed')).toMatchObject({ status: 0 });
  const silent = talk(await serve(() => {}));
  await silent.until('opened');
  silent.connection.close(politely);
  expect(await silent.until('closed')).toMatchObject({ by: 'us' });
  expect(silent.heard.some(({ what }) => what === 'note')).toBe(true);
});

it('aborts: the target sees a cancelled call', async () => {
  let cancelled = () => {};
  const seen = new Promise<void>(resolve => {
    cancelled = resolve;
  });
  const client = talk(await serve(call => call.on('cancelled', cancelled).resume()));
  await client.until('opened');
  client.connection.write(message('x'));
  client.connection.close({ half: false, abort: true });
  expect(await client.until('closed')).toMatchObject({ by: 'us' });
  await seen;
});

it('is refused where nobody listens, where HTTP/2 is not spoken, and by what says nothing', async () => {
  expect(await talk(await unusedPort()).until('refused')).toMatchObject({ code: 'ECONNREFUSED' });
  const other = createTcp(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  expect(await talk(await listen(other)).until('refused')).toMatchObject({
    detail: expect.stringContaining('expected an HTTP/2 connection to 127.0.0.1'),
  });
  const mute = await listen(createTcp());
  const waiting = connect(`grpc://127.0.0.1:${mute}/a/b`, { timeoutUs: 50_000 });
  expect(await waiting.until('refused')).toMatchObject({ code: 'ETIMEDOUT' });
  const early = connect(`grpc://127.0.0.1:${mute}/a/b`);
  early.connection.close(politely);
  expect(await early.until('refused')).toMatchObject({ code: 'ECANCELED' });
});

it('tells an end without a status, half a message, and HTTP that is not gRPC', async () => {
  const port = await serveRaw(stream => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    stream.end(Buffer.of(0, 0, 0, 0, 9, 65));
  });
  const cut = talk(port);
  expect(await cut.until('closed')).toMatchObject({ error: 'no-status', by: 'target' });
  expect(cut.story()[1]).toMatchObject({ what: 'item', text: 'A', unterminated: true });
  const html = talk(await serveRaw(stream => stream.respond({ ':status': 404 }, { endStream: true })));
  expect(await html.until('closed')).toMatchObject({ error: 'no-status', reason: 'HTTP 404' });
});

it('writes bytes below the framing', async () => {
  const client = talk(await serve(echo));
  await client.until('opened');
  client.connection.write(message(Uint8Array.of(0, 0, 0, 0, 2, 104, 105), { wire: true }));
  await client.until('item');
  expect(client.texts()).toEqual(['re hi']);
});

it('does not read while it should not: the target has to wait', async () => {
  let written = 0;
  const port = await serve(call => {
    const more = () => {
      while (written < 400 && call.write(Buffer.alloc(10_000))) written++;
      if (written < 400) call.once('drain', more);
    };
    call.on('data', more);
  });
  const client = talk(port);
  await client.until('opened');
  client.connection.setReading(false);
  client.connection.write(message('go'));
  await expect.poll(() => written).toBeGreaterThan(0);
  expect(client.texts().length).toBeLessThan(10);
  client.connection.setReading(true);
  await client.until('item', 400);
});

it('has no place for requests, pings and pieces with pauses', async () => {
  const client = talk(await serve(echo));
  await client.until('opened');
  const { connection } = client;
  expect(connection.request({ method: 'GET', path: '/', headers: {} })).toMatchObject({ unfit: true });
  expect(connection.write(message('', { opcode: 'ping' }))).toMatchObject({ unfit: true });
  expect(connection.write(message('a', { more: true }))).toMatchObject({ unfit: true });
});
