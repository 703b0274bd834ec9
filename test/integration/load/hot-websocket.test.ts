import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { createHotOpener } from '../../../src/load/hot-path/hot-websocket.ts';
import type { Connection, ConnectOptions } from '../../../src/transports/connection.ts';
import { parseEndpoint } from '../../../src/transports/endpoint.ts';
import { openConnection } from '../../../src/transports/open-connection.ts';

const certificate = (name: string) =>
  readFileSync(new URL(`../transports/certificates/${name}.pem`, import.meta.url), 'utf8');
const identity = { cert: certificate('server'), key: certificate('server-key') };

let server: Server | undefined;
/** Messages that the fast path took from the bytes itself, of the last connection. */
let readByUs = 0;
const opened: { destroy(): void }[] = [];

afterEach(() => {
  for (const each of opened.splice(0)) each.destroy();
  server?.close();
});

interface Way {
  readonly fast: boolean;
  readonly secure: boolean;
}

/** A bare server over TCP or TLS: whoever has sent a whole handshake gets what `answer` makes of its key, in writes that nothing joins. */
async function startBare({ secure }: Way, answer: (acceptKey: string) => readonly Buffer[]): Promise<string> {
  const accept = (socket: Socket) => {
    opened.push(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    let head = '';
    socket.on('data', data => {
      if (head.includes('\r\n\r\n')) return;
      head += data.toString('latin1');
      const key = /sec-websocket-key: (\S+)/i.exec(head)?.[1];
      if (key && head.includes('\r\n\r\n')) void writeAll(socket, answer(acceptKeyOf(key)));
    });
  };
  server = secure ? createTlsServer(identity, accept) : createServer(accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `${secure ? 'wss' : 'ws'}://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function writeAll(socket: Socket, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise(setImmediate);
  }
}

/** RFC 6455, section 4.2.2. */
function acceptKeyOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

function accepting(acceptKey: string): Buffer {
  return Buffer.from(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey}\r\n\r\n`,
  );
}

function frame(first: number, payload: string | Buffer): Buffer {
  const bytes = Buffer.from(payload);
  const header = bytes.length < 126 ? [first, bytes.length] : [first, 126, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from(header), bytes]);
}

const options = (url: string): ConnectOptions => ({
  kind: 'websocket',
  url,
  headers: {},
  subprotocols: [],
  pong: true,
  timeoutUs: 10_000_000,
  tls: { ca: certificate('ca') },
  keepBytes: 16 * 1_048_576,
});

/** All that a connection tells, up to its end; on the fast path or on the usual one. */
async function told(url: string, { fast }: Way): Promise<readonly string[]> {
  const heard: string[] = [];
  readByUs = 0;
  const hear = (bytes: Uint8Array, opcode: string | undefined) =>
    void heard.push(`${opcode} ${Buffer.from(bytes).toString('latin1')}`);
  await new Promise<void>(resolve => {
    const over = (what: string) => {
      heard.push(what);
      resolve();
    };
    const sink = {
      opened: () => void heard.push('opened'),
      refused: (_: number, { code, status }: { code: string; status?: number }) => over(`refused ${code} ${status}`),
      item: (_: number, { bytes, opcode }: { bytes: Uint8Array; opcode?: string }) => hear(bytes, opcode),
      closed: (_: number, { code, by, error }: { code?: number; by: string; error?: string }) =>
        over(`closed ${code} by ${by} ${error}`),
      note: (_: number, text: string) => void heard.push(text),
    };
    const nowUs = () => Math.round(performance.now() * 1_000);
    const message = (_: number, area: Buffer, start: number, end: number, binary: boolean) => {
      readByUs++;
      hear(area.subarray(start, end), binary ? 'binary' : 'text');
    };
    const afterRead = () => {};
    const open = createHotOpener({ nowUs, message, afterRead })(0, () => {});
    const connection: Omit<Connection, 'transport'> = fast
      ? open(parseEndpoint('websocket', url), options(url), nowUs, sink)
      : openConnection('websocket', options(url), nowUs, sink);
    opened.push(connection);
  });
  return heard;
}

const long = 'x'.repeat(30_000);
const stream = Buffer.concat([
  frame(0x81, 'first'),
  frame(0x82, Buffer.from([0, 255])),
  frame(0x89, 'ping'),
  frame(0x01, 'in '),
  frame(0x89, ''),
  frame(0x80, 'pieces'),
  frame(0x81, long),
  frame(0x81, ''),
  frame(0x81, 'last'),
  frame(0x88, Buffer.from([0x03, 0xe8])),
]);
const expected = [
  'opened',
  'text first',
  'binary \0\u00ff',
  'ping of 4 bytes received, answered',
  'ping of 0 bytes received, answered',
  'text in pieces',
  `text ${long}`,
  'text ',
  'text last',
  'closed 1000 by target undefined',
];

describe.each<Way>([
  { fast: true, secure: false },
  { fast: false, secure: false },
  { fast: true, secure: true },
  { fast: false, secure: true },
])('a WebSocket, on the fast path: $fast, over TLS: $secure', way => {
  test('that begins to speak in the segment of its 101', async () => {
    const url = await startBare(way, key => [Buffer.concat([accepting(key), stream])]);
    expect(await told(url, way)).toEqual(expected);
    // All but the one in pieces.
    expect(readByUs).toBe(way.fast ? 5 : 0);
  });

  test('whose 101 comes byte by byte', async () => {
    const url = await startBare(way, key => [...bytesOf(accepting(key)), stream]);
    expect(await told(url, way)).toEqual(expected);
  });

  test('whose frames come in small pieces', async () => {
    const url = await startBare(way, key => {
      const all = Buffer.concat([accepting(key), stream]);
      const step = 997;
      return Array.from({ length: Math.ceil(all.length / step) }, (_, k) => all.subarray(k * step, (k + 1) * step));
    });
    expect(await told(url, way)).toEqual(expected);
  });

  test('that refuses', async () => {
    const url = await startBare(way, () => [
      Buffer.from('HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n'),
      Buffer.from('\r\nno'),
    ]);
    expect(await told(url, way)).toEqual(['refused bad-handshake 401']);
  });

  test('whose 101 is wrong: what follows is not heard', async () => {
    const url = await startBare(way, () => [Buffer.concat([accepting('wrong'), frame(0x8b, 'x')])]);
    expect(await told(url, way)).toEqual(['refused bad-handshake undefined']);
  });

  test('that answers with no HTTP', async () => {
    const url = await startBare(way, () => [Buffer.from('SSH-2.0-OpenSSH_9.6\r\n')]);
    const [refused, ...more] = await told(url, way);
    expect(refused).toMatch(/^refused HPE_/);
    expect(more).toEqual([]);
  });

  test('that breaks the rules after some messages', async () => {
    const url = await startBare(way, key => [Buffer.concat([accepting(key), frame(0x81, 'good'), frame(0xc1, 'bad')])]);
    expect(await told(url, way)).toEqual(['opened', 'text good', 'closed 1006 by target bad-frame']);
  });
});

test('what comes over a connection that its owner has replaced is not heard, up to its end', async () => {
  let connections = 0;
  const way = { fast: true, secure: false };
  const two = frame(0x81, 'two');
  const url = await startBare(way, key => {
    if (++connections === 1)
      return [Buffer.concat([accepting(key), frame(0x81, 'one'), frame(0x81, 'too late'), two.subarray(0, 2)])];
    const ofFirst = opened.find(each => each instanceof Socket) as Socket;
    ofFirst.write(Buffer.concat([two.subarray(2), frame(0x81, 'three'), frame(0x88, Buffer.from([0x03, 0xe8]))]));
    return [Buffer.concat([accepting(key), frame(0x81, 'of the second')])];
  });
  const heard: string[] = [];
  const nowUs = () => Math.round(performance.now() * 1_000);
  let isOver = () => {};
  const over = Promise.all([
    new Promise<void>(resolve => {
      isOver = resolve;
    }),
    new Promise<void>(resolve => {
      const message = (owner: number, area: Buffer, start: number, end: number) => {
        heard.push(`${owner} has ${area.toString('utf8', start, end)}`);
        if (heard.length === 1) connect('second');
        else resolve();
      };
      const open = createHotOpener({ nowUs, message, afterRead: () => {} });
      function connect(name: string): void {
        const sink = {
          opened: () => {},
          refused: () => expect.unreachable(),
          item: (_: number, { bytes }: { bytes: Uint8Array }) => void read.push(Buffer.from(bytes).toString()),
          closed: (_: number, { code }: { code?: number }) => {
            read.push(`${name} closed ${code}`);
            isOver();
          },
          note: () => {},
        };
        opened.push(open(7, () => {})(parseEndpoint('websocket', url), options(url), nowUs, sink));
      }
      connect('first');
    }),
  ]);
  const read: string[] = [];
  await over;
  expect(heard).toEqual(['7 has one', '7 has of the second']);
  expect(read).toEqual(['two', 'three', 'first closed 1000']);
});

function bytesOf(buffer: Buffer): readonly Buffer[] {
  return Array.from(buffer, (_, k) => buffer.subarray(k, k + 1));
}
