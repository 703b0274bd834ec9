import type { OutgoingRequest } from './connection.ts';
import { addressText, type Endpoint } from './endpoint.ts';

/** A request as it is written. Only Host and, with a body, Content-Length are added, and only where the scenario says nothing. */
export function encodeRequest(
  request: OutgoingRequest,
  endpoint: Endpoint,
  standing: Readonly<Record<string, string>>,
): Uint8Array | string {
  const { method, path, body } = request;
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) return `expected a method such as GET, came "${method}"`;
  if (!/^[\x21-\x7e]+$/.test(path)) return `expected a path of printable ASCII, came "${path}": percent-encode it`;
  const headers = new Map<string, readonly [name: string, value: string]>();
  const set = (name: string, value: string) => headers.set(name.toLowerCase(), [name, value]);
  set('Host', hostOf(endpoint));
  if (body || bodyMethods.has(method)) set('Content-Length', String(body?.length ?? 0));
  for (const [name, value] of [...Object.entries(standing), ...Object.entries(request.headers)]) set(name, value);
  // Who sends in chunks writes the chunks.
  if (headers.has('transfer-encoding')) headers.delete('content-length');
  for (const [name, value] of headers.values()) {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return `expected a header name, came "${name}"`;
    if (/[\0\r\n]|[^\0-\xff]/.test(value))
      return `expected a value of Latin-1 without line ends for header ${name}, came "${value}"`;
  }
  const fields = [...headers.values()].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${fields}\r\n`, 'latin1');
  return body ? Buffer.concat([head, body]) : head;
}

/** Methods that say that they have no body rather than leave it open (RFC 9110, section 8.6). */
const bodyMethods: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

function hostOf({ host, port, secure }: Endpoint): string {
  const text = addressText(host, port);
  return port === (secure ? 443 : 80) ? text.slice(0, text.lastIndexOf(':')) : text;
}
