import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, pointerStep, writeJson } from './json.ts';
import { equalValues, setMember, type Value } from './value.ts';

/** Values as the wire can carry them: any member name, integers of any size, numbers of any form. */
const values = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Value>(
      null,
      true,
      false,
      0,
      -0,
      1e21,
      5e-324,
      2 ** 53,
      -(2 ** 53),
      123456789012345680000,
      Infinity,
    ),
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.bigInt().filter(n => !Number.isSafeInteger(Number(n))),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '1', '~/')), tie('value')), {
        maxLength: 4,
      })
      .map(entries => {
        const object: Record<string, Value> = {};
        for (const [name, value] of entries) setMember(object, name, value);
        return object;
      }),
  ),
})).value;

/** Text that is JSON or nearly. */
const nearlyJson = fc
  .array(
    fc.constantFrom(...'{}[],:"\\/u0123456789abcdefnrt-+.eE \n\t\u0001é☃', 'null', 'true', '"a"', '"a":', '\\u00'),
    { maxLength: 30 },
  )
  .map(parts => parts.join(''));

describe('parseJson', () => {
  it.each<[string, Value]>([
    ['null', null],
    [' true ', true],
    ['false', false],
    ['-0', -0],
    ['1.0', 1],
    ['1e3', 1000],
    ['1E+2', 100],
    ['-1.5e-3', -0.0015],
    ['0.12345678901234567890', 0.12345678901234568],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740993', -9007199254740993n],
    ['[123456789012345678901234567890]', [123456789012345678901234567890n]],
    ['1e400', Infinity],
    ['"\\u0041\\n\\"\\\\\\/\\ud83d\\ude00"', 'A\n"\\/😀'],
    ['"\\\\"', '\\'],
    ['"\\\\\\""', '\\"'],
    ['[]', []],
    ['{}', {}],
    ['[[],{},[{}]]', [[], {}, [{}]]],
    ['{"b":1,"a":[2,{"c":null}]}', { b: 1, a: [2, { c: null }] }],
    ['"\u2028\u007f"', '\u2028\u007f'],
  ])('%s', (text, value) => {
    const parsed = parseJson(text);
    expect(parsed).toMatchObject({ ok: true, duplicates: [] });
    expect(parsed.ok && parsed.value).toEqual(value);
  });

  it('tells whether every number is a plain one', () => {
    expect(parseJson('[1, 9007199254740992]')).toMatchObject({ ok: true, exact: false });
    expect(parseJson('[1, 9007199254740991]')).toMatchObject({ ok: true, exact: true });
  });

  it.each([
    ['{"a":1,"a":2}', { a: 2 }, ['/a']],
    ['{"a":1,"b":3,"a":2,"a":4}', { a: 4, b: 3 }, ['/a']],
    ['{"a":1,"\\u0061":2}', { a: 2 }, ['/a']],
    ['{"x":[{},{"a/b":1,"a/b":2}]}', { x: [{}, { 'a/b': 2 }] }, ['/x/1/a~1b']],
    ['{"a":{"k":1},"b":{"k":1}}', { a: { k: 1 }, b: { k: 1 } }, []],
    ['{"":1,"":2}', { '': 2 }, ['/']],
    // Equal hashes of different names.
    ['{"Aa":1,"BB":2}', { Aa: 1, BB: 2 }, []],
  ])('lists repeated members, the last wins: %s', (text, value, duplicates) => {
    expect(parseJson(text)).toEqual({ ok: true, value, duplicates, exact: true });
  });

  it('keeps __proto__ as an own member, repeated or not', () => {
    for (const text of ['{"__proto__":{"a":1}}', '{"__proto__":2,"__proto__":{"a":1}}']) {
      const parsed = parseJson(text);
      const value = parsed.ok ? (parsed.value as Record<string, Value>) : {};
      expect(Object.keys(value)).toEqual(['__proto__']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(writeJson(value)).toBe('{"__proto__":{"a":1}}');
    }
  });

  it.each([
    ['', 'expected a value, the end came', 0],
    ['nul', 'expected a value, "n" came', 0],
    ['[1,]', 'expected a value, "]" came', 3],
    ['[1 2]', 'expected "," or "]", "2" came', 3],
    ['{"a":1,}', 'expected a member name in quotes, "}" came', 7],
    ['{a:1}', 'expected a member name in quotes, "a" came', 1],
    ['{"a" 1}', 'expected ":", "1" came', 5],
    ['{"a":1]', 'expected "," or "}", "]" came', 6],
    ['{"a":1', 'expected "," or "}", the end came', 6],
    ['1 1', 'expected the end of the text, "1" came', 2],
    ['01', 'expected the end of the text, "1" came', 1],
    ['1.', 'expected the end of the text, "." came', 1],
    ['+1', 'expected a value, "+" came', 0],
    ['-', 'expected a digit behind "-"', 1],
    ['"a', 'expected the closing quote of a text, the end came', 2],
    ['"a\\"', 'expected the closing quote of a text, the end came', 4],
    ['"a\nb"', 'expected text, U+000A came', 2],
    ['"a\\x"', 'expected text, the escape "\\x" came', 2],
    ['"\\\\\\u12"', 'expected text, the escape "\\u" came', 3],
    ['\ufeff1', 'expected a value, "\ufeff" came', 0],
    ["'a'", 'expected a value, "\'" came', 0],
    ['😀', 'expected a value, "😀" came', 0],
  ])('refuses %s', (text, message, offset) => {
    expect(parseJson(text)).toEqual({ ok: false, code: 'syntax', message, offset });
  });

  it('refuses more levels than asked for, however many', () => {
    expect(parseJson('[[{}]]', { maxDepth: 3 })).toMatchObject({ ok: true });
    expect(parseJson('[[[0]]]', { maxDepth: 2 })).toEqual({
      ok: false,
      code: 'depth',
      message: 'expected at most 2 levels, one more came',
      offset: 2,
    });
    expect(parseJson('['.repeat(1e6))).toMatchObject({ ok: false, code: 'depth', offset: 512 });
    expect(parseJson('['.repeat(512) + ']'.repeat(512))).toMatchObject({ ok: true });
    expect(parseJson('{"a":'.repeat(1e5), { maxDepth: 1e6 })).toMatchObject({ ok: false, code: 'syntax' });
  });

  it('agrees with JSON.parse about what is JSON and what it means', () => {
    const mean = (text: string) => {
      try {
        return { value: JSON.parse(text) };
      } catch {
        return undefined;
      }
    };
    const rounded = (value: Value): Value =>
      JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? Number(each) : each)) ?? 'null');
    const agree = (text: string) => {
      const expected = mean(text);
      const parsed = parseJson(text);
      expect(parsed.ok).toBe(expected !== undefined);
      if (parsed.ok) expect(rounded(parsed.value)).toEqual(rounded(expected!.value));
    };
    fc.assert(fc.property(nearlyJson, agree), { numRuns: 5000 });
    fc.assert(fc.property(fc.json({ stringUnit: 'binary' }), agree));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), agree));
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom(...'{}[],:"\\0 '), (text, at, character) => {
        const cut = at % (text.length + 1);
        agree(text.slice(0, cut) + character + text.slice(cut));
        agree(text.slice(0, cut) + text.slice(cut + 1));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives back what was written', () => {
    fc.assert(
      fc.property(values, value => {
        const text = writeJson(value);
        const parsed = parseJson(text);
        expect(parsed.ok && equalValues(parsed.value, value)).toBe(true);
        expect(parsed.ok && writeJson(parsed.value)).toBe(text);
      }),
    );
  });
});

describe('writeJson', () => {
  it.each<[Value, string]>([
    [{ b: [1, 'x"\n', null, true], a: {} }, '{"b":[1,"x\\"\\n",null,true],"a":{}}'],
    [9007199254740993n, '9007199254740993'],
    [123456789012345680000, '1.2345678901234568e+20'],
    [1e21, '1e+21'],
    [0.1, '0.1'],
    [-0, '0'],
    [-Infinity, '-1e999'],
    [[], '[]'],
  ])('%o', (value, text) => {
    expect(writeJson(value)).toBe(text);
  });
});

describe('pointerStep', () => {
  it('escapes what RFC 6901 says', () => {
    expect(pointerStep('a~b/c') + pointerStep(3) + pointerStep('')).toBe('/a~0b~1c/3/');
  });
});
