import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AntiphonError } from '../foundation/errors.ts';
import {
  type EndpointOverrides,
  endpointUrl,
  joinEndpoint,
  parseEndpoint,
  requestTarget,
  type TransportKind,
} from './endpoint.ts';

describe('the text of an endpoint', () => {
  it.each<readonly [TransportKind, string, string]>([
    ['lines', '127.0.0.1:6969', 'tcp://127.0.0.1:6969'],
    ['lines', 'tcp://chat.example.org:1', 'tcp://chat.example.org:1'],
    ['lines', 'TLS://[::1]:65535', 'tls://[::1]:65535'],
    ['lines', 'tcp://host:80/', 'tcp://host:80'],
    ['udp', 'localhost:6970', 'udp://localhost:6970'],
    ['websocket', 'ws://host', 'ws://host:80'],
    ['websocket', 'wss://host/v0/channels?a=b', 'wss://host:443/v0/channels?a=b'],
    ['websocket', 'host:8080/ws', 'ws://host:8080/ws'],
    ['websocket', 'ws://host?a=b', 'ws://host:80/?a=b'],
    ['http', 'https://host:8443', 'https://host:8443'],
    ['http', 'http://host/ä', 'http://host:80/%C3%A4'],
  ])('%s %s', (kind, text, url) => {
    const endpoint = parseEndpoint(kind, text);
    expect(endpointUrl(endpoint)).toBe(url);
    expect(parseEndpoint(kind, url)).toEqual(endpoint);
  });

  it.each<readonly [TransportKind, string, string]>([
    [
      'websocket',
      'http://host',
      'expected an endpoint of kind websocket (ws://host:port/path or wss://host:port/path), came "http://host": use ws:// or wss://',
    ],
    [
      'lines',
      'host',
      'expected an endpoint of kind lines (tcp://host:port, tls://host:port or host:port), came "host": add the port',
    ],
    [
      'lines',
      'host:0',
      'expected an endpoint of kind lines (tcp://host:port, tls://host:port or host:port), came "host:0": use a port from 1 to 65535',
    ],
    [
      'lines',
      'tcp://host:99999',
      'expected an endpoint of kind lines (tcp://host:port, tls://host:port or host:port), came "tcp://host:99999": use a port from 1 to 65535',
    ],
    [
      'udp',
      'udp://host:1/path',
      'expected an endpoint of kind udp (udp://host:port or host:port), came "udp://host:1/path": leave out /path',
    ],
    [
      'http',
      'http://me:secret@host',
      'expected an endpoint of kind http (http://host:port or https://host:port), came "http://me:secret@host": write it as scheme, host, port: without blanks, user name or fragment',
    ],
    [
      'websocket',
      'ws://host/#x',
      'expected an endpoint of kind websocket (ws://host:port/path or wss://host:port/path), came "ws://host/#x": write it as scheme, host, port: without blanks, user name or fragment',
    ],
    [
      'http',
      '',
      'expected an endpoint of kind http (http://host:port or https://host:port), came "": write it as scheme, host, port: without blanks, user name or fragment',
    ],
  ])('%s %s is refused', (kind, text, message) => {
    expect(() => parseEndpoint(kind, text)).toThrow(new AntiphonError('usage', 'bad-endpoint', message));
  });

  it('never throws anything else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<TransportKind>('websocket', 'lines', 'http', 'udp'),
        fc.string({ unit: 'binary' }),
        (kind, text) => {
          try {
            const endpoint = parseEndpoint(kind, text);
            expect(parseEndpoint(kind, endpointUrl(endpoint))).toEqual(endpoint);
          } catch (error) {
            expect(error).toMatchObject({ code: 'bad-endpoint' });
          }
        },
      ),
    );
  });
});

describe('what a connect step changes', () => {
  it.each<readonly [string, EndpointOverrides, string]>([
    ['ws://host:1/a?b=c', {}, 'ws://host:1/a?b=c'],
    ['ws://host:1/a?b=c', { host: 'other', port: 2 }, 'ws://other:2/a?b=c'],
    ['ws://host:1/a', { host: '::1' }, 'ws://[::1]:1/a'],
    ['ws://host:1/a?b=c', { path: '/d' }, 'ws://host:1/d'],
    ['ws://host:1/a?b=c', { path: 'd e?f=g' }, 'ws://host:1/d%20e?f=g'],
    ['ws://host:1/a?b=c', { query: { d: 1 } }, 'ws://host:1/a?b=c&d=1'],
    ['ws://host:1/a?b=c&d=e', { query: { b: 'x & y', d: null } }, 'ws://host:1/a?b=x%20%26%20y'],
    ['ws://host:1', { query: { key: 'ä', ok: true } }, 'ws://host:1/?key=%C3%A4&ok=true'],
  ])('%s %j', (text, overrides, url) => {
    expect(endpointUrl(joinEndpoint(parseEndpoint('websocket', text), overrides))).toBe(url);
  });

  it('obeys the rules of a written endpoint', () => {
    const lines = parseEndpoint('lines', 'host:1');
    expect(() => joinEndpoint(lines, { port: 70_000 })).toThrow('came "tcp://host:70000": use a port from 1 to 65535');
    expect(() => joinEndpoint(lines, { path: '/a' })).toThrow('came "/a": leave out path and query');
    expect(() => joinEndpoint(lines, { host: 'a:2' })).toThrow(
      'came "tcp://[a:2]:1": write an IPv6 address into the brackets',
    );
    expect(() => joinEndpoint(lines, { host: 'a b' })).toThrow('came "tcp://a b:1"');
  });
});

describe('a path with query', () => {
  it('stands in a request line whatever it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
        (path, query) => {
          expect(requestTarget(`/${path}`, query)).toMatch(/^\/[\x21-\x7e]*$/);
        },
      ),
    );
  });
});
