import { createServer, type Socket } from 'node:net';
import { listen, trackSockets } from '../fronts/listening.ts';
import type { NullFront, NullFrontOptions } from './front.ts';
import { type Peer, reactingOn } from './peer.ts';
import type { Message, NullDomain } from './reaction.ts';

export async function serveNullLines(domain: NullDomain, options: NullFrontOptions): Promise<NullFront> {
  const { host, port, transports, nextConnection } = options;
  const server = createServer({ allowHalfOpen: true }, socket => {
    const connection = nextConnection();
    const reacting = reactingOn(linePeer(socket));
    socket.on('error', () => {});
    socket.once('end', () => socket.end());
    socket.once('close', reacting.end);
    followLines(socket, text => reacting.react(domain.receive(connection, { transport: transports[0]!.name, text })));
    reacting.react(domain.connect(connection));
  });
  const sockets = trackSockets(server);
  const boundPort = await listen(server, host, port);
  return {
    port: boundPort,
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A line without end is not kept: nothing answers it. */
function followLines(socket: Socket, heard: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!.slice(0, lineCharacters);
    for (const line of lines) heard(line.replace(/\r$/, ''));
  });
}

const lineCharacters = 1_048_576;

function linePeer(socket: Socket): Peer {
  const framed = ({ bytes, bare }: Message) => (bare ? bytes : Buffer.concat([bytes, lineFeed]));
  return {
    say(messages, taken) {
      if (socket.writable) socket.write(Buffer.concat(messages.map(framed)), error => error || taken());
    },
    sayByte(message, at) {
      const bytes = framed(message);
      if (socket.writable) socket.write(bytes.subarray(at, at + 1));
      return at + 1 < bytes.length;
    },
    close: () => void socket.end(),
  };
}

const lineFeed = Uint8Array.of(0x0a);
