import { connect, type Socket } from 'node:net';
import { AntiphonError } from '../../foundation/errors.ts';
import { addressText, type Endpoint, parseEndpoint, type TransportKind } from '../../transports/endpoint.ts';

/** Between two attempts while a server starts. */
const retryMs = 50;

/** Resolves once something listens at the endpoint. UDP cannot be asked. */
export async function reach(endpoint: Endpoint, withinMs: number): Promise<void> {
  if (endpoint.kind === 'udp') return;
  const deadline = performance.now() + withinMs;
  for (;;) {
    const cause = await attempt(endpoint, Math.max(1, deadline - performance.now()));
    if (cause === undefined) return;
    if (performance.now() + retryMs > deadline) throw unreachable(endpoint, cause);
    await new Promise(resolve => setTimeout(resolve, retryMs));
  }
}

/** One attempt: throws an AntiphonError `target-unreachable` that names address and cause. */
export async function reachOnce(kind: TransportKind, url: string, withinMs: number): Promise<void> {
  const endpoint = parseEndpoint(kind, url);
  if (endpoint.kind === 'udp') return;
  const cause = await attempt(endpoint, withinMs);
  if (cause !== undefined) throw unreachable(endpoint, cause);
}

function attempt({ host, port }: Endpoint, withinMs: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket: Socket = connect({ host, port });
    const timer = setTimeout(() => done(`no answer within ${Math.round(withinMs)} ms`), withinMs);
    function done(cause: string | undefined): void {
      clearTimeout(timer);
      socket.destroy();
      resolve(cause);
    }
    socket.on('connect', () => done(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
}

function unreachable({ host, port }: Endpoint, cause: string): AntiphonError {
  const message = `The target was expected to listen at ${addressText(host, port)}; a connection to it failed: ${cause}. Start the server, or give its address with --target.`;
  return new AntiphonError('target', 'target-unreachable', message);
}
