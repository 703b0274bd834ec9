import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf, kindOf, membersOf, readJson } from './json-source.ts';

describe('membersOf', () => {
  it.each([
    ['{}', {}],
    ['{ }', {}],
    ['{"a":1}', { a: '1' }],
    ['{ "a" : 1 , "b" :\t[1, {"c":"}"}] \n}', { a: '1', b: '[1, {"c":"}"}]' }],
    ['{"a":"\\"}\\\\","b":null}', { a: '"\\"}\\\\"', b: 'null' }],
    ['{"a":1,"a":2}', { a: '2' }],
    ['{"\\u0061":90071992547409931}', { a: '90071992547409931' }],
    ['{"a":-1.50E+3,"b":true}', { a: '-1.50E+3', b: 'true' }],
  ])('%s', (source, expected) => {
    expect(Object.fromEntries(membersOf(source))).toEqual(expected);
  });

  it('holds a member named __proto__ like any other', () => {
    expect(membersOf('{"__proto__":{"type":1}}').get('__proto__')).toBe('{"type":1}');
  });
});

describe('elementsOf', () => {
  it.each([
    ['[]', []],
    ['[ ]', []],
    ['[1]', ['1']],
    ['[ 1 , "a,]" , [2,[3]], {"b":[]} ]', ['1', '"a,]"', '[2,[3]]', '{"b":[]}']],
  ])('%s', (source, expected) => {
    expect(elementsOf(source)).toEqual(expected);
  });
});

it.each([
  ['{}', 'object'],
  ['[]', 'array'],
  ['""', 'text'],
  ['-0', 'number'],
  ['7', 'number'],
  ['true', 'literal'],
  ['null', 'literal'],
])('kindOf %s is %s', (source, kind) => {
  expect(kindOf(source)).toBe(kind);
});

it.each(['', ' ', '{', '{"a":1,}', '\uFEFF{}', 'NaN', '{"a":01}', '\u00A0{}'])('%j is not JSON', text => {
  expect(readJson(text)).toBeUndefined();
});

it('finds the same parts as JSON.parse, however the text is laid out', () => {
  const layouts = fc.constantFrom(undefined, 1, '\t', 4);
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.array(fc.jsonValue()),
      layouts,
      (object, array, layout) => {
        const objectSource = readJson(` ${JSON.stringify(object, null, layout)}\r\n`)!;
        const members = [...membersOf(objectSource)].map(([name, source]) => [name, JSON.parse(source)]);
        expect(Object.fromEntries(members)).toEqual(JSON.parse(objectSource));
        const arraySource = JSON.stringify(array, null, layout);
        expect(elementsOf(arraySource).map(source => JSON.parse(source))).toEqual(JSON.parse(arraySource));
      },
    ),
  );
});

it('takes nesting as deep as a text can hold', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(elementsOf(readJson(deep)!)).toEqual([deep.slice(1, -1)]);
});
