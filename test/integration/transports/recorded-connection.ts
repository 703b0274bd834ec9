import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { startClock } from '../../../src/foundation/clock.ts';
import type {
  Connection,
  ConnectionSink,
  ConnectOptions,
  OpenConnection,
  OutgoingMessage,
} from '../../../src/transports/connection.ts';
import { openConnection } from '../../../src/transports/open-connection.ts';

/** One call of the sink, with its bytes as Latin-1 text. */
export interface Heard {
  readonly what: keyof ConnectionSink;
  readonly atUs: number;
  readonly [about: string]: unknown;
}

/** A connection and all that its sink heard. Destroyed when the test is over. */
export interface Recorded {
  readonly connection: Connection;
  readonly heard: readonly Heard[];
  /** The n-th of these, however late it comes. */
  until(what: Heard['what'], n?: number): Promise<Heard>;
  /** Texts of the items, in order. */
  texts(): readonly unknown[];
  /** Without instants, notes and the address. */
  story(): readonly unknown[];
}

const clock = startClock();

export const nowUs = clock.nowUs;

export function connect(
  url: string,
  options: Partial<ConnectOptions> = {},
  onHeard: (heard: Heard) => void = () => {},
  open: OpenConnection = openConnection,
): Recorded {
  const heard: Heard[] = [];
  const waiting: { readonly what: string; readonly n: number; readonly resolve: (heard: Heard) => void }[] = [];
  const nth = (what: string, n: number): Heard | undefined => heard.filter(each => each.what === what)[n - 1];
  const add = (what: Heard['what'], atUs: number, about: object): void => {
    heard.push({ what, atUs, ...about });
    onHeard(heard.at(-1)!);
    for (const { what: awaited, n, resolve } of waiting) {
      const found = nth(awaited, n);
      if (found) resolve(found);
    }
  };
  const sink: ConnectionSink = {
    opened: (atUs, about) => add('opened', atUs, about),
    refused: (atUs, about) => add('refused', atUs, about),
    item: (atUs, { bytes, ...about }) => add('item', atUs, { text: Buffer.from(bytes).toString('latin1'), ...about }),
    closed: (atUs, about) => add('closed', atUs, about),
    note: (atUs, text) => add('note', atUs, { text }),
  };
  const scheme = url.slice(0, url.indexOf(':'));
  const kind = options.kind ?? kinds[scheme]!;
  const defaults: ConnectOptions = {
    kind,
    url,
    headers: {},
    subprotocols: [],
    pong: true,
    timeoutUs: 3_000_000,
    keepBytes: 1 << 20,
  };
  const connection = open('main', { ...defaults, ...options }, nowUs, sink);
  onTestFinished(() => connection.destroy());
  return {
    connection,
    heard,
    until: (what, n = 1) =>
      new Promise(resolve => (nth(what, n) ? resolve(nth(what, n)!) : waiting.push({ what, n, resolve }))),
    texts: () => heard.filter(({ what }) => what === 'item').map(({ text }) => text),
    story: () => heard.filter(({ what }) => what !== 'note').map(({ atUs: _, address: _address, ...about }) => about),
  };
}

const kinds: Readonly<Record<string, ConnectOptions['kind']>> = {
  ws: 'websocket',
  wss: 'websocket',
  tcp: 'lines',
  tls: 'lines',
  http: 'http',
  https: 'http',
  udp: 'udp',
  grpc: 'grpc',
  grpcs: 'grpc',
};

export function message(data: string | Uint8Array, about: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { opcode: 'text', data, wire: false, cutAt: [], hold: false, ...about };
}

/** Listens on a free port of 127.0.0.1 until the test is over. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A TCP server of one connection: its port, and its socket once it is accepted. */
export async function listenTcp(
  onSocket: (socket: Socket) => void = () => {},
  allowHalfOpen = false,
): Promise<{ readonly port: number; readonly accepted: Promise<Socket> }> {
  const server = createServer({ allowHalfOpen, noDelay: true });
  const accepted = new Promise<Socket>(resolve => server.once('connection', resolve));
  server.on('connection', onSocket);
  return { port: await listen(server), accepted };
}

/** All that a socket reads, as Latin-1 text, until `enough` of it has come or it ends. */
export function readText(socket: Socket, enough: (text: string) => boolean = () => false): Promise<string> {
  return new Promise(resolve => {
    let text = '';
    const read = (bytes: Buffer): void => {
      text += bytes.toString('latin1');
      if (enough(text)) end();
    };
    const end = (): void => {
      socket.off('data', read);
      resolve(text);
    };
    socket.on('data', read);
    socket.once('close', end);
    socket.once('end', end);
  });
}

/** A port on which nothing listens. */
export async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Resolves when what the peer has written so far can have been read: a turn of the event loop after its own. */
export function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
