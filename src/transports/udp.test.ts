import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect, message, turn, unusedPort } from '../../test/integration/transports/recorded-connection.ts';

async function listenUdp(): Promise<{ readonly server: Socket; readonly port: number }> {
  const server = createSocket('udp4');
  await new Promise<void>(resolve => server.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>(resolve => server.close(() => resolve())));
  return { server, port: server.address().port };
}

async function nextDatagram(server: Socket): Promise<readonly [string, RemoteInfo]> {
  const [bytes, from] = (await once(server, 'message')) as [Buffer, RemoteInfo];
  return [bytes.toString('latin1'), from];
}

describe('datagrams', () => {
  it('go and come, each an item', async () => {
    const { server, port } = await listenUdp();
    const client = connect(`udp://127.0.0.1:${port}`, { keepBytes: 4 });
    await client.until('opened');
    expect(client.connection.write(message('ask'))).toMatchObject({ ok: true });
    const [text, from] = await nextDatagram(server);
    expect(text).toBe('ask');
    server.send('one', from.port);
    server.send('', from.port);
    server.send('longer', from.port);
    await client.until('item', 3);
    client.connection.close({ half: false, abort: false });
    await client.until('closed');
    expect(client.story()).toEqual([
      { what: 'opened' },
      { what: 'item', text: 'one' },
      { what: 'item', text: '' },
      { what: 'item', text: 'long', droppedBytes: 2 },
      { what: 'closed', by: 'us' },
    ]);
    expect(client.connection.write(message('x'))).toMatchObject({ ok: false, reason: 'the socket is not open' });
  });

  it('are cut and held together', async () => {
    const { server, port } = await listenUdp();
    const client = connect(`udp://127.0.0.1:${port}`);
    await client.until('opened');
    client.connection.write(message('ab', { cutAt: [1] }));
    expect((await nextDatagram(server))[0]).toBe('a');
    expect((await nextDatagram(server))[0]).toBe('b');
    client.connection.write(message('c', { hold: true }));
    client.connection.write(message('d'));
    expect((await nextDatagram(server))[0]).toBe('cd');
  });

  it('that nobody takes are a note, and those that do not fit are not written', async () => {
    const client = connect(`udp://127.0.0.1:${await unusedPort()}`);
    await client.until('opened');
    client.connection.write(message('x'));
    expect(await client.until('note')).toMatchObject({
      text: 'nothing listens at the target: the network refused a datagram',
    });
    expect(client.connection.write(message('x'.repeat(65_508)))).toMatchObject({
      ok: false,
      reason: 'expected a datagram of at most 65507 bytes, came 65508',
    });
    expect(client.connection.write(message('x', { opcode: 'ping' }))).toMatchObject({ ok: false });
    expect(client.connection.request({ method: 'GET', path: '/', headers: {} })).toMatchObject({ ok: false });
  });

  it('are dropped and counted while reading is stopped', async () => {
    const { server, port } = await listenUdp();
    const client = connect(`udp://127.0.0.1:${port}`);
    await client.until('opened');
    client.connection.write(message('ask'));
    const [, from] = await nextDatagram(server);
    client.connection.setReading(false);
    server.send('one', from.port);
    // A second socket of ours that hears a later datagram: what came before it has arrived.
    const witness = connect(`udp://127.0.0.1:${port}`);
    await witness.until('opened');
    witness.connection.write(message('ask'));
    const [, second] = await nextDatagram(server);
    server.send('here', second.port);
    await witness.until('item');
    await turn();
    client.connection.setReading(true);
    expect(await client.until('note')).toMatchObject({
      text: '1 datagrams came while reading was stopped and were dropped',
    });
    server.send('two', from.port);
    await client.until('item');
    expect(client.texts()).toEqual(['two']);
  });
});

describe('a UDP socket that does not come about', () => {
  it('because its name is unknown', async () => {
    const client = connect('udp://name.invalid:1', { timeoutUs: 4_000_000 });
    expect((await client.until('refused')).code).toMatch(/^(?:ENOTFOUND|EAI_AGAIN)$/);
  });

  it('because we closed it before', async () => {
    const client = connect('udp://localhost:1');
    client.connection.close({ half: false, abort: false });
    expect(await client.until('refused')).toMatchObject({
      code: 'ECANCELED',
      detail: 'expected a UDP socket for localhost:1, came our own close before it was open',
    });
  });
});
