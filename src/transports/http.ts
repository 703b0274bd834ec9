import type { ConnectionSink, ConnectOptions, OutgoingMessage, OutgoingRequest, WriteOutcome } from './connection.ts';
import type { Endpoint } from './endpoint.ts';
import { failureOf } from './failure.ts';
import { type GuardedSink, guardSink } from './guarded-sink.ts';
import { type AnswerDecoder, createAnswerDecoder, type Decoded } from './http-decoder.ts';
import { encodeRequest } from './http-request.ts';
import type { OpenTransport } from './open-transport.ts';
import { bytesOf } from './pieces.ts';
import { openStream, type Stream, type StreamEnd } from './stream.ts';

/**
 * HTTP/1.1 over one connection, which stays open between requests. Requests are written at once, in order, without
 * waiting for the answers before (RFC 9112, section 9.3.2). No redirect is followed, nothing is repeated. A request after
 * the end opens the connection anew. An answer that nothing asked for is an item like any other.
 */
export const openHttp: OpenTransport = (endpoint, options, nowUs, target) => {
  const http: Http = { endpoint, options, nowUs, sink: guardSink(target), reading: true, waiting: [], methods: [] };
  connect(http);
  return {
    write: message => writeRaw(http, message),
    request: request => writeRequest(http, request),
    close: how => http.stream?.close(how),
    setReading(go) {
      http.reading = go;
      http.stream?.setReading(go);
    },
    destroy() {
      http.sink.mute();
      http.stream?.destroy();
    },
  };
};

interface Http {
  readonly endpoint: Endpoint;
  readonly options: ConnectOptions;
  readonly nowUs: () => number;
  readonly sink: GuardedSink;
  reading: boolean;
  stream?: Stream;
  /** Written as soon as the connection is open. */
  waiting: Uint8Array[];
  /** Of the requests that are not answered, in order. */
  methods: string[];
}

function connect(http: Http): void {
  const { endpoint, options, nowUs, sink } = http;
  http.waiting = [];
  http.methods = [];
  const decoder = createAnswerDecoder(options.keepBytes, () => http.methods.shift());
  http.stream = openStream(endpoint, options, nowUs, {
    opened(atUs, address) {
      sink.opened(atUs, { address });
      for (const bytes of http.waiting.splice(0)) http.stream?.write(bytes, [], false);
    },
    refused: (atUs, about) => sink.refused(atUs, about),
    note: (atUs, text) => sink.note(atUs, text),
    read: (atUs, bytes) => report(http, atUs, decoder.push(bytes), 'target'),
    ended: (atUs, about) => end(http, atUs, about, decoder),
  });
  if (!http.reading) http.stream.setReading(false);
}

function end(http: Http, atUs: number, { by, complete, error }: StreamEnd, decoder: AnswerDecoder): void {
  // An answer may end with the connection, if that ends in order. What our own close leaves open is no fault of the target's.
  const left = complete ? decoder.end().filter(each => each.kind === 'answer' || by === 'target') : [];
  report(http, atUs, left, by);
  conclude(http, atUs, error === undefined ? { by } : { by, error });
}

function report(http: Http, atUs: number, all: readonly Decoded[], by: 'target' | 'us'): void {
  for (const decoded of all) {
    const isLast = decoded.kind !== 'answer' || decoded.last;
    const { stream } = http;
    // Over for both from here on, whenever the target's end arrives: the next request must not meet a dying connection.
    if (isLast) stream?.destroy();
    if (decoded.kind === 'answer') {
      const { status, headers } = decoded.head;
      http.sink.item(atUs, { ...decoded.body, http: { status, headers } });
    }
    if (!isLast) continue;
    // Who heard the answer may have asked again at once: then the end is told of where the connection is opened anew.
    if (http.stream !== stream) return;
    conclude(http, atUs, decoded.kind === 'answer' ? { by } : { by, error: 'bad-http', reason: decoded.message });
    return;
  }
}

function conclude(http: Http, atUs: number, about: Parameters<ConnectionSink['closed']>[1]): void {
  const unanswered = http.methods.splice(0).length;
  if (unanswered > 0) http.sink.note(atUs, `the connection ended with ${unanswered} requests unanswered`);
  http.sink.closed(atUs, about);
}

function writeRequest(http: Http, request: OutgoingRequest): WriteOutcome {
  const bytes = encodeRequest(request, http.endpoint, http.options.headers);
  if (typeof bytes === 'string') return { ok: false, atUs: http.nowUs(), reason: bytes, unfit: true };
  const failed = reconnect(http);
  if (failed) return failed;
  const outcome = writeWhenOpen(http, bytes, [], false);
  if (outcome.ok) http.methods.push(request.method);
  return outcome;
}

/** Bytes that need not be HTTP. */
function writeRaw(http: Http, { opcode, data, cutAt, hold }: OutgoingMessage): WriteOutcome {
  if (opcode === 'ping') return { ok: false, atUs: http.nowUs(), reason: 'HTTP has no ping', unfit: true };
  return reconnect(http) ?? writeWhenOpen(http, bytesOf(data), cutAt, hold);
}

function writeWhenOpen(http: Http, bytes: Uint8Array, cutAt: readonly number[], hold: boolean): WriteOutcome {
  if (http.stream?.phase() !== 'connecting') return http.stream!.write(bytes, cutAt, hold);
  http.waiting.push(bytes);
  return { ok: true, atUs: http.nowUs() };
}

/** Opens the connection anew if it is over, or if we are closing it. */
function reconnect(http: Http): WriteOutcome | undefined {
  const { sink, stream, nowUs } = http;
  const phase = stream?.phase();
  if (sink.phase() === 'muted') return { ok: false, atUs: nowUs(), reason: 'the connection is destroyed' };
  if (phase !== 'over' && phase !== 'closing') return undefined;
  stream?.destroy();
  // Not within this call; before anything of the new connection can be told.
  process.nextTick(() => {
    sink.closed(nowUs(), { by: 'us' });
    sink.renew();
  });
  try {
    connect(http);
    return undefined;
  } catch (error) {
    return { ok: false, atUs: nowUs(), reason: failureOf(error, 'not-connected').cause };
  }
}
