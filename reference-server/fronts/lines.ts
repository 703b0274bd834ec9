/** TCP connections: bytes to lines and lines to bytes here, every rule of a protocol elsewhere. */
import { createServer, type Socket } from 'node:net';
import type { FrontSurroundings } from '../core/front.ts';
import type { ConnectionId } from '../core/registry.ts';
import { createLineSplitter, type LineSplitter } from './line-splitter.ts';
import { listen, trackSockets, urlHost } from './listening.ts';
import { createOutgoing, createOutlet, type Outlet } from './outgoing.ts';

export interface LinesFrontOptions extends FrontSurroundings {
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
}

export interface LinesFront {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveLines(options: LinesFrontOptions): Promise<LinesFront> {
  const { host, port, closeMs, log } = options;
  // A client that has ended its side may still read.
  const server = createServer({ noDelay: true, allowHalfOpen: true });
  const sockets = trackSockets(server);
  const connections = createConnections(options);
  server.on('connection', connections.accept);
  const boundPort = await listen(server, host, port);
  server.on('error', error => log(`lines: ${error.message}`));
  return {
    url: `tcp://${urlHost(host)}:${boundPort}`,
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      connections.closeAll();
      const cut = setTimeout(() => sockets.forEach(socket => void socket.destroy()), closeMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

function createConnections(options: LinesFrontOptions) {
  const { attach, closeMs, lineBytes, queueBytes, lineEnd, inSegments, log, nextId } = options;
  const { createSplitter = createLineSplitter } = options;
  const open = new Map<ConnectionId, Outlet>();
  const outgoing = createOutgoing();
  const arrivals = attach({
    send,
    close: (connection, _, reason) => close(connection, reason),
    cut: connection => take(connection)?.socket.destroy(),
    pause: connection => open.get(connection)?.socket.pause(),
    resume: connection => open.get(connection)?.socket.resume(),
  });

  /** From here on the connection neither sends nor is heard. */
  function take(connection: ConnectionId): Outlet | undefined {
    const taken = open.get(connection);
    open.delete(connection);
    return taken;
  }

  function close(connection: ConnectionId, reason: string): void {
    const taken = take(connection);
    if (!taken) return;
    const { socket } = taken;
    log(`lines ${connection}: closing, ${reason}`);
    outgoing.flush(taken);
    socket.end();
    // Nobody reads it any more; unread bytes would keep its end from being seen.
    socket.resume();
    const cut = setTimeout(() => socket.destroy(), closeMs);
    socket.once('close', () => clearTimeout(cut));
  }

  function closeAndTell(connection: ConnectionId, reason: string): void {
    close(connection, reason);
    arrivals.closed(connection);
  }

  function send(to: readonly ConnectionId[], text: string): void {
    const lines = new Map<string, Buffer>();
    for (const connection of to) {
      const receiver = open.get(connection);
      if (!receiver?.socket.writable) continue;
      const end = lineEnd();
      const line = lines.get(end) ?? Buffer.from(text + end);
      lines.set(end, line);
      const isTaken = inSegments() ? writeSegments(receiver, line) : outgoing.offer(receiver, line, queueBytes);
      if (!isTaken) closeAndTell(connection, 'reads too slowly');
    }
  }

  function writeSegments(receiver: Outlet, line: Buffer): boolean {
    const { socket } = receiver;
    outgoing.flush(receiver);
    if (socket.writableLength + line.length > queueBytes) return false;
    const half = line.length >> 1;
    socket.write(line.subarray(0, half));
    socket.write(line.subarray(half));
    return true;
  }

  function receive(connection: ConnectionId, splitter: LineSplitter, bytes: Uint8Array): void {
    for (const payload of splitter.push(bytes)) {
      if (!open.has(connection)) return;
      arrivals.received(connection, { payload, binary: false });
    }
    if (splitter.openBytes() > lineBytes) closeAndTell(connection, `a line of more than ${lineBytes} bytes`);
  }

  function accept(socket: Socket): void {
    const connection = nextId();
    const splitter = createSplitter(lineBytes);
    open.set(connection, createOutlet(socket));
    log(`lines ${connection}: open`);
    socket.on('error', error => log(`lines ${connection}: ${error.message}`));
    socket.on('data', bytes => receive(connection, splitter, bytes));
    socket.on('end', () => closeAndTell(connection, 'the client has ended'));
    socket.on('close', () => {
      if (take(connection)) arrivals.closed(connection);
    });
    arrivals.opened(connection, nothingSaid);
  }

  function closeAll(): void {
    // The domain is not told: it would tell each who is left of each who goes.
    for (const connection of [...open.keys()]) close(connection, 'the server stops');
  }

  return { accept, closeAll };
}

const nothingSaid = { path: '', headers: {} };
