import { expect, it } from 'vitest';
import { admitsKey } from './api-key.ts';

const demo = 'AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K';
const made = 'AQAAAAABAAAoeOI7tA3HsYvdzDhYhZJy';

it.each([
  [`/v0/channels?apikey=${demo}`, {}, true],
  [`/v0/channels?apikey=${made}`, {}, true],
  ['/v0/channels', { 'x-tinode-apikey': demo }, true],
  ['/v0/channels', { cookie: `other=1; apikey=${demo}` }, true],
  [`/v0/channels?apikey=${demo}`, { 'x-tinode-apikey': 'bad' }, false],
  ['/v0/channels', {}, false],
  [`/v0/channels?apikey=${demo.slice(0, -1)}L`, {}, false],
  [`/v0/channels?apikey=B${demo.slice(1)}`, {}, false],
  ['/v0/channels?apikey=short', {}, false],
])('%s with %j: %s', (url, headers, isAdmitted) => {
  expect(admitsKey({ url, headers })).toBe(isAdmitted);
});
