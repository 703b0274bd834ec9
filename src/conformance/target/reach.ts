import { AntiphonError, messageOf } from '../../foundation/errors.ts';
import type { ConnectOptions } from '../../transports/connection.ts';
import { startDeadline } from '../../transports/deadline.ts';
import { type Dialed, dial } from '../../transports/dial.ts';
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
export async function reachOnce(
  kind: TransportKind,
  url: string,
  withinMs: number,
  tls?: ConnectOptions['tls'],
): Promise<void> {
  const endpoint = parseEndpoint(kind, url);
  if (endpoint.kind === 'udp') return;
  const cause = await attempt(endpoint, withinMs, tls);
  if (cause !== undefined) throw unreachable(endpoint, cause);
}

/** Why it cannot be reached, the TLS handshake included; undefined if it can. */
function attempt(endpoint: Endpoint, withinMs: number, tls?: ConnectOptions['tls']): Promise<string | undefined> {
  const { socket, raw, ready } = dialed(endpoint, tls);
  return new Promise(resolve => {
    const deadline = startDeadline(withinMs, () => done(`no answer within ${Math.round(withinMs)} ms`));
    function done(cause: string | undefined): void {
      deadline.cancel();
      socket.destroy();
      raw.destroy();
      resolve(cause);
    }
    socket.on(ready, () => done(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => done(reasonOf(error)));
  });
}

/** A system call says all with its code; TLS says more in words. */
function reasonOf({ code, syscall, message }: NodeJS.ErrnoException): string {
  if (code === undefined) return message;
  return syscall === undefined ? `${code}, ${message}` : code;
}

/** Files that cannot be read, or hold no certificate, are ours to mend. */
function dialed(endpoint: Endpoint, tls?: ConnectOptions['tls']): Dialed {
  try {
    return dial(endpoint, tls);
  } catch (thrown) {
    const message = `The files under \`tls\` were expected to be a certificate and its key: ${messageOf(thrown)}. Correct the target file.`;
    throw new AntiphonError('usage', 'tls-files', message, { cause: thrown });
  }
}

function unreachable({ host, port }: Endpoint, cause: string): AntiphonError {
  const message = `The target was expected to listen at ${addressText(host, port)}; a connection to it failed: ${cause}. Start the server, or give its address with --target.`;
  return new AntiphonError('target', 'target-unreachable', message);
}
