/** TCP connections around a domain: bytes to lines and lines to bytes here, every rule of a protocol there. */
import { createServer, type Socket } from 'node:net';
import type { Outbound } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import { createLineSplitter, type LineSplitter } from './line-splitter.ts';
import { listen, trackSockets, urlHost } from './listening.ts';

export interface LinesDomain {
  connect(connection: ConnectionId): readonly Outbound[];
  /** A line without its end. */
  receive(connection: ConnectionId, line: Uint8Array): readonly Outbound[];
  disconnect(connection: ConnectionId): readonly Outbound[];
}

export interface LinesFrontOptions {
  readonly host: string;
  readonly port: number;
  /** Connections that are served at once; one more is closed as soon as it comes. */
  readonly connections: number;
  /** Bytes of one line; a connection that sends a longer one is closed. */
  readonly lineBytes: number;
  /** What may wait for a connection that does not read. */
  readonly queueBytes: number;
  /** How long a connection may take to end after the server has. */
  readonly closeMs: number;
  readonly createSplitter?: (lineBytes: number) => LineSplitter;
  /** Asked for each line to each connection. */
  readonly lineEnd: () => string;
  /** Asked likewise: whether the line goes out in two segments. */
  readonly inSegments: () => boolean;
  readonly log: (line: string) => void;
}

export interface LinesFront {
  readonly url: string;
  /** Sends what the domain has caused outside of `receive`, such as by a timer. */
  carryOut(items: readonly Outbound[]): void;
  stop(): Promise<void>;
}

export async function serveLines(domain: LinesDomain, options: LinesFrontOptions): Promise<LinesFront> {
  const { host, port, closeMs, log } = options;
  // A client that has ended its side may still read.
  const server = createServer({ noDelay: true, allowHalfOpen: true });
  const sockets = trackSockets(server);
  const connections = createConnections(domain, options);
  server.on('connection', connections.accept);
  const boundPort = await listen(server, host, port);
  server.on('error', error => log(`lines: ${error.message}`));
  return {
    url: `tcp://${urlHost(host)}:${boundPort}`,
    carryOut: connections.carryOut,
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      connections.closeAll();
      const cut = setTimeout(() => sockets.forEach(socket => void socket.destroy()), closeMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

function createConnections(domain: LinesDomain, options: LinesFrontOptions) {
  const { closeMs, lineBytes, queueBytes, lineEnd, inSegments, log } = options;
  const { createSplitter = createLineSplitter } = options;
  const open = new Map<ConnectionId, Socket>();
  let accepted = 0;

  /** From here on the connection neither sends nor is heard, and the domain knows. */
  function retire(connection: ConnectionId): Socket | undefined {
    const socket = open.get(connection);
    if (!socket) return undefined;
    open.delete(connection);
    ask(connection, () => domain.disconnect(connection));
    return socket;
  }

  function close(connection: ConnectionId, reason: string): void {
    const socket = retire(connection);
    if (!socket) return;
    log(`lines ${connection}: closing, ${reason}`);
    socket.end();
    // Nobody reads it any more; unread bytes would keep its end from being seen.
    socket.resume();
    const cut = setTimeout(() => socket.destroy(), closeMs);
    socket.once('close', () => clearTimeout(cut));
  }

  function send(connection: ConnectionId, text: string): void {
    const socket = open.get(connection);
    if (!socket?.writable) return;
    const line = Buffer.from(text + lineEnd());
    if (socket.writableLength + line.length > queueBytes) {
      close(connection, 'reads too slowly');
      return;
    }
    if (!inSegments()) {
      socket.write(line);
      return;
    }
    const half = line.length >> 1;
    socket.write(line.subarray(0, half));
    socket.write(line.subarray(half));
  }

  function carryOut(items: readonly Outbound[]): void {
    for (const item of items) {
      if (item.kind === 'close') close(item.connection, item.reason);
      else for (const connection of item.to) send(connection, item.text);
    }
  }

  function receive(connection: ConnectionId, splitter: LineSplitter, bytes: Uint8Array): void {
    for (const line of splitter.push(bytes)) {
      if (!open.has(connection)) return;
      ask(connection, () => domain.receive(connection, line));
    }
    if (splitter.openBytes() > lineBytes) close(connection, `a line of more than ${lineBytes} bytes`);
  }

  function accept(socket: Socket): void {
    if (open.size >= options.connections) {
      log(`lines: one connection more than ${options.connections}`);
      socket.destroy();
      return;
    }
    const connection = ++accepted;
    const splitter = createSplitter(lineBytes);
    open.set(connection, socket);
    log(`lines ${connection}: open`);
    socket.on('error', error => log(`lines ${connection}: ${error.message}`));
    socket.on('data', bytes => receive(connection, splitter, bytes));
    socket.on('end', () => close(connection, 'the client has ended'));
    socket.on('close', () => void retire(connection));
    ask(connection, () => domain.connect(connection));
  }

  function ask(connection: ConnectionId, question: () => readonly Outbound[]): void {
    try {
      carryOut(question());
    } catch (error) {
      log(`lines ${connection}: defect of the reference server: ${(error as Error).stack}`);
      close(connection, 'internal error');
    }
  }

  function closeAll(): void {
    for (const connection of [...open.keys()]) close(connection, 'the server stops');
  }

  return { accept, carryOut, closeAll };
}
