import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { ConnectOptions, OutgoingMessage, WriteOutcome } from './connection.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { addressText, type Endpoint } from './endpoint.ts';
import { type Failure, failureOf, ownClose, refusalDetail, timedOut } from './failure.ts';
import { type GuardedSink, guardSink } from './guarded-sink.ts';
import type { OpenTransport } from './open-transport.ts';
import { bytesOf, cutPieces } from './pieces.ts';

/**
 * UDP with a connected socket: only the target's datagrams arrive, and that nothing listens there is told by the network
 * (a note: a target that restarts may listen again). There is no back pressure: while reading is stopped, datagrams are
 * dropped and counted, as a full buffer of the kernel would.
 */
export const openUdp: OpenTransport = (endpoint, options, nowUs, target) => {
  const socket = createSocket(isIPv6(endpoint.host) ? 'udp6' : 'udp4');
  const udp: Udp = { socket, sink: guardSink(target), nowUs, held: [], reading: true, dropped: 0, over: false };
  listen(udp, endpoint, options);
  return {
    write: message => write(udp, message),
    request: () => ({
      ok: false,
      atUs: nowUs(),
      reason: 'a UDP transport has datagrams, not HTTP requests',
      unfit: true,
    }),
    close: () => shut(udp),
    setReading: go => setReading(udp, go),
    destroy() {
      udp.sink.mute();
      shut(udp);
    },
  };
};

interface Udp {
  readonly socket: Socket;
  readonly sink: GuardedSink;
  readonly nowUs: () => number;
  /** Messages that wait to be one datagram with the next. */
  held: Uint8Array[];
  reading: boolean;
  dropped: number;
  over: boolean;
  deadline?: Deadline;
}

/** What an IPv4 datagram can carry. */
const datagramMaxBytes = 65_507;

function listen(udp: Udp, endpoint: Endpoint, { timeoutUs, lagUs, keepBytes }: ConnectOptions): void {
  const { socket, sink, nowUs } = udp;
  const where = `a UDP socket for ${addressText(endpoint.host, endpoint.port)}`;
  const refuse = (failure: Failure): void => {
    shut(udp);
    sink.refused(nowUs(), { code: failure.code, detail: refusalDetail(where, failure) });
  };
  udp.deadline = startDeadline(timeoutUs / 1000, () => refuse(timedOut(timeoutUs)), lagUs);
  socket.on('message', bytes => {
    const atUs = nowUs();
    if (!udp.reading) {
      udp.dropped += 1;
      return;
    }
    const kept = bytes.subarray(0, keepBytes);
    const dropped = bytes.length - kept.length;
    sink.item(atUs, dropped > 0 ? { bytes: kept, droppedBytes: dropped } : { bytes: kept });
  });
  socket.on('error', error =>
    sink.phase() === 'connecting' ? refuse(failureOf(error, 'not-connected')) : noteFailure(udp, error),
  );
  socket.once('close', () => {
    if (sink.phase() === 'connecting') refuse(ownClose);
    else sink.closed(nowUs(), { by: 'us' });
  });
  // Typed without the error, which a name that cannot be resolved gives.
  const connected = (error?: unknown): void => {
    if (udp.over) return;
    udp.deadline?.cancel();
    if (error) {
      refuse(failureOf(error, 'not-connected'));
      return;
    }
    const { address, port } = socket.remoteAddress();
    sink.opened(nowUs(), { address: addressText(address, port) });
  };
  socket.connect(endpoint.port, endpoint.host, connected);
}

function write(udp: Udp, { opcode, data, cutAt, hold }: OutgoingMessage): WriteOutcome {
  const { socket, sink, nowUs } = udp;
  const atUs = nowUs();
  if (opcode === 'ping') return { ok: false, atUs, reason: 'UDP has no ping', unfit: true };
  if (sink.phase() !== 'open' || udp.over) return { ok: false, atUs, reason: 'the socket is not open' };
  const bytes = bytesOf(data);
  if (hold) {
    udp.held.push(bytes);
    return { ok: true, atUs };
  }
  const pieces = cutPieces(udp.held.length === 0 ? bytes : Buffer.concat([...udp.held, bytes]), cutAt);
  udp.held = [];
  const largest = Math.max(...pieces.map(piece => piece.length));
  if (largest > datagramMaxBytes)
    return {
      ok: false,
      atUs,
      reason: `expected a datagram of at most ${datagramMaxBytes} bytes, came ${largest}`,
      unfit: true,
    };
  for (const piece of pieces) socket.send(piece, error => error && noteFailure(udp, error));
  return { ok: true, atUs };
}

function noteFailure(udp: Udp, error: Error): void {
  const { code, cause } = failureOf(error, 'not-sent');
  udp.sink.note(
    udp.nowUs(),
    code === 'ECONNREFUSED' ? 'nothing listens at the target: the network refused a datagram' : cause,
  );
}

function setReading(udp: Udp, go: boolean): void {
  udp.reading = go;
  if (!go || udp.dropped === 0) return;
  udp.sink.note(udp.nowUs(), `${udp.dropped} datagrams came while reading was stopped and were dropped`);
  udp.dropped = 0;
}

function shut(udp: Udp): void {
  udp.deadline?.cancel();
  if (udp.over) return;
  udp.over = true;
  udp.socket.close();
}
