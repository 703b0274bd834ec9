import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
} from 'node:http2';
import { closeGraceMs } from './close-grace.ts';
import type { Connection, ConnectOptions, OutgoingMessage, WriteOutcome } from './connection.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { type Dialed, dial, peerAddress } from './dial.ts';
import { addressText, type Endpoint } from './endpoint.ts';
import { endedEarly, type Failure, failureOf, ownClose, refusalDetail, timedOut } from './failure.ts';
import { createGrpcDecoder, type DecodedGrpc, type GrpcDecoder, grpcMessage } from './grpc-decoder.ts';
import { type GuardedSink, guardSink } from './guarded-sink.ts';
import type { OpenTransport } from './open-transport.ts';
import { bytesOf, cutPieces } from './pieces.ts';

/**
 * A call whose messages go both ways, alone on its HTTP/2 connection. It is open once HTTP/2 is, for a server need not say anything
 * before it has something to say; it is closed with the status of the call. Its own framing, five bytes before each message, is
 * written and read here: bytes below it (`wire`), resets and flow control need that.
 *
 * Back pressure: a call that is not read does not enlarge its HTTP/2 window, and the peer has to wait.
 */
export const openGrpc: OpenTransport = (endpoint, options, nowUs, target) => {
  const dialed = dial(endpoint, options.tls, undefined, ['h2']);
  const session = connect(`${endpoint.secure ? 'https' : 'http'}://${addressText(endpoint.host, endpoint.port)}`, {
    createConnection: () => dialed.socket,
  });
  const live: LiveCall = {
    dialed,
    session,
    endpoint,
    options,
    nowUs,
    sink: guardSink(target),
    decoder: createGrpcDecoder(options.keepBytes),
    stream: undefined,
    held: [],
    ended: undefined,
    headers: {},
    failure: undefined,
    deadline: undefined,
  };
  followSession(live);
  return {
    write: message => write(live, message),
    request: () => unfit(live, 'a gRPC transport has messages, not HTTP requests'),
    close: how => close(live, how),
    setReading: go => (go ? live.stream?.resume() : live.stream?.pause()),
    destroy() {
      live.sink.mute();
      drop(live);
    },
  };
};

interface LiveCall {
  readonly dialed: Dialed;
  readonly session: ClientHttp2Session;
  readonly endpoint: Endpoint;
  readonly options: ConnectOptions;
  readonly nowUs: () => number;
  readonly sink: GuardedSink;
  readonly decoder: GrpcDecoder;
  stream: ClientHttp2Stream | undefined;
  /** Of a group that makes one write. */
  readonly held: Uint8Array[];
  /** How we ended it: our side only, or all of it. */
  ended: 'half' | 'whole' | undefined;
  /** Of the answer, its trailers over its head. */
  headers: IncomingHttpHeaders;
  failure: Failure | undefined;
  deadline: Deadline | undefined;
}

function followSession(live: LiveCall): void {
  const { session, dialed, options, sink, nowUs, endpoint } = live;
  const where = `an HTTP/2 connection to ${addressText(endpoint.host, endpoint.port)}`;
  const refuse = (failure: Failure) => {
    sink.refused(nowUs(), { code: failure.code, detail: refusalDetail(where, failure) });
    drop(live);
  };
  live.deadline = startDeadline(options.timeoutUs / 1000, () => refuse(timedOut(options.timeoutUs)), options.lagUs);
  // The settings of the server are the first that it says: until then it may be anything that listens.
  session.once('remoteSettings', () => {
    if (sink.phase() !== 'connecting') return;
    live.deadline?.cancel();
    live.stream = beginCall(live);
    sink.opened(nowUs(), { address: peerAddress(dialed.raw, endpoint) });
  });
  session.on('error', error => {
    live.failure ??= failureOf(error, 'broken');
  });
  session.once('close', () => {
    if (sink.phase() === 'connecting') refuse(live.failure ?? endedEarly);
    else conclude(live);
  });
  // Without a listener an error of a socket that the session has not taken yet would end the process.
  dialed.socket.on('error', error => {
    live.failure ??= failureOf(error, 'not-connected');
    session.destroy();
  });
}

function beginCall(live: LiveCall): ClientHttp2Stream {
  const { session, endpoint, options } = live;
  const stream = session.request(
    {
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: endpoint.path,
      [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
      [constants.HTTP2_HEADER_TE]: 'trailers',
      ...Object.fromEntries(Object.entries(options.headers).map(([name, value]) => [name.toLowerCase(), value])),
    },
    { endStream: false },
  );
  stream.on('response', headers => {
    live.headers = { ...headers };
  });
  stream.on('trailers', trailers => {
    live.headers = { ...live.headers, ...trailers };
  });
  stream.on('data', (chunk: Buffer) => {
    const atUs = live.nowUs();
    for (const message of live.decoder.push(chunk)) tell(live, atUs, message);
  });
  stream.on('error', error => {
    live.failure ??= failureOf(error, 'broken');
  });
  // The status ends a call, whether we have ended our side or not; without one, both sides of the stream have to end.
  stream.once('end', () => (statusIn(live.headers) === undefined ? stream.end() : conclude(live)));
  stream.once('close', () => conclude(live));
  return stream;
}

function tell({ sink }: LiveCall, atUs: number, { bytes, droppedBytes, compressed }: DecodedGrpc): void {
  if (compressed)
    sink.note(atUs, 'expected messages that are not compressed, for nothing was agreed, came one that says it is');
  sink.item(atUs, droppedBytes === undefined ? { bytes } : { bytes, droppedBytes });
}

function conclude(live: LiveCall): void {
  const { sink, nowUs, headers, ended, failure, decoder } = live;
  if (sink.phase() !== 'open') return;
  const atUs = nowUs();
  const left = decoder.end();
  if (left) sink.item(atUs, { bytes: left.bytes, unterminated: true });
  const status = statusIn(headers);
  const reason = reasonIn(headers);
  const by = ended === 'whole' && status === undefined ? 'us' : 'target';
  const error = by === 'target' && status === undefined ? (failure?.code ?? 'no-status') : undefined;
  sink.closed(atUs, {
    by,
    ...(status === undefined ? {} : { status }),
    ...(reason === undefined ? {} : { reason }),
    ...(error === undefined ? {} : { error }),
  });
  drop(live);
}

function statusIn(headers: IncomingHttpHeaders): number | undefined {
  const written = headers['grpc-status'];
  return typeof written === 'string' && /^\d{1,4}$/.test(written) ? Number(written) : undefined;
}

/** Percent-encoded by the protocol. */
function reasonIn(headers: IncomingHttpHeaders): string | undefined {
  const written = headers['grpc-message'];
  if (typeof written !== 'string' || written === '') {
    const http = headers[constants.HTTP2_HEADER_STATUS];
    return http === undefined || String(http) === '200' ? undefined : `HTTP ${http}`;
  }
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

function write(live: LiveCall, { opcode, data, wire, cutAt, hold, more }: OutgoingMessage): WriteOutcome {
  if (opcode === 'ping') return unfit(live, 'a gRPC call has no pings of its own');
  if (more)
    return unfit(live, 'a gRPC message says first how long it is, so it cannot be sent piece by piece with pauses');
  const atUs = live.nowUs();
  if (live.sink.phase() !== 'open') return { ok: false, atUs, reason: 'the call is not open' };
  if (live.ended !== undefined) return { ok: false, atUs, reason: 'we have ended our side of the call' };
  if (!live.stream?.writable) return { ok: false, atUs, reason: 'the target has ended the call' };
  const bytes = wire ? bytesOf(data) : grpcMessage(bytesOf(data));
  if (hold) {
    live.held.push(bytes);
    return { ok: true, atUs };
  }
  const whole = live.held.length === 0 ? bytes : Buffer.concat([...live.held.splice(0), bytes]);
  for (const piece of cutPieces(whole, cutAt)) live.stream.write(piece);
  return { ok: true, atUs };
}

/** The end of our side; what the target says to it still comes. It has a while to end its own. An abort is a cancelled call. */
function close(live: LiveCall, { half, abort }: Parameters<Connection['close']>[0]): void {
  const { sink, nowUs } = live;
  if (sink.phase() === 'connecting') {
    live.failure = ownClose;
    live.session.destroy();
    live.dialed.raw.destroy();
    return;
  }
  if (sink.phase() !== 'open' || (live.ended === 'whole' && !abort)) return;
  live.ended = half && !abort ? 'half' : 'whole';
  if (abort) return live.stream!.close(constants.NGHTTP2_CANCEL);
  if (live.held.length > 0) live.stream!.write(Buffer.concat(live.held.splice(0)));
  live.stream!.end();
  if (half) return;
  live.deadline = startDeadline(closeGraceMs, () => {
    sink.note(nowUs(), `the target did not follow our close within ${closeGraceMs} ms`);
    live.stream!.close(constants.NGHTTP2_CANCEL);
  });
}

function drop({ deadline, session, dialed }: LiveCall): void {
  deadline?.cancel();
  session.destroy();
  dialed.raw.destroy();
}

function unfit({ nowUs }: LiveCall, reason: string): WriteOutcome {
  return { ok: false, atUs: nowUs(), reason, unfit: true };
}
