import type { HttpAnswer } from '../evidence/events.ts';
import { isObject, type Value } from '../foundation/value.ts';
import type {
  Connection,
  ConnectionSink,
  ConnectOptions,
  IncomingMessage,
  OutgoingMessage,
  WriteOutcome,
} from './connection.ts';
import { type Endpoint, requestTarget } from './endpoint.ts';
import { type GuardedSink, guardSink } from './guarded-sink.ts';
import { openHttp } from './http.ts';
import type { OpenTransport } from './open-transport.ts';
import { bytesOf } from './pieces.ts';

/**
 * Long polling looks like any other connection: one HTTP connection asks for the next message as soon as the last one has come, another
 * posts what is sent. A request without a session opens one; its answer names it, and goes to nobody. An answer to a poll is a message;
 * an answer to a post that says anything is one too, with its HTTP head.
 */
export const openLongPoll: OpenTransport = (endpoint, options, nowUs, target) => {
  const poll: LongPoll = {
    endpoint,
    options,
    nowUs,
    sink: guardSink(target),
    path: undefined,
    address: '',
    reading: true,
    asked: false,
    ending: false,
    poller: undefined,
    sender: undefined,
  };
  poll.poller = openHttp(endpoint, options, nowUs, pollerSink(poll));
  request(poll, 'GET', endpoint.path);
  return {
    write: message => write(poll, message),
    request: () => unfit(poll, 'a long poll makes its requests itself; use a transport of kind http'),
    close: ({ abort }) => close(poll, abort),
    setReading(go) {
      poll.reading = go;
      if (go) ask(poll);
    },
    destroy() {
      poll.sink.mute();
      poll.poller?.destroy();
      poll.sender?.destroy();
    },
  };
};

interface LongPoll {
  readonly endpoint: Endpoint;
  readonly options: ConnectOptions;
  readonly nowUs: () => number;
  readonly sink: GuardedSink;
  /** With the session; undefined until that is open. */
  path: string | undefined;
  address: string;
  reading: boolean;
  /** A poll waits for its answer. */
  asked: boolean;
  ending: boolean;
  poller: Omit<Connection, 'transport'> | undefined;
  sender: Omit<Connection, 'transport'> | undefined;
}

function request(poll: LongPoll, method: string, path: string): void {
  poll.asked = true;
  const outcome = poll.poller!.request({ method, path, headers: {} });
  if (!outcome.ok) over(poll, outcome.atUs, { by: 'us', error: 'not-connected', reason: outcome.reason });
}

/** Asks for the next message, if nothing has been asked and somebody wants to know. */
function ask(poll: LongPoll): void {
  if (poll.path !== undefined && poll.reading && !poll.asked && poll.sink.phase() === 'open')
    request(poll, 'GET', poll.path);
}

function pollerSink(poll: LongPoll): ConnectionSink {
  const { sink } = poll;
  return {
    opened(_atUs, { address }) {
      poll.address = address;
    },
    refused: (atUs, about) => sink.refused(atUs, about),
    note: (atUs, text) => sink.note(atUs, text),
    item(atUs, message) {
      poll.asked = false;
      if (poll.path === undefined) begin(poll, atUs, message);
      else polled(poll, atUs, message);
    },
    closed(atUs, { error, reason }) {
      // Between two polls a server may end the connection: the next one opens another.
      if (!poll.asked && !poll.ending) return;
      const detail = error ?? 'the answer to a poll never came';
      if (poll.path === undefined) sink.refused(atUs, { code: 'no-session', detail: reason ?? detail });
      else over(poll, atUs, { by: poll.ending ? 'us' : 'target', ...(error === undefined ? {} : { error }) });
    },
  };
}

function begin(poll: LongPoll, atUs: number, { bytes, http }: IncomingMessage): void {
  const { options, endpoint, sink } = poll;
  const session = isFine(http) ? sessionIn(bytes, options.session!.at) : undefined;
  if (session === undefined) {
    const status = http?.status;
    const detail = isFine(http)
      ? `expected an answer with the session at /${options.session!.at.join('/')}, came ${shown(bytes)}`
      : `expected a session, came HTTP ${status}: ${shown(bytes)}`;
    sink.refused(atUs, { code: 'no-session', detail, ...(status === undefined ? {} : { status }) });
    poll.poller!.destroy();
    return;
  }
  poll.path = requestTarget(endpoint.path, { [options.session!.query]: session });
  sink.opened(atUs, { address: poll.address });
  ask(poll);
}

function polled(poll: LongPoll, atUs: number, message: IncomingMessage): void {
  const { bytes, http } = message;
  // Nothing has come for a while.
  if (isFine(http) && bytes.length === 0) return ask(poll);
  if (isFine(http)) {
    const { http: _, ...plain } = message;
    poll.sink.item(atUs, { ...plain, opcode: 'text' });
    ask(poll);
    return;
  }
  poll.sink.item(atUs, message);
  over(poll, atUs, { by: 'target', ...(http ? { status: http.status } : {}), reason: shown(bytes) });
}

function write(poll: LongPoll, { opcode, data, wire, cutAt, hold }: OutgoingMessage): WriteOutcome {
  if (opcode === 'ping' || wire) return unfit(poll, `a long poll has no ${wire ? 'bytes below its requests' : 'ping'}`);
  if (hold || cutAt.length > 0) return unfit(poll, 'a long poll sends one message in one request');
  if (poll.path === undefined || poll.sink.phase() !== 'open' || poll.ending)
    return { ok: false, atUs: poll.nowUs(), reason: 'the session is not open' };
  poll.sender ??= openHttp(poll.endpoint, poll.options, poll.nowUs, senderSink(poll));
  return poll.sender.request({ method: 'POST', path: poll.path, headers: contentType, body: bytesOf(data) });
}

/** Form content would be parsed by some servers before they read it. */
const contentType = { 'Content-Type': 'application/json' };

function senderSink(poll: LongPoll): ConnectionSink {
  const { sink } = poll;
  return {
    opened() {},
    refused: (atUs, { code, detail }) => over(poll, atUs, { by: 'target', error: code, reason: detail }),
    note: (atUs, text) => sink.note(atUs, text),
    item(atUs, message) {
      if (!isFine(message.http) || message.bytes.length > 0) sink.item(atUs, message);
    },
    closed() {},
  };
}

/** There is no word for it in long polling: the session is left behind. */
function close(poll: LongPoll, abort: boolean): void {
  poll.ending = true;
  for (const each of [poll.sender, poll.poller]) each?.close({ half: false, abort });
  if (poll.path !== undefined) return;
  poll.poller?.destroy();
  process.nextTick(() => over(poll, poll.nowUs(), { by: 'us' }));
}

function over(poll: LongPoll, atUs: number, about: Parameters<ConnectionSink['closed']>[1]): void {
  poll.ending = true;
  if (poll.sink.phase() === 'connecting')
    poll.sink.refused(atUs, { code: about.error ?? 'no-session', detail: about.reason ?? 'it was ended' });
  else poll.sink.closed(atUs, about);
  poll.sender?.destroy();
  poll.poller?.destroy();
}

function isFine(http: HttpAnswer | undefined): boolean {
  return http !== undefined && http.status >= 200 && http.status < 300;
}

function sessionIn(bytes: Uint8Array, at: readonly string[]): string | undefined {
  let place: Value | undefined;
  try {
    place = JSON.parse(Buffer.from(bytes).toString()) as Value;
  } catch {
    return undefined;
  }
  for (const name of at) place = isObject(place) ? place[name] : undefined;
  return typeof place === 'string' && place !== '' ? place : undefined;
}

function shown(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 200)).toString();
  return text === '' ? 'nothing' : JSON.stringify(text);
}

function unfit(poll: LongPoll, reason: string): WriteOutcome {
  return { ok: false, atUs: poll.nowUs(), reason, unfit: true };
}
