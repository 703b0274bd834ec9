import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodePair, encodeOrdered, encodePair } from './pairs.ts';

const id = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ',', '","', '\ud800', '\\ud800', '7', '__proto__'),
);

it('is symmetric and can be read back', () => {
  fc.assert(
    fc.property(id, id, (one, other) => {
      expect(encodePair(one, other)).toBe(encodePair(other, one));
      expect(decodePair(encodePair(one, other))).toEqual([one, other].sort());
    }),
  );
});

it('names no two pairs alike', () => {
  fc.assert(
    fc.property(id, id, id, id, (a, b, c, d) => {
      const samePair = (a === c && b === d) || (a === d && b === c);
      expect(encodePair(a, b) === encodePair(c, d)).toBe(samePair);
    }),
  );
});

it('keeps the order where that is asked for', () => {
  expect(decodePair(encodeOrdered('b', 'a'))).toEqual(['b', 'a']);
});

it.each([
  '',
  'x',
  '====',
  Buffer.from('["a"]').toString('base64url'),
  Buffer.from('["a",7]').toString('base64url'),
  `${encodePair('a', 'b')}=`,
])('reads nothing out of %j', text => {
  expect(decodePair(text)).toBeUndefined();
});

it('never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void decodePair(text)));
});
