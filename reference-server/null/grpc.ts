/** gRPC: a call is a connection, and messages have five bytes before them. */
import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { listen } from '../fronts/listening.ts';
import type { NullFront, NullFrontOptions } from './front.ts';
import { type Peer, reactingOn } from './peer.ts';
import type { Message, NullDomain } from './reaction.ts';
import { messageBytes } from './websocket.ts';

export async function serveNullGrpc(domain: NullDomain, options: NullFrontOptions): Promise<NullFront> {
  const { host, port, transports, nextConnection } = options;
  const server = createServer();
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', session => {
    sessions.add(session);
    session.on('error', () => {}).once('close', () => sessions.delete(session));
  });
  server.on('sessionError', () => {});
  server.on('stream', stream =>
    acceptNullCall(domain, stream, { connection: nextConnection(), transport: transports[0]!.name }),
  );
  const boundPort = await listen(server, host, port);
  return {
    port: boundPort,
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const session of sessions) session.destroy();
      await closed;
    },
  };
}

interface About {
  readonly connection: number;
  readonly transport: string;
}

function acceptNullCall(domain: NullDomain, stream: ServerHttp2Stream, { connection, transport }: About): void {
  const reacting = reactingOn(framingPeer(stream));
  let rest = Buffer.alloc(0);
  stream.on('error', () => {}).once('close', reacting.end);
  stream.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let message = firstIn(rest); message; message = firstIn(rest)) {
      rest = rest.subarray(headBytes + message.length);
      reacting.react(domain.receive(connection, { transport, text: message.toString('latin1'), isBinary: true }));
    }
    if (rest.length > messageBytes) stream.close();
  });
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
  reacting.react(domain.connect(connection));
}

/** Undefined as long as it is not whole. */
function firstIn(bytes: Buffer): Buffer | undefined {
  if (bytes.length < headBytes) return undefined;
  const end = headBytes + bytes.readUInt32BE(1);
  return bytes.length < end ? undefined : bytes.subarray(headBytes, end);
}

function framingPeer(stream: ServerHttp2Stream): Peer {
  return {
    say(messages, taken) {
      if (stream.writable) stream.write(Buffer.concat(messages.map(frame)), error => error || taken());
    },
    sayByte(message, at) {
      const bytes = frame(message);
      if (stream.writable) stream.write(bytes.subarray(at, at + 1));
      return at + 1 < bytes.length;
    },
    close: () => stream.close(),
  };
}

function frame({ bytes, bare }: Message): Uint8Array {
  if (bare) return bytes;
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** Whether it is compressed, and its size. */
const headBytes = 5;
