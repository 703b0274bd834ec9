import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What it does with a line: sends it back, sends another one, or nothing. */
export type Behaviour = 'echo' | 'alter' | 'keep-silent';

export interface EchoServer {
  readonly url: string;
  /** Resolves when it has been sent something. */
  readonly spokenTo: Promise<void>;
}

export async function startEchoServer(behaviour: Behaviour): Promise<EchoServer> {
  const sockets = new Set<Socket>();
  const { promise: spokenTo, resolve } = withResolver();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.setEncoding('utf8').on('data', (text: string) => {
      resolve();
      if (behaviour === 'echo') socket.write(text);
      if (behaviour === 'alter') socket.write(text.replaceAll('hello', 'goodbye'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, spokenTo };
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>(wake => {
    resolve = wake;
  });
  return { promise, resolve };
}
