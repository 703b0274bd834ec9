import { describe, expect, it } from 'vitest';
import type { OutgoingRequest } from './connection.ts';
import { parseEndpoint } from './endpoint.ts';
import { encodeRequest } from './http-request.ts';

function write(request: Partial<OutgoingRequest>, url = 'http://host:8080', standing = {}): string {
  const bytes = encodeRequest(
    { method: 'GET', path: '/', headers: {}, ...request },
    parseEndpoint('http', url),
    standing,
  );
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
}

describe('a request as it is written', () => {
  it.each<readonly [string, string, string]>([
    ['names the host', write({}), 'GET / HTTP/1.1\r\nHost: host:8080\r\n\r\n'],
    ['without a usual port', write({}, 'https://[::1]'), 'GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n'],
    [
      'with a body',
      write({ method: 'POST', body: Buffer.from('hi') }),
      'POST / HTTP/1.1\r\nHost: host:8080\r\nContent-Length: 2\r\n\r\nhi',
    ],
    ['with an empty body', write({ method: 'PUT' }), 'PUT / HTTP/1.1\r\nHost: host:8080\r\nContent-Length: 0\r\n\r\n'],
    [
      'the nearest header counts',
      write({ headers: { HOST: 'x', A: '2' } }, undefined, { a: '1' }),
      'GET / HTTP/1.1\r\nHOST: x\r\nA: 2\r\n\r\n',
    ],
    [
      'in chunks',
      write({ method: 'POST', headers: { 'Transfer-Encoding': 'chunked' }, body: Buffer.from('0\r\n\r\n') }),
      'POST / HTTP/1.1\r\nHost: host:8080\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['bad method', write({ method: 'GE T' }), 'expected a method such as GET, came "GE T"'],
    ['bad path', write({ path: '/a b' }), 'expected a path of printable ASCII, came "/a b": percent-encode it'],
    ['bad header name', write({ headers: { 'a b': 'x' } }), 'expected a header name, came "a b"'],
    [
      'bad header value',
      write({ headers: { a: 'x\r\nb: y' } }),
      'expected a value of Latin-1 without line ends for header a, came "x\r\nb: y"',
    ],
  ])('%s', (_name, written, expected) => {
    expect(written).toBe(expected);
  });
});
