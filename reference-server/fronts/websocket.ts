/** WebSocket connections around a domain: sockets, close codes and slow readers here, every rule of a protocol there. */
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type RequestListener } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { Opening } from '../core/exchange.ts';
import type { Outbound } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import { keepAlive, type Pings } from './keep-alive.ts';
import { listen, trackSockets, urlHost } from './listening.ts';

export interface WebSocketDomain {
  connect(connection: ConnectionId, opening: Opening): readonly Outbound[];
  receive(connection: ConnectionId, frame: { payload: Uint8Array; binary: boolean }): readonly Outbound[];
  /** What that means for others. */
  disconnect(connection: ConnectionId): readonly Outbound[];
}

/** What plain HTTP on the same port shares with the connections here. */
export interface SharedConnections {
  /** No two connections have one id, whatever they are. */
  nextId(): ConnectionId;
  carryOut(items: readonly Outbound[]): void;
  /** What the domain says to this connection goes there from now on, until it is closed. */
  adopt(connection: ConnectionId, mailbox: Mailbox): void;
}

/** A connection that is no WebSocket. */
export interface Mailbox {
  send(text: string): void;
  close(): void;
}

export interface WebSocketFrontOptions {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** Served as well. */
  readonly otherPaths?: readonly string[];
  /** Which of those that a client offers is chosen, if any. */
  readonly chooseSubprotocol?: (offered: ReadonlySet<string>) => string | undefined;
  /** Asked before a WebSocket opens: how it is refused, if it is. */
  readonly refuse?: (request: IncomingMessage) => { readonly status: number; readonly text: string } | undefined;
  /** Answers requests that are no WebSocket; without it they are told to upgrade. */
  readonly http?: (shared: SharedConnections) => RequestListener;
  /** No message above this is read to its end, whatever the domain allows: the connection closes with 1009. */
  readonly messageBytes: number;
  /** What may wait for a connection that does not read. */
  readonly queueBytes: number;
  /** How such a connection is closed; 1008 if not given. */
  readonly slowCode?: number;
  /** How long a connection may take to answer a close. */
  readonly closeMs: number;
  /** Pings are sent that often, and a connection is cut that does not answer one for so long. */
  readonly pings?: Pings;
  /** Asked for each message to each connection: whether it goes out in two fragments. */
  readonly inFragments: () => boolean;
  readonly log: (line: string) => void;
}

export interface WebSocketFront {
  readonly url: string;
  carryOut(items: readonly Outbound[]): void;
  stop(): Promise<void>;
}

export async function serveWebSocket(domain: WebSocketDomain, options: WebSocketFrontOptions): Promise<WebSocketFront> {
  const { host, port, path, otherPaths = [], refuse, chooseSubprotocol, messageBytes, closeMs, log } = options;
  const connections = createConnections(domain, options);
  const http = createServer(options.http?.(connections) ?? demandUpgrade);
  const sockets = trackSockets(http);
  const webSockets = new WebSocketServer({
    server: http,
    maxPayload: messageBytes,
    // UTF-8 is the domain's to judge, as part of the protocol.
    skipUTF8Validation: true,
    ...(refuse && { verifyClient: ({ req }, decide) => decideBy(refuse(req), decide) }),
    ...(chooseSubprotocol && { handleProtocols: offered => chooseSubprotocol(offered) ?? false }),
  });
  const paths = new Set([path, ...otherPaths]);
  webSockets.shouldHandle = request => paths.has(pathOf(request));
  webSockets.on('connection', connections.accept);
  webSockets.on('error', error => log(`websocket: ${error.message}`));

  const boundPort = await listen(http, host, port);
  return {
    url: `ws://${urlHost(host)}:${boundPort}${path}`,
    carryOut: connections.carryOut,
    async stop() {
      const closed = new Promise<void>(resolve => http.close(() => resolve()));
      webSockets.close();
      connections.closeAll();
      const cut = setTimeout(() => sockets.forEach(socket => void socket.destroy()), closeMs);
      // Sockets that never became a WebSocket have nothing to say goodbye to.
      http.closeAllConnections();
      await closed;
      clearTimeout(cut);
    },
  };
}

type Decide = (isIn: boolean, status?: number, text?: string, headers?: OutgoingHttpHeaders) => void;

function decideBy(refusal: { readonly status: number; readonly text: string } | undefined, decide: Decide): void {
  if (refusal) decide(false, refusal.status, refusal.text, { 'Content-Type': 'text/plain; charset=utf-8' });
  else decide(true);
}

const noCloseFrame = 1006;

const demandUpgrade: RequestListener = (_, response) => {
  response.writeHead(426, { connection: 'Upgrade', upgrade: 'websocket' }).end();
};

export function pathOf({ url = '' }: IncomingMessage): string {
  return url.replace(/[?#].*$/s, '');
}

function createConnections(domain: WebSocketDomain, options: WebSocketFrontOptions) {
  const { queueBytes, slowCode = 1008, closeMs, inFragments, pings, log } = options;
  const open = new Map<ConnectionId, WebSocket>();
  const mailboxes = new Map<ConnectionId, Mailbox>();
  let lastId = 0;

  /** From here on the connection neither sends nor is heard, the domain knows, and its socket has `closeMs` left. */
  function retire(connection: ConnectionId): WebSocket | undefined {
    const socket = open.get(connection);
    if (!socket) return undefined;
    open.delete(connection);
    ask(connection, () => domain.disconnect(connection));
    const cut = setTimeout(() => socket.terminate(), closeMs);
    socket.once('close', () => clearTimeout(cut));
    return socket;
  }

  function close(connection: ConnectionId, code: number, reason: string): void {
    const mailbox = mailboxes.get(connection);
    if (mailbox) {
      mailboxes.delete(connection);
      ask(connection, () => domain.disconnect(connection));
      mailbox.close();
    }
    const socket = retire(connection);
    if (!socket) return;
    log(`websocket ${connection}: closing with ${code}, ${reason}`);
    // What the other side sees when no close frame comes is no code that can be sent.
    if (code === noCloseFrame) socket.terminate();
    else socket.close(code, reason);
  }

  function send(connection: ConnectionId, payload: Buffer): void {
    const socket = open.get(connection);
    if (socket?.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount + payload.length > queueBytes) {
      close(connection, slowCode, 'reads too slowly');
      return;
    }
    if (inFragments()) {
      const half = payload.length >> 1;
      socket.send(payload.subarray(0, half), { binary: false, fin: false });
      socket.send(payload.subarray(half), { binary: false, fin: true });
    } else {
      socket.send(payload, { binary: false });
    }
  }

  function carryOut(items: readonly Outbound[]): void {
    for (const item of items) {
      if (item.kind === 'close') {
        close(item.connection, item.code, item.reason);
      } else {
        const payload = Buffer.from(item.text);
        for (const connection of item.to) {
          const mailbox = mailboxes.get(connection);
          if (mailbox) mailbox.send(item.text);
          else send(connection, payload);
        }
      }
    }
  }

  function accept(socket: WebSocket, request: IncomingMessage): void {
    const connection = nextId();
    open.set(connection, socket);
    if (pings) keepAlive(socket, pings);
    log(`websocket ${connection}: open`);
    socket.on('error', error => {
      // What breaks WebSocket itself, ws has closed with the code that RFC 6455 has for it.
      log(`websocket ${connection}: ${error.message}`);
      retire(connection);
    });
    socket.on('close', code => {
      log(`websocket ${connection}: closed with ${code}`);
      if (open.delete(connection)) ask(connection, () => domain.disconnect(connection));
    });
    socket.on('message', (data, binary) => {
      if (!open.has(connection)) return;
      ask(connection, () => domain.receive(connection, { payload: data as Buffer, binary }));
    });
    ask(connection, () => domain.connect(connection, { path: pathOf(request), headers: request.headers }));
  }

  function ask(connection: ConnectionId, question: () => readonly Outbound[]): void {
    try {
      carryOut(question());
    } catch (error) {
      log(`websocket ${connection}: defect of the reference server: ${(error as Error).stack}`);
      close(connection, 1011, 'internal error');
    }
  }

  function closeAll(): void {
    for (const connection of [...open.keys(), ...mailboxes.keys()]) close(connection, 1001, 'the server stops');
  }

  function nextId(): ConnectionId {
    return ++lastId;
  }

  function adopt(connection: ConnectionId, mailbox: Mailbox): void {
    mailboxes.set(connection, mailbox);
  }

  return { accept, adopt, carryOut, closeAll, nextId };
}
