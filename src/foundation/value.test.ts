import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalValues, isArray, isObject, memberOf, setMember, type Value } from './value.ts';

const values = fc.jsonValue({ maxDepth: 3 }).map(value => value as Value);

describe('equalValues', () => {
  it.each<[Value, Value, boolean]>([
    [1, 1.0, true],
    [0, -0, true],
    [2 ** 53, 2n ** 53n, true],
    [2 ** 53, 2n ** 53n + 1n, false],
    [2n ** 64n, 2n ** 64n, true],
    [1n, 1, true],
    [1.5, 1n, false],
    [Infinity, 1n, false],
    [1, '1', false],
    [1, true, false],
    [null, false, false],
    [null, {}, false],
    ['é', 'é', true],
    // Text by code points: composed and decomposed forms differ.
    ['é', 'e\u0301', false],
    [[], {}, false],
    [{}, [], false],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: 1 }, { b: 1 }, false],
    [{ a: 1 }, { a: 1, b: 1 }, false],
    [{ toString: 1 }, { valueOf: 1 }, false],
  ])('%o and %o: %s', (a, b, equal) => {
    expect(equalValues(a, b)).toBe(equal);
    expect(equalValues(b, a)).toBe(equal);
  });

  it('is an equivalence', () => {
    const few = fc.oneof(fc.constantFrom<Value>(0, 1, 1n, '1', null, [], {}), values);
    fc.assert(fc.property(values, value => equalValues(value, structuredClone(value))));
    fc.assert(fc.property(few, few, (a, b) => equalValues(a, b) === equalValues(b, a)));
    fc.assert(fc.property(few, few, few, (a, b, c) => !(equalValues(a, b) && equalValues(b, c)) || equalValues(a, c)));
  });

  it('sees every difference that JSON shows', () => {
    const sorted = (value: Value): Value =>
      isArray(value)
        ? value.map(sorted)
        : isObject(value)
          ? Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, member]) => [name, sorted(member)])
          : value;
    fc.assert(
      fc.property(fc.array(values, { maxLength: 2 }), fc.array(values, { maxLength: 2 }), (a, b) => {
        const same = JSON.stringify([isArray(a), sorted(a)]) === JSON.stringify([isArray(b), sorted(b)]);
        expect(!same || equalValues(a, b)).toBe(true);
      }),
    );
  });
});

describe('members', () => {
  it('are own members, whatever their name', () => {
    const object: Record<string, Value> = {};
    setMember(object, '__proto__', 1);
    setMember(object, 'toString', 2);
    expect(Object.keys(object)).toEqual(['__proto__', 'toString']);
    expect(memberOf(object, '__proto__')).toBe(1);
    expect(memberOf({}, 'toString')).toBeUndefined();
    expect(memberOf({ a: null }, 'a')).toBeNull();
  });
});

describe('isObject and isArray', () => {
  it.each<[Value | undefined, boolean, boolean]>([
    [{}, true, false],
    [[], false, true],
    [null, false, false],
    [undefined, false, false],
    ['', false, false],
  ])('%o', (value, object, array) => {
    expect([isObject(value), isArray(value)]).toEqual([object, array]);
  });
});
