import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerDecoder, type Decoded, headMaxBytes } from './http-decoder.ts';

function decode(chunks: readonly Uint8Array[], methods: readonly string[] = [], keepBytes = 100): readonly unknown[] {
  const waiting = [...methods];
  const decoder = createAnswerDecoder(keepBytes, () => waiting.shift());
  const all: readonly Decoded[] = [...chunks.flatMap(chunk => [...decoder.push(chunk)]), ...decoder.end()];
  return all.map(each => {
    if (each.kind === 'malformed') return each.message;
    const { head, body, last } = each;
    const dropped = body.droppedBytes === undefined ? {} : { droppedBytes: body.droppedBytes };
    return {
      status: head.status,
      headers: head.headers,
      text: Buffer.from(body.bytes).toString('latin1'),
      last,
      ...dropped,
    };
  });
}

function answer(status: number, text: string, headers: Readonly<Record<string, string>> = {}, last = false): unknown {
  return { status, headers, text, last };
}

const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

describe('answers', () => {
  it.each<readonly [string, string, readonly string[], readonly unknown[]]>([
    [
      'with a length',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi',
      [],
      [answer(200, 'hi', { 'content-length': '2' })],
    ],
    ['without a reason', 'HTTP/1.1 204\r\n\r\n', [], [answer(204, '')]],
    ['one after another', 'HTTP/1.1 204 No\r\n\r\nHTTP/1.1 304 No\r\n\r\n', [], [answer(204, ''), answer(304, '')]],
    ['to HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n', ['HEAD'], [answer(200, '', { 'content-length': '9' })]],
    ['until the end', 'HTTP/1.1 200 OK\r\n\r\nhello', [], [answer(200, 'hello', {}, true)]],
    [
      'after interim ones',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 E\r\nLink: x\r\n\r\nHTTP/1.1 204 No\r\n\r\n',
      ['GET'],
      [answer(204, '')],
    ],
    ['that is 101', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n', [], [answer(101, '', { upgrade: 'x' })]],
    [
      'in chunks',
      `${chunked}3;a=b\r\nabc\r\n0A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n`,
      [],
      [answer(200, 'abc0123456789', { 'transfer-encoding': 'chunked' })],
    ],
    ['repeated headers', 'HTTP/1.1 204 No\r\nA: 1\r\na:  2 \r\n\r\n', [], [answer(204, '', { a: '1, 2' })]],
    [
      'one length twice',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx',
      [],
      [answer(200, 'x', { 'content-length': '1, 1' })],
    ],
    [
      'that close',
      'HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n',
      [],
      [answer(200, '', { connection: 'Close', 'content-length': '0' }, true)],
    ],
    [
      'of HTTP/1.0',
      'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n',
      [],
      [answer(200, '', { 'content-length': '0' }, true)],
    ],
    [
      'of HTTP/1.0 that stay',
      'HTTP/1.0 204 No\r\nConnection: keep-alive\r\n\r\n',
      [],
      [answer(204, '', { connection: 'keep-alive' })],
    ],
    ['with bare LF', 'HTTP/1.1 204 No\n\n', [], [answer(204, '')]],
    ['behind an empty line', '\r\nHTTP/1.1 204 No\r\n\r\n', [], [answer(204, '')]],
    [
      'with a header named __proto__',
      'HTTP/1.1 204 No\r\n__proto__: x\r\n\r\n',
      [],
      [answer(204, '', Object.fromEntries([['__proto__', 'x']]))],
    ],
    [
      'longer than is kept',
      `HTTP/1.1 200 OK\r\nContent-Length: 150\r\n\r\n${'x'.repeat(150)}`,
      [],
      [{ status: 200, headers: { 'content-length': '150' }, text: 'x'.repeat(100), last: false, droppedBytes: 50 }],
    ],
  ])('%s', (_name, text, methods, expected) => {
    expect(decode([Buffer.from(text, 'latin1')], methods)).toEqual(expected);
    expect(
      decode(
        [...Buffer.from(text, 'latin1')].map(each => Uint8Array.of(each)),
        methods,
      ),
    ).toEqual(expected);
  });

  it.each([
    ['nonsense\r\n\r\n', 'expected a status line (HTTP/1.1 200 OK), came "nonsense"'],
    ['HTTP/2 200\r\n\r\n', 'expected a status line (HTTP/1.1 200 OK), came "HTTP/2 200"'],
    ['HTTP/1.1 200 OK\r\nA : 1\r\n\r\n', 'expected a header (name: value), came "A : 1"'],
    ['HTTP/1.1 200 OK\r\nA: 1\r\n folded\r\n\r\n', 'expected a header (name: value), came " folded"'],
    ['HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', 'expected a Content-Length of digits, came "-1"'],
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      'expected a Content-Length of digits, came "1, 2"',
    ],
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      'expected one length, came Transfer-Encoding and Content-Length',
    ],
    [`${chunked}xyz\r\n`, 'expected the size of a chunk, came "xyz"'],
    [`${chunked}1\r\nab\r\n`, 'expected the end of a chunk, came "b"'],
    ['HTTP/1.1 200 OK\r\nConte', "expected the rest of an answer's head, came the end of the connection"],
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab',
      'expected 3 more after 2 bytes of a body, came the end of the connection',
    ],
    [`${chunked}2\r\nab\r\n`, 'expected its last chunk after 2 bytes of a body, came the end of the connection'],
    ['x'.repeat(headMaxBytes + 1), 'expected at most 65536 bytes of head, trailers or chunk size, came more'],
    [
      `${chunked}0\r\n${'a: b\r\n'.repeat(headMaxBytes / 6 + 1)}`,
      'expected at most 65536 bytes of head, trailers or chunk size, came more',
    ],
  ])('malformed: %j', (text, message) => {
    expect(decode([Buffer.from(text, 'latin1')])).toEqual([message]);
  });

  it('never throw, and are the same however they are cut into reads', () => {
    const part = fc.constantFrom(
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 100 C\r\n\r\n',
      'HTTP/1.1 204 N\r\n\r\n',
      'Content-Length: 3\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Connection: close\r\n',
      '\r\n',
      '3\r\nabc\r\n',
      '0\r\n\r\n',
      'abc',
      '\n',
      ':',
    );
    const stream = fc.array(
      fc.oneof({ weight: 9, arbitrary: part }, fc.string({ unit: 'binary-ascii', maxLength: 4 })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(stream, fc.uint8Array({ maxLength: 20 }), fc.array(fc.nat(200)), (parts, tail, cuts) => {
        const bytes = Buffer.concat([Buffer.from(parts.join(''), 'latin1'), tail]);
        const ends = [...cuts.filter(cut => cut < bytes.length), bytes.length].sort((a, b) => a - b);
        const chunks = ends.map((end, k) => bytes.subarray(ends[k - 1] ?? 0, end));
        expect(decode(chunks, ['GET', 'HEAD'], 4)).toEqual(decode([bytes], ['GET', 'HEAD'], 4));
      }),
      { numRuns: 500 },
    );
  });
});
