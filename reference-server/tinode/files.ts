/** Files over HTTP: a form brings one, a path gets it. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pathOf } from '../fronts/websocket.ts';
import type { AnswerName } from './answers.ts';
import { admitsKey } from './api-key.ts';
import { sliceOf } from './byte-range.ts';
import type { TinodeBehaviour } from './context.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import { sendCtrl } from './http-answer.ts';
import { type HttpHandler, paths } from './http-front.ts';
import { type HttpForm, type HttpLogin, readBytes, readForm, readHttpQuery, readLogin } from './http-request.ts';
import { isAttachment, mediaTypeOf } from './media-type.ts';

export interface FilesOptions {
  readonly store: FileStore;
  readonly uploadBytes: number;
  readonly behaviour: TinodeBehaviour;
  /** How long a file is kept that no message refers to. */
  readonly keepMs: number;
  /** Who is asking: a user's id, nobody, or why it cannot be told. */
  readonly identify: (login: HttpLogin | undefined, sid: string | undefined) => Identified;
}

export type Identified = { readonly user: string | undefined } | AnswerName;

export function createUpload(options: FilesOptions): HttpHandler {
  const { behaviour, uploadBytes, keepMs, identify } = options;
  return async (request, response) => {
    const { method = '' } = request;
    if (method === 'OPTIONS') return sendPreflight(response);
    if (!['POST', 'PUT', 'HEAD'].includes(method)) return sendCtrl(response, 'notAllowed', {});
    const anyBytes = behaviour.isOn('upload-limit-ignored') ? Number.POSITIVE_INFINITY : uploadBytes;
    const body = await readBytes(request, anyBytes);
    if (body && body.length > uploadBytes) behaviour.fires('upload-limit-ignored');
    if (!admitsKey(request)) return sendCtrl(response, 'keyRequired', {});
    const form = await readForm(request, body ?? Buffer.alloc(0));
    const id = form.text('id');
    const who = identify(readLogin(request, form), form.text('sid'));
    if (typeof who === 'string') return sendCtrl(response, who, { id });
    // Who makes an account has a picture before a name.
    const isAllowed = who.user !== undefined || form.text('topic') === 'newacc';
    if (!body) return sendCtrl(response, isAllowed ? 'tooLarge' : 'authenticationRequired', { id });
    if (!isAllowed) return sendCtrl(response, 'authenticationRequired', { id });
    if (method === 'HEAD') return void response.writeHead(200).end();
    const name = await keep(options, form);
    if (name === undefined) return sendCtrl(response, 'malformed', { id });
    const expires = new Date(Date.now() + keepMs).toISOString().replace(/\.?0*Z$/, '');
    sendCtrl(response, 'ok', { id, params: { url: `${paths.download}${name}`, expires } });
  };
}

async function keep({ behaviour, store }: FilesOptions, form: HttpForm): Promise<string | undefined> {
  const file = form.file('file');
  if (!file) return undefined;
  const content = new Uint8Array(await file.arrayBuffer());
  const mediaType = mediaTypeOf(content, file.type);
  const isAsSaid = file.type !== mediaType && behaviour.fires('media-type-as-said');
  return store.add(content, isAsSaid ? file.type : mediaType);
}

function sendPreflight(response: ServerResponse): void {
  response.writeHead(204).end();
}

export function createDownload(options: FilesOptions): HttpHandler {
  const { behaviour, store, identify } = options;
  return async (request, response) => {
    const { method } = request;
    if (method === 'OPTIONS') return sendPreflight(response);
    if (method !== 'GET' && method !== 'HEAD') return sendCtrl(response, 'notAllowed', {});
    if (!admitsKey(request)) return sendCtrl(response, 'keyRequired', {});
    const form = await readForm(request, Buffer.alloc(0));
    const who = identify(readLogin(request, form), form.text('sid'));
    if (typeof who === 'string') return sendCtrl(response, who, {});
    const isNobody = who.user === undefined && !behaviour.fires('served-to-anybody');
    if (isNobody) return sendCtrl(response, 'authenticationRequired', {});
    // Whether there is such a file is told with its content only.
    if (method === 'HEAD') return void response.writeHead(200).end();
    const file = await store.find(pathOf(request).slice(paths.download.length));
    if (!file) return sendCtrl(response, 'notFound', {});
    sendFile(options, request, response, file);
  };
}

function sendFile(
  { behaviour }: FilesOptions,
  request: IncomingMessage,
  response: ServerResponse,
  file: StoredFile,
): void {
  const { headers } = request;
  const { content, etag, mediaType, atMs } = file;
  const kept: OutgoingHttpHeaders = { 'cache-control': 'max-age=86400', etag };
  const modified = { 'last-modified': new Date(atMs).toUTCString() };
  const isKnown = headers['if-none-match'] === etag;
  if (isKnown && !behaviour.fires('served-again')) return void response.writeHead(304, { ...kept, ...modified }).end();

  const asked = readHttpQuery(request).get('asatt');
  const isSaved = asked === '1' || asked === 'true' || isAttachment(mediaType);
  const all = {
    ...kept,
    ...modified,
    'accept-ranges': 'bytes',
    'content-type': mediaType,
    ...(isSaved && { 'content-disposition': 'attachment' }),
  };
  const slice = sliceOf(headers.range, content.length);
  if (slice === 'unsatisfiable') {
    return void response.writeHead(416, { ...kept, 'content-range': `bytes */${content.length}` }).end();
  }
  if (!slice) return void response.writeHead(200, all).end(content);
  const range = `bytes ${slice.first}-${slice.last}/${content.length}`;
  const end = behaviour.fires('range-one-short') ? slice.last : slice.last + 1;
  response.writeHead(206, { ...all, 'content-range': range }).end(content.subarray(slice.first, end));
}
