import type { Connection, ConnectionSink, OpenConnection } from './connection.ts';
import { parseEndpoint, type TransportKind } from './endpoint.ts';
import { failureOf } from './failure.ts';
import { openGrpc } from './grpc.ts';
import { guardSink } from './guarded-sink.ts';
import { openHttp } from './http.ts';
import { openLines } from './lines.ts';
import { openLongPoll } from './longpoll.ts';
import type { OpenTransport } from './open-transport.ts';
import { openUdp } from './udp.ts';
import { openWebSocket } from './websocket.ts';

const openers: Readonly<Record<TransportKind, OpenTransport>> = {
  websocket: openWebSocket,
  longpoll: openLongPoll,
  grpc: openGrpc,
  lines: openLines,
  http: openHttp,
  udp: openUdp,
};

export const openConnection: OpenConnection = (transport, options, nowUs, sink) => {
  try {
    const endpoint = parseEndpoint(options.kind, options.url);
    return Object.assign(openers[options.kind](endpoint, options, nowUs, sink), { transport });
  } catch (error) {
    return { transport, ...neverOpened(error, nowUs, sink) };
  }
};

/** What could not even be tried: a bad endpoint, TLS files that cannot be read, a subprotocol that is no token. */
function neverOpened(error: unknown, nowUs: () => number, target: ConnectionSink): Omit<Connection, 'transport'> {
  const sink = guardSink(target);
  const { code, cause } = failureOf(error, 'bad-request');
  setImmediate(() => sink.refused(nowUs(), { code, detail: cause }));
  const unwritable = () => ({ ok: false, atUs: nowUs(), reason: 'the connection was refused' }) as const;
  return { write: unwritable, request: unwritable, close() {}, setReading() {}, destroy: () => sink.mute() };
}
