import { expect, it } from 'vitest';
import { readBasicSecret } from './secrets.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

it.each([
  ['new1:new1', 'new1', 'new1'],
  ['naïve:pässwörd ☃', 'naïve', 'pässwörd ☃'],
  ['a:b:c', 'a', 'b:c'],
  ['a:', 'a', ''],
])('reads the secret %s', (text, login, password) => {
  expect(readBasicSecret(base64(text))).toEqual({ login, password });
});

it.each([
  ['without a colon', base64('new1')],
  ['without a name', base64(':new1')],
  ['without padding', base64('ab:cd').replace('=', '')],
  ['in the alphabet for URLs', base64('??>:??>').replaceAll('/', '_').replaceAll('+', '-')],
  ['that is empty', ''],
  ['that is no base64', 'new1:new1'],
])('does not read a secret %s', (_, text) => {
  expect(readBasicSecret(text)).toBeUndefined();
});
