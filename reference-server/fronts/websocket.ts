/** WebSocket connections: sockets, close codes and slow readers here, every rule of a protocol elsewhere. */
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { Opening } from '../core/exchange.ts';
import type { FrontSurroundings } from '../core/front.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { Arrivals } from '../core/switchboard.ts';
import { keepAlive, type Pings } from './keep-alive.ts';
import { listen, trackSockets, urlHost } from './listening.ts';
import { createOutgoing, type Outlet } from './outgoing.ts';
import { prepareText } from './prepared-text.ts';

/** What plain HTTP on the same port, and other fronts beside it, share with the connections here. */
export interface SharedConnections {
  readonly arrivals: Arrivals;
  nextId(): ConnectionId;
  /** Writes what is to go out before an answer. */
  flush(): void;
  /**
   * What is said to this connection goes there from now on, until it is closed or what is returned is called. Who adopts it tells what
   * happens to it, from `arrivals.opened` on.
   */
  adopt(connection: ConnectionId, mailbox: Mailbox): () => void;
}

/** A connection that is no WebSocket. */
export interface Mailbox {
  send(text: string): void;
  close(): void;
}

export interface WebSocketFrontOptions extends FrontSurroundings {
  readonly path: string;
  /** Served as well. */
  readonly otherPaths?: readonly string[];
  /** Which of those that a client offers is chosen, if any. */
  readonly chooseSubprotocol?: (offered: ReadonlySet<string>) => string | undefined;
  /** Asked before a WebSocket opens: how it is refused, if it is. */
  readonly refuse?: (request: IncomingMessage) => Refused | undefined;
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
}

export interface Refused {
  readonly status: number;
  readonly text: string;
}

export interface WebSocketFront {
  readonly url: string;
  readonly shared: SharedConnections;
  stop(): Promise<void>;
}

export async function serveWebSocket(options: WebSocketFrontOptions): Promise<WebSocketFront> {
  const { host, port, path, otherPaths = [], refuse, chooseSubprotocol, messageBytes, closeMs, log } = options;
  const connections = createConnections(options);
  const http = createServer(options.http?.(connections) ?? demandUpgrade);
  const sockets = trackSockets(http);
  const webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    WebSocket: PoliteWebSocket,
    maxPayload: messageBytes,
    // UTF-8 is the domain's to judge, as part of the protocol.
    skipUTF8Validation: true,
    ...(refuse && { verifyClient: ({ req }, decide) => decideBy(refuse(req), decide) }),
    ...(chooseSubprotocol && { handleProtocols: offered => chooseSubprotocol(offered) ?? false }),
  });
  const paths = new Set([path, ...otherPaths]);
  webSockets.shouldHandle = request => paths.has(pathOf(request));
  http.on('upgrade', (request, socket: Socket, head) => {
    webSockets.handleUpgrade(request, socket, head, webSocket => connections.accept(webSocket, socket, request));
  });

  const boundPort = await listen(http, host, port);
  http.on('error', error => log(`websocket: ${error.message}`));
  return {
    url: `ws://${urlHost(host)}:${boundPort}${path}`,
    shared: connections,
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

function decideBy(refused: Refused | undefined, decide: Decide): void {
  if (refused) decide(false, refused.status, refused.text, { 'Content-Type': 'text/plain; charset=utf-8' });
  else decide(true);
}

/** What the other side sees when no close frame comes: no code that can be sent. */
const noCloseFrame = 1006;

/** Sends what waits before its close, also where it only answers that of the client. */
class PoliteWebSocket extends WebSocket {
  beforeClose = () => {};

  override close(code?: number, reason?: string | Buffer): void {
    this.beforeClose();
    super.close(code, reason);
  }
}

const demandUpgrade: RequestListener = (_, response) => {
  response.writeHead(426, { connection: 'Upgrade', upgrade: 'websocket' }).end();
};

export function pathOf({ url = '' }: IncomingMessage): string {
  return url.replace(/[?#].*$/s, '');
}

export function openingOf(request: IncomingMessage): Opening {
  const { headers, socket } = request;
  return { path: pathOf(request), headers, address: `${urlHost(socket.remoteAddress ?? '')}:${socket.remotePort}` };
}

/** Frames are written to the socket itself, whole, as `ws` writes its own: so one that is prepared serves everybody. */
interface Connection extends Outlet {
  readonly webSocket: PoliteWebSocket;
  /** One of the two sides has said goodbye. */
  isClosing: boolean;
}

function createConnections(options: WebSocketFrontOptions) {
  const { attach, closeMs, inFragments, log, nextId, pings, queueBytes, slowCode = 1008 } = options;
  const open = new Map<ConnectionId, Connection>();
  const mailboxes = new Map<ConnectionId, Mailbox>();
  const outgoing = createOutgoing();
  const arrivals = attach({
    send,
    close,
    cut,
    pause: connection => open.get(connection)?.webSocket.pause(),
    resume: connection => open.get(connection)?.webSocket.resume(),
  });

  /** From here on the connection neither sends nor is heard. */
  function take(connection: ConnectionId): Connection | undefined {
    const taken = open.get(connection);
    open.delete(connection);
    return taken;
  }

  function cut(connection: ConnectionId): void {
    closeMailbox(connection);
    take(connection)?.webSocket.terminate();
  }

  function closeMailbox(connection: ConnectionId): void {
    const mailbox = mailboxes.get(connection);
    mailboxes.delete(connection);
    mailbox?.close();
  }

  function close(connection: ConnectionId, code: number, reason: string): void {
    closeMailbox(connection);
    const taken = take(connection);
    if (!taken) return;
    log(`websocket ${connection}: closing with ${code}, ${reason}`);
    if (code === noCloseFrame) {
      taken.webSocket.beforeClose();
      taken.webSocket.terminate();
      return;
    }
    taken.webSocket.close(code, reason);
    cutLater(taken.webSocket, closeMs);
  }

  function send(to: readonly ConnectionId[], text: string): void {
    const prepared = prepareText(text);
    for (const connection of to) {
      mailboxes.get(connection)?.send(text);
      const receiver = open.get(connection);
      if (!receiver || receiver.isClosing) continue;
      const frame = inFragments() ? prepared.fragments() : prepared.frame();
      if (outgoing.offer(receiver, frame, queueBytes)) continue;
      close(connection, slowCode, 'reads too slowly');
      arrivals.closed(connection);
    }
  }

  function accept(webSocket: PoliteWebSocket, socket: Socket, request: IncomingMessage): void {
    const connection = nextId();
    const accepted = createConnection(socket, webSocket);
    open.set(connection, accepted);
    if (pings) keepAlive(webSocket, pings);
    log(`websocket ${connection}: open`);
    webSocket.beforeClose = () => {
      outgoing.flush(accepted);
      accepted.isClosing = true;
    };
    webSocket.on('error', error => {
      // What breaks WebSocket itself, ws has closed with the code that RFC 6455 has for it.
      log(`websocket ${connection}: ${error.message}`);
      if (!take(connection)) return;
      cutLater(webSocket, closeMs);
      arrivals.closed(connection);
    });
    webSocket.on('close', code => {
      log(`websocket ${connection}: closed with ${code}`);
      if (take(connection)) arrivals.closed(connection);
    });
    webSocket.on('message', (data, binary) => {
      if (open.has(connection)) arrivals.received(connection, { payload: data as Buffer, binary });
    });
    arrivals.opened(connection, openingOf(request));
  }

  function closeAll(): void {
    // The domain is not told: it would tell each who is left of each who goes.
    for (const connection of [...open.keys(), ...mailboxes.keys()]) close(connection, 1001, 'the server stops');
  }

  function adopt(connection: ConnectionId, mailbox: Mailbox): () => void {
    mailboxes.set(connection, mailbox);
    return () => void mailboxes.delete(connection);
  }

  return { accept, adopt, arrivals, closeAll, flush: outgoing.flushAll, nextId };
}

/** Written out, and not spread from an outlet: then each had a shape of its own, and every message looked its fields up. */
function createConnection(socket: Socket, webSocket: PoliteWebSocket): Connection {
  return { socket, waiting: undefined, backlogBytes: 0, webSocket, isClosing: false };
}

function cutLater(webSocket: WebSocket, closeMs: number): void {
  const cut = setTimeout(() => webSocket.terminate(), closeMs);
  webSocket.once('close', () => clearTimeout(cut));
}
