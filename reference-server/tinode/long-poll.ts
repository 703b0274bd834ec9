/** Long polling: one request opens a session, those with a body say something, those without wait for one frame. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ConnectionId } from '../core/registry.ts';
import { openingOf, type SharedConnections } from '../fronts/websocket.ts';
import { admitsKey } from './api-key.ts';
import { sendCtrl } from './http-answer.ts';
import type { HttpHandler } from './http-front.ts';
import { readBytes, readHttpQuery } from './http-request.ts';

export interface LongPollOptions {
  readonly messageBytes: number;
  /** How long a request waits for a frame. */
  readonly waitMs: number;
  /** How long a session may go untouched. */
  readonly keepMs: number;
  readonly randomBytes: (count: number) => Uint8Array;
}

export interface LongPoll {
  readonly handle: HttpHandler;
  /** Undefined if there is no such session. */
  connectionOf(sid: string): ConnectionId | undefined;
}

interface PollSession {
  readonly sid: string;
  readonly connection: ConnectionId;
  readonly waiting: Set<ServerResponse>;
  readonly frames: string[];
  touchedMs: number;
  /** The session is over; what has been said to it can still be had. */
  isEnding: boolean;
}

export function createLongPoll(shared: SharedConnections, options: LongPollOptions): LongPoll {
  const sessions = new Map<string, PollSession>();

  function open(request: IncomingMessage): PollSession {
    dropUntouched();
    const sid = Buffer.from(options.randomBytes(sidBytes)).toString('base64url');
    const connection = shared.nextId();
    const session = {
      sid,
      connection,
      waiting: new Set<ServerResponse>(),
      frames: [],
      touchedMs: Date.now(),
      isEnding: false,
    };
    sessions.set(sid, session);
    shared.adopt(connection, { send: text => post(session, text), close: () => end(session) });
    shared.arrivals.opened(connection, openingOf(request));
    return session;
  }

  function end(session: PollSession): void {
    session.isEnding = true;
    if (session.frames.length > 0) return;
    sessions.delete(session.sid);
    for (const response of session.waiting) response.writeHead(200, headers()).end();
  }

  /** Nobody is told that a session has been forgotten, and only a new one makes room. */
  function dropUntouched(): void {
    const oldestMs = Date.now() - options.keepMs;
    for (const session of sessions.values()) {
      if (session.touchedMs >= oldestMs) continue;
      end(session);
      shared.arrivals.closed(session.connection);
    }
  }

  async function say(session: PollSession, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBytes(request, options.messageBytes);
    const id = readHttpQuery(request).get('id') ?? undefined;
    if (!body) return sendCtrl(response, 'malformed', { headers: headers(), id, status: 417 });
    // A form is read as one, so that nothing is left of it.
    const payload = isForm(request) ? Buffer.alloc(0) : body;
    shared.arrivals.received(session.connection, { payload, binary: false });
    response.writeHead(200, headers()).end();
  }

  function handle(request: IncomingMessage, response: ServerResponse): void | Promise<void> {
    if (!admitsKey(request)) return sendCtrl(response, 'keyRequired', { headers: { 'content-type': 'text/plain' } });
    const query = readHttpQuery(request);
    const sid = query.get('sid');
    if (!sid) {
      const id = query.get('id') ?? undefined;
      return sendCtrl(response, 'created', { headers: headers(), id, params: { sid: open(request).sid } });
    }
    const session = sessions.get(sid);
    if (!session) return sendCtrl(response, 'sessionExpired', { headers: headers() });
    session.touchedMs = Date.now();
    if (hasBody(request)) return say(session, request, response);
    wait(session, response, options.waitMs);
    if (session.isEnding) end(session);
  }

  return { handle, connectionOf: sid => sessions.get(sid)?.connection };
}

function isForm({ headers, method = '' }: IncomingMessage): boolean {
  const isFormType = /^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(headers['content-type'] ?? '');
  return isFormType && ['POST', 'PUT', 'PATCH'].includes(method);
}

function hasBody({ headers: { 'content-length': length, 'transfer-encoding': encoding } }: IncomingMessage): boolean {
  return encoding !== undefined || (length !== undefined && length !== '0');
}

/** To whoever waits longest, or to the next who asks. */
function post({ frames, waiting }: PollSession, text: string): void {
  const [response] = waiting;
  if (!response) {
    frames.push(text);
    return;
  }
  waiting.delete(response);
  response.writeHead(200, headers()).end(text);
}

function wait({ frames, waiting }: PollSession, response: ServerResponse, waitMs: number): void {
  const frame = frames.shift();
  if (frame !== undefined) {
    response.writeHead(200, headers()).end(frame);
    return;
  }
  waiting.add(response);
  const timer = setTimeout(() => {
    // It is closed a little later: no frame may go there meanwhile.
    waiting.delete(response);
    response.writeHead(200, headers()).end();
  }, waitMs);
  response.once('close', () => {
    clearTimeout(timer);
    waiting.delete(response);
  });
}

function headers() {
  return {
    'content-type': 'text/plain',
    'cache-control': 'no-cache, no-store, must-revalidate',
    expires: '0',
    'access-control-allow-origin': '*',
  };
}

const sidBytes = 8;
