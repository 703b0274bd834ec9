/** For tests: a client on each transport kind, which hears bytes. */
import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { WebSocket } from 'ws';

export interface HearingClient {
  say(text: string): void;
  /** Everything so far: on HTTP, gRPC and lines the bytes of the connection, else what messages hold, joined. */
  heard(): string;
  /** Number of messages, or reads. */
  arrivals(): number;
  /** Resolves with all that was heard as soon as it is as wanted. */
  until(wanted: (heard: string) => boolean): Promise<string>;
  /** Resolves once the other side has ended the connection: with the close code, if it has one. */
  readonly closed: Promise<number | undefined>;
  end(): void;
}

export async function openClient(url: string): Promise<HearingClient> {
  const { protocol, hostname, port } = new URL(url);
  const heard = hearing();
  if (protocol === 'ws:') {
    const socket = new WebSocket(url, { skipUTF8Validation: true });
    const closed = new Promise<number>(resolve => socket.once('close', resolve));
    socket.on('message', data => heard.push(data as Buffer)).on('error', () => {});
    await once(socket, 'open');
    return { ...heard.client, closed, say: text => socket.send(text), end: () => socket.terminate() };
  }
  if (protocol === 'grpc:') return openCall(url);
  if (protocol === 'udp:') {
    const socket = createSocket('udp4');
    socket.on('message', heard.push);
    return {
      ...heard.client,
      closed: new Promise(() => {}),
      say: text => socket.send(text, Number(port), hostname),
      end: () => void socket.close(),
    };
  }
  const socket = connect(Number(port), hostname);
  const closed = new Promise<undefined>(resolve => socket.once('close', () => resolve(undefined)));
  socket.on('data', heard.push).on('error', () => {});
  await once(socket, 'connect');
  const request = (text: string) =>
    `POST /api HTTP/1.1\r\nhost: h\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  const say = (text: string) => void socket.write(protocol === 'http:' ? request(text) : `${text}\n`);
  return { ...heard.client, closed, say, end: () => void socket.destroy() };
}

async function openCall(url: string): Promise<HearingClient> {
  const heard = hearing();
  const session = connectHttp2(url.replace('grpc:', 'http:'));
  const stream = session.on('error', () => {}).request({ ':method': 'POST', ':path': '/toy.Toy/Talk' });
  const closed = new Promise<undefined>(resolve => stream.once('close', () => resolve(undefined)));
  stream.on('data', heard.push).on('error', () => {});
  await once(session, 'connect');
  const say = (text: string) => void stream.write(grpcMessage(text), 'latin1');
  return { ...heard.client, closed, say, end: () => session.destroy() };
}

/** As it is written: not compressed, its size, the message. */
export function grpcMessage(text: string): string {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(text.length, 1);
  return head.toString('latin1') + text;
}

function hearing() {
  const arrived = new EventEmitter();
  let all = '';
  let arrivals = 0;
  return {
    push(bytes: Uint8Array): void {
      arrivals++;
      all += Buffer.from(bytes).toString('latin1');
      arrived.emit('more');
    },
    client: {
      heard: () => all,
      arrivals: () => arrivals,
      async until(wanted: (heard: string) => boolean): Promise<string> {
        while (!wanted(all)) await once(arrived, 'more');
        return all;
      },
    },
  };
}
