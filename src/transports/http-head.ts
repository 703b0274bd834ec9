import type { HttpAnswer } from '../evidence/events.ts';

/**
 * The head of an HTTP/1.1 answer and what it says about the body (RFC 9112, sections 4, 5 and 6). Strict where a
 * lenient reader would hide a fault of the target: no folded lines, no blank before a colon, one length.
 */
export interface AnswerHead extends HttpAnswer {
  readonly minor: 0 | 1;
}

export type BodyFraming =
  | { readonly kind: 'none' | 'chunked' | 'until-close' }
  | { readonly kind: 'length'; readonly lengthBytes: number };

/** What breaks HTTP in what the target sent, in words. */
export interface Malformed {
  readonly malformed: string;
}

/** `lines` without line ends and without the empty line, as Latin-1. */
export function parseHead(lines: readonly string[]): AnswerHead | Malformed {
  const [first = '', ...fields] = lines;
  const status = /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: [\t\x20-\x7e\x80-\xff]*)?$/.exec(first);
  if (!status) return { malformed: `expected a status line (HTTP/1.1 200 OK), came ${quoted(first)}` };
  const headers = new Map<string, string>();
  for (const field of fields) {
    const parts = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/.exec(field);
    if (!parts) return { malformed: `expected a header (name: value), came ${quoted(field)}` };
    const name = parts[1]!.toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? parts[2]! : `${before}, ${parts[2]!}`);
  }
  return { status: Number(status[2]), minor: status[1] === '1' ? 1 : 0, headers: Object.fromEntries(headers) };
}

export function framingOf(head: AnswerHead, method: string | undefined): BodyFraming | Malformed {
  const { status } = head;
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { kind: 'none' };
  const codings = headerOf(head, 'transfer-encoding');
  const length = headerOf(head, 'content-length');
  if (codings !== undefined) {
    if (length !== undefined) return { malformed: 'expected one length, came Transfer-Encoding and Content-Length' };
    return { kind: /(?:^|,)[ \t]*chunked$/i.test(codings) ? 'chunked' : 'until-close' };
  }
  if (length === undefined) return { kind: 'until-close' };
  // The same length said twice is allowed (RFC 9112, section 6.3).
  const said = new Set(length.split(',').map(each => each.trim()));
  const [only = ''] = said;
  const lengthBytes = Number(only);
  if (said.size !== 1 || !/^[0-9]+$/.test(only) || !Number.isSafeInteger(lengthBytes)) {
    return { malformed: `expected a Content-Length of digits, came ${quoted(length)}` };
  }
  return { kind: 'length', lengthBytes };
}

/** The target ends the connection after this answer (RFC 9112, section 9.3). */
export function endsConnection(head: AnswerHead): boolean {
  const options = (headerOf(head, 'connection') ?? '')
    .toLowerCase()
    .split(',')
    .map(each => each.trim());
  return options.includes('close') || (head.minor === 0 && !options.includes('keep-alive'));
}

function headerOf(head: AnswerHead, name: string): string | undefined {
  return Object.hasOwn(head.headers, name) ? head.headers[name] : undefined;
}

const shownCharacters = 80;

export function quoted(text: string): string {
  const shown = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
  return JSON.stringify(shown);
}
