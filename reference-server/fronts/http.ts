/** HTTP requests, on the port of the WebSocket front: bodies, statuses and sockets here, every rule of a protocol elsewhere. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionId } from '../core/registry.ts';
import { pathOf, type SharedConnections } from './websocket.ts';

export interface HttpFrontOptions {
  /** A longer body is refused with 413. */
  readonly bodyBytes: number;
  readonly log: (line: string) => void;
}

export function answerHttp(shared: SharedConnections, options: HttpFrontOptions): RequestListener {
  const { arrivals, nextId, flush } = shared;
  const { bodyBytes, log } = options;
  const connections = new WeakMap<Socket, ConnectionId>();

  function connectionOf(socket: Socket): ConnectionId {
    const known = connections.get(socket);
    if (known !== undefined) return known;
    const connection = nextId();
    connections.set(socket, connection);
    log(`http ${connection}: open`);
    socket.once('close', () => {
      log(`http ${connection}: closed`);
      arrivals.closed(connection);
    });
    return connection;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const connection = connectionOf(request.socket);
    const body = await readBody(request, bodyBytes);
    if (!body) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const { headers, method = '', socket } = request;
    arrivals.requested(connection, { method, path: pathOf(request), headers, body }, ({ status, text }) => {
      flush();
      response.writeHead(status, text === undefined ? {} : { 'content-type': 'application/json' }).end(text);
    });
    // It has gone before its request was read; what the request has done goes too.
    if (socket.destroyed) arrivals.closed(connection);
  }

  return (request, response) => {
    serve(request, response).catch((error: Error) => {
      // A client that goes away in the middle of a request is no defect.
      if (!request.complete) return;
      log(`http: defect of the reference server: ${error.stack}`);
      response.writeHead(500, { connection: 'close' }).end();
    });
  };
}

/** Undefined if there is more than may be read. */
async function readBody(request: IncomingMessage, mostBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
