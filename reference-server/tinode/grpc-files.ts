/** Files over gRPC, from and to the same store as those over HTTP. */
import type { ServerReadableStream, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { type AnswerName, answers } from './answers.ts';
import type { FilesOptions } from './files.ts';
import { paths } from './http-front.ts';
import { grpcMediaTypeOf } from './media-type.ts';
import type { DownloadRequest, UploadRequest } from './messages/files.ts';

type Message = Readonly<Record<string, unknown>>;
type UploadCall = ServerReadableStream<UploadRequest, Message>;
type DownloadCall = ServerWritableStream<DownloadRequest, Message>;

/** What the first request brings shows only what kind of file it is; the file is what the others bring. */
export function receiveFile(options: FilesOptions): (call: UploadCall, reply: sendUnaryData<Message>) => void {
  const { store, uploadBytes, identify } = options;

  async function receive(call: UploadCall): Promise<Message> {
    let first: UploadRequest | undefined;
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    for await (const request of call as AsyncIterable<UploadRequest>) {
      if (!first) {
        first = request;
        const refused = refusalOf(identify, request);
        if (refused) return refused;
        continue;
      }
      const { content = empty } = request;
      sizeBytes += content.length;
      if (sizeBytes > uploadBytes) return refusal(first.id, 'tooLarge');
      chunks.push(content);
    }
    if (!first) return refusal(undefined, 'disconnected');
    const mediaType = grpcMediaTypeOf(first.content ?? empty, first.about?.mediaType ?? '');
    const name = await store.add(Buffer.concat(chunks), mediaType);
    const stored = await store.find(name);
    const about = { name: `${paths.download}${name}`, mediaType, etag: stored?.etag.slice(1, -1), sizeBytes };
    return { id: first.id, ...done, about };
  }

  return (call, reply) => {
    receive(call).then(
      answer => reply(null, answer),
      // The client has gone; nobody hears it.
      (error: Error) => reply(error),
    );
  };
}

/** In pieces, each of which says what the file is. */
export function serveFile({ store, identify }: FilesOptions): (call: DownloadCall) => void {
  async function serve(call: DownloadCall): Promise<void> {
    const { id, uri = '' } = call.request;
    const refused = refusalOf(identify, call.request);
    if (refused) return void call.write(refused);
    const isServed = uri.startsWith(paths.download);
    const file = isServed ? await store.find(uri.slice(paths.download.length)) : undefined;
    if (!file) return void call.write(refusal(id, 'notFound'));
    const { content, mediaType } = file;
    const about = { name: uri.slice(paths.download.length), mediaType, sizeBytes: content.length };
    for (let at = 0; at < content.length; at += pieceBytes) {
      call.write({ ...done, about, content: content.subarray(at, at + pieceBytes) });
    }
  }

  return call => {
    serve(call).then(
      () => call.end(),
      (error: Error) => call.emit('error', error),
    );
  };
}

function refusalOf(identify: FilesOptions['identify'], { id, login }: DownloadRequest): Message | undefined {
  const { scheme = '', secret = '' } = login ?? {};
  const who = identify(scheme === '' ? undefined : { scheme, secret }, undefined);
  if (typeof who === 'string') return refusal(id, who);
  return who.user === undefined ? refusal(id, 'authenticationRequired') : undefined;
}

function refusal(id: string | undefined, name: AnswerName): Message {
  return { id, ...answers[name] };
}

/** As HTTP says it. */
const done = { code: 200, text: 'OK' };
const empty = Buffer.alloc(0);
const pieceBytes = 2_097_152;
