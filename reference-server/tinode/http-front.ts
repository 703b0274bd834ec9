/** What is asked for over plain HTTP, by path. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pathOf } from '../fronts/websocket.ts';
import { admitsKey } from './api-key.ts';
import { sendCtrl } from './http-answer.ts';
import { readHttpQuery } from './http-request.ts';

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

interface Handlers {
  readonly longPoll: HttpHandler;
  readonly upload: HttpHandler;
  readonly download: HttpHandler;
  readonly log: (line: string) => void;
}

export const paths = {
  webSocket: '/v0/channels',
  longPoll: '/v0/channels/lp',
  upload: '/v0/file/u/',
  download: '/v0/file/s/',
} as const;

export function routeHttp({ longPoll, upload, download, log }: Handlers): RequestListener {
  const handlerOf = (path: string): HttpHandler => {
    if (path === paths.longPoll) return longPoll;
    if (path === paths.upload) return upload;
    if (path.startsWith(paths.download)) return download;
    if (path === paths.webSocket) return refuseUpgrade;
    return path === paths.upload.slice(0, -1) ? redirect : sayNotFound;
  };
  return (request, response) => {
    Promise.resolve()
      .then(() => handlerOf(pathOf(request))(request, response))
      .catch((error: Error) => {
        // A client that goes away in the middle of a request is no defect.
        if (!request.complete) return;
        log(`http: defect of the reference server: ${error.stack}`);
        response.writeHead(500, { connection: 'close' }).end();
      });
  };
}

/** A request for a WebSocket that does not ask for one. */
const refuseUpgrade: HttpHandler = (request, response) => {
  const plain = { 'content-type': 'text/plain; charset=utf-8' };
  if (!admitsKey(request)) return sendCtrl(response, 'keyRequired', { headers: plain });
  if (request.method !== 'GET') return sendCtrl(response, 'notAllowed', { headers: plain });
  response.writeHead(400, plain).end('Bad Request\n');
};

const redirect: HttpHandler = (request, response) => {
  const query = readHttpQuery(request).toString();
  response.writeHead(307, { location: `${paths.upload}${query === '' ? '' : `?${query}`}` }).end();
};

const sayNotFound: HttpHandler = (_, response) => sendCtrl(response, 'notFound', {});
