import { readFileSync } from 'node:fs';
import { connect as connectTcp, isIP, type OnReadOpts, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, createSecureContext, type SecureContext } from 'node:tls';
import type { ConnectOptions } from './connection.ts';
import { addressText, type Endpoint } from './endpoint.ts';

type TlsFiles = NonNullable<ConnectOptions['tls']>;

/** A connection under way: TCP, and TLS over it if the endpoint asks for it. */
export interface Dialed {
  /** Carries the protocol's bytes. */
  readonly socket: Socket;
  /** The TCP socket below; the same one without TLS. Only it can be reset. */
  readonly raw: Socket;
  /** What tells that `socket` can be used. */
  readonly ready: 'connect' | 'secureConnect';
}

/**
 * Throws if the TLS files cannot be read; everything else comes as an event of `socket`. With `onread` the socket's bytes go there
 * and nowhere else, and a reset of a TLS connection is an end without a word. `protocols` are what TLS offers to speak.
 */
export function dial(
  endpoint: Endpoint,
  tls: TlsFiles = {},
  onread?: OnReadOpts,
  protocols?: readonly string[],
): Dialed {
  const { host, port } = endpoint;
  const secureContext = endpoint.secure ? secureContextOf(tls) : undefined;
  if (onread) return dialReading(endpoint, secureContext, tls.insecure !== true, onread);
  const raw = connectTcp({ host, port, noDelay: true });
  if (!secureContext) return { socket: raw, raw, ready: 'connect' };
  // TLS over a socket of our own, because a TLS socket that made its own cannot send a reset.
  const servername = isIP(host) ? '' : host;
  const socket = connectTls({
    socket: raw,
    host,
    servername,
    secureContext,
    rejectUnauthorized: tls.insecure !== true,
    ...(protocols && { ALPNProtocols: [...protocols] }),
  });
  // Its errors come to the TLS socket as well; without a listener they would end the process.
  raw.on('error', () => {});
  return { socket, raw, ready: 'secureConnect' };
}

/** Over a TCP socket of our own, TLS would not take `onread`. */
function dialReading(
  { host, port }: Endpoint,
  secureContext: SecureContext | undefined,
  rejectUnauthorized: boolean,
  onread: OnReadOpts,
): Dialed {
  if (!secureContext) {
    const socket = connectTcp({ host, port, noDelay: true, onread });
    return { socket, raw: socket, ready: 'connect' };
  }
  const servername = isIP(host) ? '' : host;
  const socket = connectTls({ host, port, servername, secureContext, rejectUnauthorized, onread } as ConnectionOptions);
  return { socket, raw: socket, ready: 'secureConnect' };
}

/** The peer's address: of the socket if it has one, else as the endpoint names it. */
export function peerAddress(socket: Socket, endpoint: Endpoint): string {
  return addressText(socket.remoteAddress ?? endpoint.host, socket.remotePort ?? endpoint.port);
}

/** One context for all connections with the same files: making one costs about a millisecond. */
const contexts = new WeakMap<TlsFiles, SecureContext>();

function secureContextOf(tls: TlsFiles): SecureContext {
  const known = contexts.get(tls);
  if (known) return known;
  const context = createSecureContext({ ca: pemOf(tls.ca), cert: pemOf(tls.cert), key: pemOf(tls.key) });
  contexts.set(tls, context);
  return context;
}

/** A file's path, or the PEM text itself. */
function pemOf(text: string | undefined): string | Buffer | undefined {
  return text === undefined || text.includes('-----BEGIN ') ? text : readFileSync(text);
}
