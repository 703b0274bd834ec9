import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  filled,
  inBytes,
  int32,
  int64,
  list,
  map,
  message,
  one,
  oneOf,
  text,
  truth,
  unheard,
  word,
} from './protobuf.ts';
import { ProtobufError } from './protobuf-wire.ts';

const point = message({ 1: one('x', int32), 2: one('y', int32) });
const note = message({ 1: one('by', text), 2: one('at', int64) });
const everything = message({
  1: one('name', text),
  2: one('count', int32),
  3: one('big', int64),
  4: one('isOn', truth),
  5: one('color', word({ 1: 'red', 2: 'blue' })),
  6: list('words', text),
  7: list('points', point),
  8: map('labels', text),
  9: one('inner.deep', text),
  10: one('', note),
  11: one(
    'hex',
    inBytes(
      bytes => bytes.toString('hex'),
      value => Buffer.from(String(value), 'hex'),
    ),
  ),
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const decode = (written: string) => everything.decode(Buffer.from(written, 'hex'));

it('reads what it has written', () => {
  const whole = {
    name: 'Ada ü',
    count: -1,
    big: 2 ** 53,
    isOn: true,
    color: 'blue',
    words: ['a', '', 'c'],
    points: [{ x: 1 }, {}, { y: 300 }],
    labels: { a: 'b' },
    inner: { deep: 'down' },
    by: 'bob',
    at: 5,
    hex: 'ff00',
  };
  expect(everything.decode(everything.encode(whole))).toEqual(whole);
});

describe('what is zero', () => {
  it('is not written', () => {
    const zero = { name: '', count: 0, big: 0, isOn: false, color: 'green', words: [], labels: {}, by: '' };
    expect(hex(everything.encode(zero))).toBe('');
  });

  it('stands for none, also where it is written', () => {
    expect(decode('0a00' + '1000' + '2000' + '2807')).toEqual({});
  });
});

describe('fields that are not known', () => {
  it.each([
    ['an integer', '7801'],
    ['eight bytes', '790102030405060708'],
    ['bytes', '7a03010203'],
    ['four bytes', '7d01020304'],
  ])('are passed over: %s', (_, written) => {
    expect(decode(`${written}0a0161`)).toEqual({ name: 'a' });
  });

  it('are those of a known number, too, that are written in another way', () => {
    expect(decode('0801' + '1201ff' + '0a0161')).toEqual({ name: 'a' });
  });
});

it.each([
  ['no field has the number 0', '00'],
  ['field 1 has the unknown wire type 3', '0b'],
  ['ends within an integer', '10ff'],
  ['an integer has more than ten bytes', '10ffffffffffffffffffffff01'],
  ['ends within 5 bytes', '0a0561'],
  ['ends within 8 bytes', '7900'],
  ['a text is not UTF-8', '0a01ff'],
])('throws: %s', (why, written) => {
  expect(() => decode(written)).toThrow(new ProtobufError(why));
});

it('never throws anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
      try {
        everything.decode(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtobufError);
      }
    }),
  );
});

it('takes the last of two that exclude each other, and writes the first', () => {
  const either = oneOf({ 1: one('a', point), 2: one('b', point) }, { 3: one('beside', text) });
  const both = Buffer.from('0a020801' + '1a0178' + '12020802', 'hex');
  expect(either.decode(both)).toEqual({ beside: 'x', b: { x: 2 } });
  expect(hex(either.encode({ beside: 'x', b: {}, a: {} }))).toBe('0a001a0178');
});

it('keeps names that objects have from their prototype in a map', () => {
  const labels = Object.fromEntries([['__proto__', 'a']]);
  const read = everything.decode(everything.encode({ labels }));
  expect(Object.keys(read.labels as object)).toEqual(['__proto__']);
});

it('takes an empty message for none where that is said, and never reads what is not heard', () => {
  const outer = message({ 1: one('inner', filled(point)), 2: one('mute', unheard(text)), 3: one('kept', point) });
  expect(outer.decode(Buffer.from('0a00' + '120161' + '1a00', 'hex'))).toEqual({ kept: {} });
  expect(hex(outer.encode({ mute: 'a' }))).toBe('120161');
});
