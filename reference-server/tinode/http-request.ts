/** What an HTTP request says besides its path: in its query, its form, its headers, its cookies. */
import type { IncomingMessage } from 'node:http';

export interface HttpForm {
  /** Values by name, those in the body before those in the query; undefined where there is none. */
  text(name: string): string | undefined;
  file(name: string): File | undefined;
}

export function readHttpQuery({ url = '' }: IncomingMessage): URLSearchParams {
  return new URL(url, 'http://localhost').searchParams;
}

/** A body that is no form is as if it were not there. */
export async function readForm(request: IncomingMessage, body: Buffer): Promise<HttpForm> {
  const query = readHttpQuery(request);
  const form = await readBody(request.headers['content-type'] ?? '', body);
  return {
    text(name) {
      const value = form?.get(name);
      return typeof value === 'string' ? value : (query.get(name) ?? undefined);
    },
    file(name) {
      const value = form?.get(name);
      return value instanceof File ? value : undefined;
    },
  };
}

async function readBody(type: string, body: Buffer): Promise<FormData | undefined> {
  if (body.length === 0 || !/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)) return undefined;
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    return undefined;
  }
}

/** Undefined if there is more than may be read; what is too much is read and thrown away, so that the answer is heard. */
export async function readBytes(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= mostBytes) chunks.push(chunk);
  }
  return sizeBytes > mostBytes ? undefined : Buffer.concat(chunks);
}

export interface HttpLogin {
  readonly scheme: string;
  /** Standard base64. */
  readonly secret: string;
}

/** The first that is there of: the header of this protocol, the one that all have, query, form, cookies. */
export function readLogin(request: IncomingMessage, form: HttpForm): HttpLogin | undefined {
  const { headers } = request;
  const query = readHttpQuery(request);
  const inQuery = query.get('auth');
  const inForm = form.text('auth');
  const scheme = cookieOf(headers.cookie, 'auth');
  return (
    splitLogin(headers['x-tinode-auth']) ??
    splitLogin(headers.authorization) ??
    (inQuery ? { scheme: inQuery, secret: asStandard(query.get('secret') ?? '') } : undefined) ??
    (inForm ? { scheme: inForm, secret: form.text('secret') ?? '' } : undefined) ??
    (scheme ? { scheme, secret: cookieOf(headers.cookie, 'secret') ?? '' } : undefined)
  );
}

function splitLogin(header: string | string[] | undefined): HttpLogin | undefined {
  const [scheme, secret, ...more] = typeof header === 'string' ? header.split(' ') : [];
  return scheme && secret !== undefined && more.length === 0 ? { scheme, secret } : undefined;
}

/** In a query it stands in the alphabet for URLs. */
function asStandard(secret: string): string {
  return secret.replaceAll('-', '+').replaceAll('_', '/');
}

function cookieOf(cookies: string | undefined, name: string): string | undefined {
  const pairs = (cookies ?? '').split(';').map(pair => pair.trim());
  return pairs.find(pair => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
