import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalValues, type Value } from '../foundation/value.ts';
import { isInstant } from '../values/instant.ts';
import { nearMisses, otherType, otherValue } from './changed-values.ts';

test.each<[Value, readonly Value[], Value | undefined]>([
  ['created', ['created', 'modified', 'deleted'], 'modified'],
  ['deleted', ['created', 'modified', 'deleted'], 'created'],
  ['else', ['created', 'modified'], 'fmtf'],
  ['only', ['only'], 'pomz'],
  ['', [], 'other'],
  ['2026-02-28T23:59:59Z', [], '2026-03-02T03:46:39Z'],
  ['2026-02-28T23:59:59.123456Z', [], '2026-03-02T03:46:39.123456Z'],
  [1, [], 1001],
  [0.5, [], 1000.5],
  [2n ** 64n, [], 2n ** 64n + 1000n],
  [true, [], false],
  [null, [], undefined],
  [[1], [], undefined],
  [{ a: 1 }, [], undefined],
])('another value than %o of %o: %o', (value, choices, other) => {
  expect(otherValue(value, choices)).toEqual(other);
});

test.each<[Value, Value]>([
  [5, '5'],
  [true, 'true'],
  [2n ** 64n, '18446744073709551616'],
  ['5', 5],
  ['05', 7],
  ['five', 7],
  [null, ''],
  [[1], {}],
  [{ a: 1 }, []],
])('another type than %o: %o', (value, other) => {
  expect(otherType(value)).toEqual(other);
});

test.each<[Value, readonly string[]]>([
  ['hello', ['character "hemlo"', 'case "Hello"']],
  ['a-b', ['character "a-c"', 'case "A-b"']],
  ['--', ['character "-,"']],
  ['😀', ['character "😁"']],
  ['', ['character "x"']],
  ['2026-02-28T23:59:49Z', ['character "2026-02-28T23:59:40Z"', 'case "2026-02-28t23:59:49Z"']],
  [5, ['plus 6', 'minus 4']],
  [1e300, []],
  [[], ['more ["more"]']],
  [
    ['a', 'b'],
    ['less ["a"]', 'more ["a","b","c"]'],
  ],
  [[{}], ['less []', 'more [{},{}]']],
  [true, []],
  [null, []],
  [{}, []],
])('nearly %o', (value, near) => {
  expect(nearMisses(value).map(({ how, value: changed }) => `${how} ${JSON.stringify(changed)}`)).toEqual(near);
});

test('whatever is changed is another value, and an instant stays one', () => {
  const values = fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }).map(value => value as Value);
  const instants = fc
    .date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2200-01-01') })
    .map(date => date.toISOString());
  fc.assert(
    fc.property(fc.oneof(values, instants), value => {
      const changed = [otherType(value), ...nearMisses(value).map(each => each.value)];
      const other = otherValue(value, []);
      for (const each of other === undefined ? changed : [...changed, other])
        expect(equalValues(each, value)).toBe(false);
      if (isInstant(value, 'rfc3339')) {
        expect(isInstant(other!, 'rfc3339')).toBe(true);
        expect(isInstant(nearMisses(value)[0]!.value, 'rfc3339')).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
