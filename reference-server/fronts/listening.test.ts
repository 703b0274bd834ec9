import { expect, it } from 'vitest';
import { urlHost } from './listening.ts';

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['::1', '[::1]'],
  ['::', '[::1]'],
  ['0.0.0.0', '127.0.0.1'],
])('writes %s as %s in a URL', (host, written) => {
  expect(urlHost(host)).toBe(written);
});
