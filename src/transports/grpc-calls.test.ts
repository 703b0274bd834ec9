import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { expect, it, onTestFinished } from 'vitest';
import { connect, message, unusedPort } from '../../test/integration/transports/recorded-connection.ts';
import { listenForCalls } from './grpc-calls.ts';

const identity = (bytes: Buffer) => bytes;

async function listen() {
  const port = await unusedPort();
  const listener = listenForCalls({ host: '127.0.0.1', port }, '/chat.Hook', 1000);
  onTestFinished(() => listener.stop());
  return { port, hear: () => connect(`grpc://127.0.0.1:${port}`, {}, undefined, listener.open) };
}

/** A caller of the library that everybody uses. */
function call(port: number, method: string, bytes: string): Promise<string | ServiceError> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  onTestFinished(() => client.close());
  return new Promise(resolve => {
    client.makeUnaryRequest(method, identity, identity, Buffer.from(bytes), (error, answer) =>
      resolve(error ?? answer!.toString()),
    );
  });
}

it('answers what nobody hears with an empty message, and other services not at all', async () => {
  const { port, hear } = await listen();
  await hear().until('opened');
  expect(await call(port, '/chat.Other/Ask', 'one')).toMatchObject({ code: status.UNIMPLEMENTED });
  const { port: unheard } = await listen();
  expect(await call(unheard, '/chat.Hook/Ask', 'one')).toBe('');
});

it('makes items of calls, and gives each its own answer', async () => {
  const { port, hear } = await listen();
  const hook = hear();
  await hook.until('opened');
  const answers = [call(port, '/chat.Hook/Ask', 'one'), call(port, '/chat.Hook/Tell', 'two')];
  await hook.until('item', 2);
  const calls = hook.heard.filter(({ what }) => what === 'item');
  expect(calls.map(({ text, call }) => [text, call]).sort()).toEqual([
    ['one', { n: expect.any(Number), method: '/chat.Hook/Ask' }],
    ['two', { n: expect.any(Number), method: '/chat.Hook/Tell' }],
  ]);
  for (const { text, call: made } of [...calls].reverse())
    expect(hook.connection.write(message(`re ${text}`, { answers: (made as { n: number }).n }))).toMatchObject({
      ok: true,
    });
  expect(await Promise.all(answers)).toEqual(['re one', 're two']);
});

it('writes nothing but answers, each once', async () => {
  const { port, hear } = await listen();
  const hook = hear();
  await hook.until('opened');
  expect(hook.connection.write(message('one'))).toMatchObject({ ok: false, unfit: true });
  const answered = call(port, '/chat.Hook/Ask', 'one');
  await hook.until('item');
  hook.connection.write(message('re one', { answers: 1 }));
  expect(hook.connection.write(message('re one', { answers: 1 }))).toMatchObject({ ok: false });
  expect(await answered).toBe('re one');
});

it('is heard by one at a time; who goes leaves nobody waiting', async () => {
  const { port, hear } = await listen();
  const first = hear();
  await first.until('opened');
  expect(await hear().until('refused')).toMatchObject({ code: 'not-listening' });
  const waiting = call(port, '/chat.Hook/Ask', 'one');
  await first.until('item');
  first.connection.close({ half: false, abort: false });
  expect(await waiting).toBe('');
  expect(await hear().until('opened')).toMatchObject({ address: `127.0.0.1:${port}` });
});

it('is refused where another process listens', async () => {
  const { port } = await listen();
  const other = listenForCalls({ host: '127.0.0.1', port }, '/chat.Hook', 1000);
  onTestFinished(() => other.stop());
  const hook = connect(`grpc://127.0.0.1:${port}`, {}, undefined, other.open);
  expect(await hook.until('refused')).toMatchObject({ code: 'EADDRINUSE' });
});

it('says where it listens, on a port that is free', async () => {
  const listener = listenForCalls({ host: '127.0.0.1', port: 0 }, '/chat.Hook', 1000);
  onTestFinished(() => listener.stop());
  const { port } = new URL(await listener.url);
  expect(await call(Number(port), '/chat.Hook/Ask', 'one')).toBe('');
});
