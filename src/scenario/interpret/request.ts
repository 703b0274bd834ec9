/** Builds an HTTP request of a step: `http:`, or a frame sent on an HTTP transport. */
import { writeJson } from '../../foundation/json.ts';
import { isArray, isObject, type Value } from '../../foundation/value.ts';
import { build } from '../../values/build.ts';
import type { Built } from '../../values/built.ts';
import { MissingValue, type Scope } from '../../values/expression.ts';
import type { HttpAct, SendAct } from '../plan.ts';
import type { RequestAction } from './action.ts';
import { type Machine, revealing } from './machine.ts';
import type { ClientState, PendingWrite, State } from './state.ts';
import { buildWrite, missing, Unwritable } from './write.ts';

/** A frame sent on an HTTP transport: it is posted to the transport's path. */
export function buildFramePost(
  machine: Machine,
  state: State,
  client: ClientState,
  act: SendAct,
  k: number,
  turn: number,
  n: number,
): { readonly action: RequestAction; readonly pending: PendingWrite; readonly invalid: boolean } | Unwritable {
  const built = buildWrite(machine, state, client, act, k, turn, n, false);
  if (built instanceof Unwritable) return built;
  const headers = { 'content-type': 'application/json' };
  const parts = (body: string | Uint8Array) => ({ path: '', headers, body: String(body) });
  const { action, pending, invalid } = built;
  const request: RequestAction = {
    do: 'request',
    client: client.name,
    n,
    method: 'POST',
    ...parts(action.data),
    reveal: secrets => parts(action.reveal(secrets)),
  };
  return { action: request, pending, invalid };
}

type Parts = Pick<RequestAction, 'path' | 'headers' | 'body'>;

export function buildRequest(act: HttpAct, client: string, n: number, scope: Scope): RequestAction | Unwritable {
  const parts = requestParts(act, scope);
  if (parts instanceof Unwritable) return parts;
  const reveal = (secrets: (text: string) => string) => {
    const open = requestParts(act, revealing(scope, secrets));
    return open instanceof Unwritable ? parts : open;
  };
  return { do: 'request', client, n, method: act.method, ...parts, reveal };
}

function requestParts(act: HttpAct, scope: Scope): Parts | Unwritable {
  const path = builtValue(act.path, scope);
  const query = builtValue(act.query, scope);
  const given = builtValue(act.headers, scope);
  const body = builtValue(act.body?.built, scope);
  for (const part of [path, query, given, body]) if (part instanceof Unwritable) return part;
  const headers: Record<string, string> = textMembers(given as Value | undefined);
  const search = new URLSearchParams(textMembers(query as Value | undefined)).toString();
  const target = path === undefined ? (search === '' ? '' : '/') : String(path);
  const fullPath = search ? `${target}${target.includes('?') ? '&' : '?'}${search}` : target;
  return { path: fullPath, ...bodyOf(act.body?.as, body as Value | undefined, headers, scope.unique) };
}

function bodyOf(
  as: 'json' | 'text' | 'form' | undefined,
  body: Value | undefined,
  headers: Record<string, string>,
  unique: string,
): Pick<Parts, 'headers' | 'body'> {
  if (as === undefined || body === undefined) return { headers, body: undefined };
  if (as === 'json')
    return { headers: withDefault(headers, 'content-type', 'application/json'), body: writeJson(body) };
  if (as === 'text') return { headers, body: String(body) };
  const boundary = `antiphon-${unique}`;
  return {
    headers: withDefault(headers, 'content-type', `multipart/form-data; boundary=${boundary}`),
    body: multipart(body, boundary),
  };
}

/** RFC 7578. */
function multipart(parts: Value, boundary: string): string {
  const pieces = (isArray(parts) ? parts : [parts]).filter(isObject).map(part => {
    const filename = part.filename === undefined ? '' : `; filename="${String(part.filename)}"`;
    const type = part.type === undefined ? '' : `Content-Type: ${String(part.type)}\r\n`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${String(part.name)}"${filename}\r\n${type}\r\n${String(part.content)}\r\n`;
  });
  return `${pieces.join('')}--${boundary}--\r\n`;
}

function withDefault(headers: Record<string, string>, name: string, value: string): Record<string, string> {
  return Object.keys(headers).some(each => each.toLowerCase() === name) ? headers : { ...headers, [name]: value };
}

function builtValue(built: Built | undefined, scope: Scope): Value | undefined | Unwritable {
  if (!built) return undefined;
  const made = build(built, scope);
  return made instanceof MissingValue ? missing(made) : made.value;
}

/** Members of an object as text; null and absent are left out. */
export function textMembers(value: Value | undefined): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === null ? [] : [[name, isObject(member) || isArray(member) ? writeJson(member) : String(member)]],
    ),
  );
}
