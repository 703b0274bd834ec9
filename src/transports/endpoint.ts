import { isIPv6 } from 'node:net';
import { AntiphonError } from '../foundation/errors.ts';
import type { ConnectOptions } from './connection.ts';

/** Where a target listens, read from the text of a target file or of `connect:`. */
export interface Endpoint {
  readonly kind: TransportKind;
  readonly secure: boolean;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** With query, percent-encoded; empty where the text named none and on transports without paths. */
  readonly path: string;
}

export type TransportKind = ConnectOptions['kind'];

/** What a `connect:` step changes (language, section 5). */
export interface EndpointOverrides {
  readonly host?: string;
  readonly port?: number;
  /** Takes the place of path and query. */
  readonly path?: string;
  /** Set over the query that is there; null leaves a member out. */
  readonly query?: Query;
}

export type Query = Readonly<Record<string, string | number | bigint | boolean | null>>;

interface Scheme {
  readonly secure: boolean;
  readonly port?: number;
}

const schemesOf: Readonly<Record<TransportKind, Readonly<Record<string, Scheme>>>> = {
  websocket: { ws: { secure: false, port: 80 }, wss: { secure: true, port: 443 } },
  lines: { tcp: { secure: false }, tls: { secure: true } },
  longpoll: { http: { secure: false, port: 80 }, https: { secure: true, port: 443 } },
  http: { http: { secure: false, port: 80 }, https: { secure: true, port: 443 } },
  udp: { udp: { secure: false } },
};

const shape = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[0-9a-f:.%]+\]|[^\s/?#:@[\]]+)(?::([0-9]+))?([/?][^#\s]*)?$/iu;

/** Throws an AntiphonError `bad-endpoint`. Without a scheme the kind's plain one is meant: `127.0.0.1:6969`. */
export function parseEndpoint(kind: TransportKind, text: string): Endpoint {
  const schemes = schemesOf[kind];
  const parts = shape.exec(text);
  if (!parts) throw badEndpoint(kind, text, 'write it as scheme, host, port: without blanks, user name or fragment');
  const [, scheme, written, portText, rest] = parts;
  const host = written!.replace(/^\[|\]$/g, '');
  if (host !== written && !isIPv6(host)) throw badEndpoint(kind, text, 'write an IPv6 address into the brackets');
  const name = scheme?.toLowerCase() ?? Object.keys(schemes)[0]!;
  const known = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (!known)
    throw badEndpoint(
      kind,
      text,
      `use ${Object.keys(schemes)
        .map(each => `${each}://`)
        .join(' or ')}`,
    );
  const port = portText === undefined ? known.port : Number(portText);
  if (port === undefined) throw badEndpoint(kind, text, 'add the port');
  if (port < 1 || port > 65535) throw badEndpoint(kind, text, 'use a port from 1 to 65535');
  if (rest !== undefined && !pathKinds.has(kind) && rest !== '/') throw badEndpoint(kind, text, `leave out ${rest}`);
  const path = pathKinds.has(kind) ? requestTarget(rest ?? '') : '';
  return { kind, secure: known.secure, host, port, path };
}

export function joinEndpoint(endpoint: Endpoint, overrides: EndpointOverrides): Endpoint {
  const { kind } = endpoint;
  const changesPath = overrides.path !== undefined || overrides.query !== undefined;
  if (changesPath && !pathKinds.has(kind)) throw badEndpoint(kind, overrides.path ?? '?', 'leave out path and query');
  const { host = endpoint.host, port = endpoint.port } = overrides;
  const path = changesPath ? requestTarget(overrides.path ?? endpoint.path, overrides.query) : endpoint.path;
  // Read again, so that an override obeys the rules of a written endpoint.
  return parseEndpoint(
    kind,
    endpointUrl({ kind, secure: endpoint.secure, host: host.replace(/^\[|\]$/g, ''), port, path }),
  );
}

export function endpointUrl({ kind, secure, host, port, path }: Endpoint): string {
  const name = Object.entries(schemesOf[kind]).find(([, scheme]) => scheme.secure === secure)![0];
  return `${name}://${addressText(host, port)}${path}`;
}

/** `127.0.0.1:80`, `[::1]:80`. */
export function addressText(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Path with query as it stands in a request line. What may not stand there is percent-encoded; what is encoded stays. */
export function requestTarget(path: string, query: Query = {}): string {
  const question = path.indexOf('?');
  const [plain, present] = question < 0 ? [path, ''] : [path.slice(0, question), path.slice(question + 1)];
  const rooted = plain.startsWith('/') || (plain === '' && question < 0) ? plain : `/${plain}`;
  const set = Object.entries(query);
  if (set.length === 0) return encodeRest(present === '' ? rooted : `${rooted}?${present}`);
  const kept = present
    .split('&')
    .filter(pair => pair !== '' && !set.some(([name]) => encodeName(name) === nameOf(pair)));
  const added = set
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${encodeName(name)}=${encodeName(String(value))}`);
  const pairs = [...kept, ...added];
  return encodeRest(pairs.length === 0 ? rooted : `${rooted === '' ? '/' : rooted}?${pairs.join('&')}`);
}

function nameOf(pair: string): string {
  return pair.split('=', 1)[0]!;
}

function encodeName(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

function encodeRest(text: string): string {
  return wellFormed(text).replace(/[^\x21-\x7e]|#/gu, encodeURIComponent);
}

/** Half of a surrogate pair has no UTF-8. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

const pathKinds: ReadonlySet<TransportKind> = new Set(['websocket', 'longpoll', 'http']);

const examples: Readonly<Record<TransportKind, string>> = {
  websocket: 'ws://host:port/path or wss://host:port/path',
  lines: 'tcp://host:port, tls://host:port or host:port',
  longpoll: 'http://host:port/path or https://host:port/path',
  http: 'http://host:port or https://host:port',
  udp: 'udp://host:port or host:port',
};

function badEndpoint(kind: TransportKind, text: string, remedy: string): AntiphonError {
  return new AntiphonError(
    'usage',
    'bad-endpoint',
    `expected an endpoint of kind ${kind} (${examples[kind]}), came "${text}": ${remedy}`,
  );
}
