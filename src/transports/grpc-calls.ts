import { once } from 'node:events';
import {
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { ConnectionSink, OpenConnection, OutgoingMessage, WriteOutcome } from './connection.ts';
import { addressText } from './endpoint.ts';
import { failureOf, refusalDetail } from './failure.ts';
import { createGrpcDecoder, grpcMessage } from './grpc-decoder.ts';
import { type GuardedSink, guardSink } from './guarded-sink.ts';

/**
 * Where a target calls us: it listens from before the target is started until the end of the run, for a client that finds nobody may
 * not try again for minutes. One scenario at a time hears the calls; what nobody hears is answered with an empty message.
 */
export interface CallListener {
  /** Opens once we listen. It is refused where we cannot, and while another one hears. */
  readonly open: OpenConnection;
  /** Where we listen, once we do. Rejects where we cannot. */
  readonly url: Promise<string>;
  stop(): Promise<void>;
}

interface Listening {
  readonly server: Http2Server;
  readonly keepBytes: number;
  hearer: Hearer | undefined;
  /** Why we do not listen. */
  failure: Error | undefined;
}

interface Hearer {
  readonly sink: GuardedSink;
  readonly nowUs: () => number;
  /** Calls without their answer, by number. */
  readonly waiting: Map<number, ServerHttp2Stream>;
  calls: number;
}

export interface ListenAddress {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
}

/** `service`: `/package.Service`; other calls are not implemented. */
export function listenForCalls({ host, port }: ListenAddress, service: string, keepBytes: number): CallListener {
  const listening: Listening = { server: createServer(), keepBytes, hearer: undefined, failure: undefined };
  const { server } = listening;
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', session => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.on('error', () => {});
  });
  server.on('stream', (stream, headers) => answerStream(listening, service, stream, headers));
  server.on('error', error => {
    listening.failure = error;
  });
  const url = once(server, 'listening').then(() => `grpc://${addressOf(server)}`);
  // Whoever hears is told of it, too.
  url.catch(() => {});
  server.listen({ host, port });
  // It does not keep a run alive that has nothing more to do.
  server.unref();
  return {
    url,
    open: (transport, _options, nowUs, sink) => ({ transport, ...hear(listening, nowUs, sink) }),
    stop: () =>
      new Promise(resolve => {
        for (const session of sessions) session.destroy();
        server.close(() => resolve());
      }),
  };
}

function answerStream(
  listening: Listening,
  service: string,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
): void {
  const method = String(headers[constants.HTTP2_HEADER_PATH] ?? '');
  stream.on('error', () => {});
  if (!method.startsWith(`${service}/`)) {
    stream.respond({ ...head, 'grpc-status': unimplemented }, { endStream: true });
    return;
  }
  const decoder = createGrpcDecoder(listening.keepBytes);
  let told = false;
  stream.on('data', (chunk: Buffer) => {
    const [message] = decoder.push(chunk);
    if (!message || told) return;
    told = true;
    const { hearer } = listening;
    if (!hearer) return reply(stream, new Uint8Array());
    const { bytes, droppedBytes } = message;
    const call = { n: ++hearer.calls, method };
    hearer.waiting.set(call.n, stream);
    stream.once('close', () => hearer.waiting.delete(call.n));
    hearer.sink.item(hearer.nowUs(), { bytes, call, ...(droppedBytes === undefined ? {} : { droppedBytes }) });
  });
}

const head = { [constants.HTTP2_HEADER_STATUS]: 200, [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc' };
const unimplemented = '12';

function reply(stream: ServerHttp2Stream, bytes: Uint8Array): void {
  stream.respond(head, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(grpcMessage(bytes));
}

function hear(listening: Listening, nowUs: () => number, target: ConnectionSink) {
  const hearer: Hearer = { sink: guardSink(target), nowUs, waiting: new Map(), calls: 0 };
  const { server } = listening;
  const settle = () => {
    const why = listening.hearer ? new Error('another scenario hears the calls') : listening.failure;
    if (why) {
      const failure = failureOf(why, 'not-listening');
      hearer.sink.refused(nowUs(), { code: failure.code, detail: refusalDetail('to listen for calls', failure) });
      return;
    }
    listening.hearer = hearer;
    hearer.sink.opened(nowUs(), { address: addressOf(server) });
  };
  if (server.listening || listening.failure) setImmediate(settle);
  else {
    server.once('listening', settle);
    server.once('error', () => setImmediate(settle));
  }
  const end = () => {
    if (listening.hearer === hearer) listening.hearer = undefined;
    for (const stream of hearer.waiting.values()) reply(stream, new Uint8Array());
    hearer.waiting.clear();
  };
  return {
    write: (message: OutgoingMessage) => answer(hearer, message),
    request: () => unfit(hearer, 'calls of the target are answered, and nothing is requested'),
    close() {
      end();
      hearer.sink.closed(nowUs(), { by: 'us' });
    },
    setReading() {},
    destroy() {
      hearer.sink.mute();
      end();
    },
  };
}

function addressOf(server: Http2Server): string {
  const { address, port } = server.address() as AddressInfo;
  return addressText(address, port);
}

function answer(hearer: Hearer, { data, answers }: OutgoingMessage): WriteOutcome {
  if (answers === undefined) return unfit(hearer, 'calls of the target are answered, and nothing else is sent');
  const atUs = hearer.nowUs();
  const stream = hearer.waiting.get(answers);
  hearer.waiting.delete(answers);
  if (!stream || stream.destroyed) return { ok: false, atUs, reason: 'whoever called waits no longer' };
  reply(stream, typeof data === 'string' ? Buffer.from(data) : data);
  return { ok: true, atUs };
}

function unfit({ nowUs }: Hearer, reason: string): WriteOutcome {
  return { ok: false, atUs: nowUs(), reason, unfit: true };
}
