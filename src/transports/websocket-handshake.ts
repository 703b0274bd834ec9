import type { ClientRequest, IncomingMessage } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';
import type { ConnectOptions } from './connection.ts';
import { startDeadline } from './deadline.ts';
import { type Dialed, peerAddress } from './dial.ts';
import { addressText, type Endpoint, endpointUrl } from './endpoint.ts';
import { type Failure, refusalDetail, timedOut } from './failure.ts';
import { type LiveWebSocket, liveOf } from './websocket-live.ts';

/** Each fragment costs an object, however short it is. */
export const messageMaxFragments = 16_384;

/** Throws if a header or a subprotocol cannot be sent. */
export function beginHandshake(endpoint: Endpoint, options: ConnectOptions, { socket, raw }: Dialed): WebSocket {
  const settings: ClientOptions = {
    createConnection: () => socket,
    headers: { ...options.headers },
    // What a target compresses would have to be told apart from what it says; packs decide on plain messages.
    perMessageDeflate: false,
    // Text that is not UTF-8 is for the pack to judge.
    skipUTF8Validation: true,
    // All messages of a read are handed over before the next one is stamped.
    allowSynchronousEvents: true,
    autoPong: false,
    maxPayload: options.keepBytes,
    maxFragments: messageMaxFragments,
    followRedirects: false,
  };
  try {
    return new WebSocket(endpointUrl(endpoint), [...options.subprotocols], settings);
  } catch (error) {
    socket.destroy();
    raw.destroy();
    throw error;
  }
}

/** Up to `opened` or `refused`. */
export function followHandshake(live: LiveWebSocket): void {
  live.ws.on('upgrade', noteSubprotocol);
  live.ws.on('unexpected-response', readRefusal);
  live.ws.on('open', tellOpened);
  const { timeoutUs, lagUs } = live.options;
  live.deadline = startDeadline(timeoutUs / 1000, () => refuse(live, timedOut(timeoutUs)), lagUs);
}

function tellOpened(this: WebSocket): void {
  const live = liveOf(this);
  const { sink, socket, endpoint, stamp, subprotocol } = live;
  live.deadline?.cancel();
  live.deadline = undefined;
  const address = peerAddress(socket, endpoint);
  sink.opened(stamp.atUs(), subprotocol === undefined ? { address } : { address, subprotocol });
  if (!live.reading) this.pause();
}

/** Ends the attempt. The first reason counts. */
export function refuse(live: LiveWebSocket, failure: Failure): void {
  const { sink, nowUs, endpoint, status, socket, raw } = live;
  const { code, cause } = live.ownFailure ?? failure;
  if (sink.phase() === 'muted') return;
  live.deadline?.cancel();
  const expected = `${live.awaited} ${addressText(endpoint.host, endpoint.port)}`;
  const about = { code, detail: refusalDetail(expected, { code, cause }) };
  socket.destroy();
  raw.destroy();
  sink.refused(nowUs(), status === undefined ? about : { ...about, status });
}

/**
 * A server may choose none of the subprotocols that we offer (RFC 6455, section 4.2.2), but `ws` takes that for a fault:
 * so it is told what it wants to hear.
 */
function noteSubprotocol(this: WebSocket, response: IncomingMessage): void {
  const live = liveOf(this);
  const { options } = live;
  const chosen = response.headers['sec-websocket-protocol'];
  if (chosen === undefined && options.subprotocols.length > 0) {
    response.headers['sec-websocket-protocol'] = options.subprotocols[0];
  }
  if (typeof chosen === 'string') live.subprotocol = chosen;
}

/** Enough of a refusal's body to understand it, in bytes and in time: the refusal itself is certain. */
const refusalBytes = 1024;
const refusalMs = 500;

function readRefusal(this: WebSocket, _request: ClientRequest, response: IncomingMessage): void {
  const live = liveOf(this);
  live.status = response.statusCode;
  live.awaited = 'an upgrade to WebSocket (101) by';
  let body = Buffer.alloc(0);
  const end = (): void => {
    const text = body.subarray(0, refusalBytes).toString('utf8').trim();
    refuse(live, { code: 'bad-handshake', cause: text === '' ? answerOf(response) : `${answerOf(response)}: ${text}` });
  };
  live.deadline?.cancel();
  live.deadline = startDeadline(refusalMs, end);
  response.on('data', (piece: Buffer) => {
    body = Buffer.concat([body, piece]);
    if (body.length >= refusalBytes) end();
  });
  response.once('end', end);
  response.on('error', end);
}

function answerOf({ statusCode, statusMessage }: IncomingMessage): string {
  return statusCode === 101 ? '101 without an upgrade' : `${statusCode} ${statusMessage}`.trim();
}
