import { type AnswerHead, endsConnection, framingOf, type Malformed, parseHead, quoted } from './http-head.ts';
import { type KeptBytes, keepBytesUpTo } from './kept-bytes.ts';

/**
 * HTTP/1.1 answers from a stream of bytes, of which one read may hold a piece or several. It knows no socket. Written
 * here because Node's client neither pipelines nor tells the instants at which it reads and writes.
 */
export interface AnswerDecoder {
  push(chunk: Uint8Array): readonly Decoded[];
  /** The target has ended its side. */
  end(): readonly Decoded[];
}

export type Decoded =
  | {
      readonly kind: 'answer';
      readonly head: AnswerHead;
      readonly body: { readonly bytes: Uint8Array; readonly droppedBytes?: number };
      /** No further answer comes on this connection. */
      readonly last: boolean;
    }
  | { readonly kind: 'malformed'; readonly message: string };

/** An answer's head, or the trailers behind its chunks, may not be longer: a target cannot fill our memory with them. */
export const headMaxBytes = 65_536;

type Place = 'head' | 'body' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailers' | 'rest' | 'failed';

interface Decoding {
  place: Place;
  readonly line: KeptBytes;
  readonly body: KeptBytes;
  head: AnswerHead | undefined;
  headLines: string[];
  headBytes: number;
  /** Of the body or of the chunk. */
  remainingBytes: number;
  readonly methodOfNext: () => string | undefined;
  readonly out: Decoded[];
}

/** `methodOfNext` is asked once for each final answer, when its head has come: what it answers decides if it has a body. */
export function createAnswerDecoder(keepBytes: number, methodOfNext: () => string | undefined): AnswerDecoder {
  const decoding: Decoding = {
    place: 'head',
    line: keepBytesUpTo(headMaxBytes),
    body: keepBytesUpTo(keepBytes),
    head: undefined,
    headLines: [],
    headBytes: 0,
    remainingBytes: 0,
    methodOfNext,
    out: [],
  };
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length && decoding.place !== 'failed'; ) at += step(decoding, chunk.subarray(at));
      return decoding.out.splice(0);
    },
    end() {
      if (decoding.place === 'rest') finish(decoding);
      else if (decoding.place !== 'failed') reportCutShort(decoding);
      decoding.place = 'failed';
      return decoding.out.splice(0);
    },
  };
}

/** Eats some of what came and says how many bytes. */
function step(decoding: Decoding, bytes: Uint8Array): number {
  switch (decoding.place) {
    case 'body':
    case 'chunk-data':
      return takeBody(decoding, bytes.subarray(0, decoding.remainingBytes));
    case 'rest':
      decoding.body.append(bytes);
      return bytes.length;
    default:
      return takeLine(decoding, bytes);
  }
}

function takeBody(decoding: Decoding, bytes: Uint8Array): number {
  decoding.body.append(bytes);
  decoding.remainingBytes -= bytes.length;
  if (decoding.remainingBytes > 0) return bytes.length;
  if (decoding.place === 'chunk-data') decoding.place = 'chunk-end';
  else finish(decoding);
  return bytes.length;
}

function takeLine(decoding: Decoding, bytes: Uint8Array): number {
  const lineFeed = bytes.indexOf(0x0a);
  const taken = lineFeed < 0 ? bytes.length : lineFeed + 1;
  decoding.headBytes += taken;
  if (decoding.headBytes > headMaxBytes) {
    fail(decoding, { malformed: `expected at most ${headMaxBytes} bytes of head, trailers or chunk size, came more` });
    return taken;
  }
  decoding.line.append(bytes.subarray(0, lineFeed < 0 ? taken : lineFeed));
  if (lineFeed >= 0) endLine(decoding, Buffer.from(decoding.line.take().bytes).toString('latin1').replace(/\r$/, ''));
  return taken;
}

function endLine(decoding: Decoding, line: string): void {
  switch (decoding.place) {
    case 'head':
      // An empty line before a status line is passed over (RFC 9112, section 2.2).
      if (line !== '') decoding.headLines.push(line);
      else if (decoding.headLines.length > 0) endHead(decoding);
      return;
    case 'chunk-size':
      startChunk(decoding, line);
      return;
    case 'chunk-end':
      decoding.headBytes = 0;
      if (line === '') decoding.place = 'chunk-size';
      else fail(decoding, { malformed: `expected the end of a chunk, came ${quoted(line)}` });
      return;
    default:
      if (line === '') finish(decoding);
  }
}

function endHead(decoding: Decoding): void {
  const head = parseHead(decoding.headLines);
  decoding.headLines = [];
  decoding.headBytes = 0;
  if ('malformed' in head) fail(decoding, head);
  // Interim answers say nothing about the request's fate; 101 is a final one.
  else if (head.status >= 200 || head.status === 101) startBody(decoding, head);
}

function startBody(decoding: Decoding, head: AnswerHead): void {
  const framing = framingOf(head, decoding.methodOfNext());
  if ('malformed' in framing) {
    fail(decoding, framing);
    return;
  }
  decoding.head = head;
  decoding.remainingBytes = framing.kind === 'length' ? framing.lengthBytes : 0;
  decoding.place = placeOf[framing.kind];
  if (decoding.place === 'body' && decoding.remainingBytes === 0) finish(decoding);
}

const placeOf = { none: 'body', length: 'body', chunked: 'chunk-size', 'until-close': 'rest' } as const;

function startChunk(decoding: Decoding, line: string): void {
  const size = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i.exec(line);
  if (!size) {
    fail(decoding, { malformed: `expected the size of a chunk, came ${quoted(line)}` });
    return;
  }
  decoding.headBytes = 0;
  decoding.remainingBytes = Number.parseInt(size[1]!, 16);
  decoding.place = decoding.remainingBytes === 0 ? 'trailers' : 'chunk-data';
}

function finish(decoding: Decoding): void {
  const head = decoding.head!;
  const last = decoding.place === 'rest' || endsConnection(head);
  decoding.out.push({ kind: 'answer', head, body: decoding.body.take(), last });
  decoding.head = undefined;
  decoding.headBytes = 0;
  decoding.place = 'head';
}

function reportCutShort(decoding: Decoding): void {
  if (decoding.place === 'head') {
    const begun = decoding.headBytes > 0;
    if (begun) fail(decoding, { malformed: "expected the rest of an answer's head, came the end of the connection" });
    return;
  }
  const came = `${decoding.body.sizeBytes()} bytes of a body`;
  const missing = decoding.place === 'body' ? `${decoding.remainingBytes} more` : 'its last chunk';
  fail(decoding, { malformed: `expected ${missing} after ${came}, came the end of the connection` });
}

function fail(decoding: Decoding, { malformed }: Malformed): void {
  decoding.place = 'failed';
  decoding.out.push({ kind: 'malformed', message: malformed });
}
