import { describe, expect, test, vi } from 'vitest';
import type { ClientEvent, RunNote } from '../evidence/events.ts';
import type { TransportProfile } from '../foundation/pack.ts';
import type { Connection, ConnectionSink, ConnectOptions, OutgoingMessage } from '../transports/connection.ts';
import { createLiveClient, type Outgoing } from './live-client.ts';
import { createVault } from './secrets.ts';

/** A client on a connection that notes what is asked of it. */
function open(kind: TransportProfile['kind'] = 'websocket', url = 'ws://127.0.0.1:1/') {
  const events: (ClientEvent | RunNote)[] = [];
  const asked: string[] = [];
  let sink: ConnectionSink | undefined;
  let atUs = 100;
  const connection: Connection = {
    transport: 'socket',
    write({ data, more, wire }: OutgoingMessage) {
      asked.push(`write ${Buffer.from(data as string).toString()}${more ? ' …' : ''}${wire ? ' bare' : ''}`);
      return { ok: true, atUs: ++atUs };
    },
    request(request) {
      asked.push(`${request.method} ${request.path}`);
      return { ok: true, atUs: ++atUs };
    },
    close: ({ code }) => void asked.push(`close ${code ?? ''}`.trim()),
    setReading: go => void asked.push(go ? 'go' : 'stop'),
    destroy: () => void asked.push('destroy'),
  };
  const transport = { name: 'socket', kind, codec: 'json', opcode: 'text', role: 'client', message: true } as const;
  const client = createLiveClient({
    x: 0,
    name: 'ada',
    transport,
    clock: { nowUs: () => atUs, epochMs: 0 },
    vault: createVault(new Map([['⟦env.TOKEN⟧', 'hunter2']])),
    emit: event => void events.push(event),
    open(_transport, _options, _nowUs, given) {
      sink = given;
      return connection;
    },
  });
  client.connect({ kind, url } as ConnectOptions);
  sink!.opened(50, { address: '127.0.0.1:1' });
  return { client, sink: sink!, asked, events };
}

const message = (about: Partial<Outgoing>): Outgoing => {
  const plain = {
    n: 1,
    what: 'frame',
    opcode: 'text',
    logged: 'abcdef',
    wire: 'abcdef',
    cutAt: [],
    everyUs: 0,
    hold: false,
  } as const;
  return { ...plain, ...about };
};

describe('a live client', () => {
  test('logs what it wrote, with the reference in the place of the secret', () => {
    const { client, events } = open();
    client.write(message({ logged: '"⟦env.TOKEN⟧"', wire: '"hunter2"' }));
    expect(events.at(-1)).toEqual({
      event: 'written',
      x: 0,
      c: 'ada',
      t: 101,
      what: 'frame',
      n: 1,
      opcode: 'text',
      text: '"⟦env.TOKEN⟧"',
    });
  });

  test('writes the pieces of a cut message one after another, and tells of the last', () => {
    vi.useFakeTimers();
    try {
      const { client, asked, events } = open();
      client.write(message({ cutAt: [2, 4], everyUs: 30_000 }));
      expect(asked).toEqual(['write ab …']);
      vi.advanceTimersByTime(30);
      expect(asked).toEqual(['write ab …', 'write cd …']);
      expect(events.map(({ event }) => event)).toEqual(['opened']);
      vi.advanceTimersByTime(30);
      expect(asked.at(-1)).toBe('write ef');
      expect(events.at(-1)).toMatchObject({ event: 'written', t: 103, text: 'abcdef' });
    } finally {
      vi.useRealTimers();
    }
  });

  test('what is raw gets the framing of its transport, unless it is meant for the wire', () => {
    const { client, asked } = open('lines', 'tcp://127.0.0.1:1');
    client.write(message({ what: 'frame' }));
    client.write(message({ what: 'raw', opcode: undefined }));
    client.write(message({ what: 'wire', opcode: undefined }));
    expect(asked).toEqual(['write abcdef', 'write abcdef', 'write abcdef bare']);
  });

  test('a request without a path asks for that of the endpoint', () => {
    const { client, asked, events } = open('http', 'http://127.0.0.1:1/jsonrpc');
    const parts = { path: '', headers: {}, body: undefined };
    client.request({ n: 1, method: 'POST', logged: parts, wire: parts });
    expect(asked).toEqual(['POST /jsonrpc']);
    expect(events.at(-1)).toMatchObject({ what: 'http', http: { method: 'POST', path: '/jsonrpc' } });
  });

  test('without a connection says so', () => {
    const { events } = open();
    const lone = createLiveClient({
      x: 0,
      name: 'bob',
      transport: { name: 'socket', kind: 'websocket', codec: 'json', opcode: 'text', role: 'client', message: true },
      clock: { nowUs: () => 7, epochMs: 0 },
      vault: createVault(new Map()),
      emit: event => void events.push(event),
      open: () => {
        throw new Error('not asked to');
      },
    });
    lone.write(message({}));
    expect(events.at(-1)).toMatchObject({ event: 'written', failed: 'the client is not connected' });
  });

  test('ends politely, reads to the end, and tells nothing of it', async () => {
    const { client, sink, asked, events } = open();
    const ended = client.end();
    expect(asked).toEqual(['go', 'close']);
    sink.item(200, { bytes: Buffer.from('late') });
    sink.closed(201, { code: 1005, by: 'us' });
    await ended;
    expect(events.map(({ event }) => event)).toEqual(['opened']);
  });

  test('that is over already ends at once', async () => {
    const { client, sink, asked } = open();
    sink.closed(60, { code: 1000, by: 'target' });
    await client.end();
    expect(asked).toEqual(['destroy']);
  });
});
