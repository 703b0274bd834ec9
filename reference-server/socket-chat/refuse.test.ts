import { expect, it } from 'vitest';
import { refuse } from './refuse.ts';

it.each([
  ['{"type":"users"}', 'users'],
  ['{"type":7}', 'general'],
  ['{"type":""}', 'general'],
  ['null', 'general'],
  ['{', 'general'],
])('%s is refused with an error of type %s', (text, type) => {
  expect(refuse({ transport: 'lines', text })).toEqual([
    { text: `{"event":"failed","type":"${type}","message":"not supported"}` },
  ]);
});

it('refuses no datagram', () => {
  expect(refuse({ transport: 'voice', text: 'hello' })).toEqual([]);
});
