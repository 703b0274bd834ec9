import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../foundation/value.ts';
import { frameValidator } from '../../packs/frame-validator.ts';
import { plainSchemas } from './plain-schema.ts';

const path = 'sent/a.schema.json';

function breaksOf(schema: Value, frame: Value): readonly string[] | undefined {
  return plainSchemas([{ path, schema }])?.get(path)?.(frame);
}

describe('plainSchemas', () => {
  const schema: Value = {
    $id: 'https://example.org/a.schema.json',
    $ref: '#/$defs/action',
    $defs: {
      action: {
        type: 'object',
        required: ['type', 'a/b'],
        additionalProperties: false,
        properties: {
          type: { enum: ['x', 'y'] },
          'a/b': { type: ['string', 'integer'] },
          list: { items: { minLength: 2 } },
        },
        if: { properties: { type: { const: 'y' } } },
        // biome-ignore lint/suspicious/noThenProperty: the keyword is called so
        then: { required: ['list'] },
      },
    },
  };

  it.each<[Value, readonly string[]]>([
    [{ type: 'x', 'a/b': 1 }, []],
    [{ type: 'y', 'a/b': '1' }, ['/list']],
    [{ type: 'z', 'a/b': 1.5 }, ['/type', '/a~1b']],
    [{ type: 'x', c: null }, ['/a~1b', '/c']],
    [{ type: 'x', 'a/b': 1, list: ['ab', '😀', 5] }, ['/list/1']],
    [[], ['']],
  ])('%j', (frame, breaks) => expect(breaksOf(schema, frame)).toEqual(breaks));

  it.each<[string, Value]>([
    ['another keyword', { pattern: 'a' }],
    ['an unknown type', { type: 'text' }],
    ['a reference that leads nowhere', { $ref: '#/$defs/a' }],
    ['a reference to a file', { $ref: 'b.schema.json' }],
    ['an id inside', { items: { $id: 'https://example.org/b' } }],
    ['a condition without branches', { if: {} }],
    ['constants that are compared deeply', { const: {} }],
    ['a wrong argument', { required: 'a' }],
    ['an integer beyond 2^53', { const: 9007199254740993n }],
    ['something else', 'a'],
  ])('leaves schemas to the validator: %s', (_, other) => expect(breaksOf(other, null)).toBeUndefined());

  it('leaves schemas of one id to the validator', () => {
    const file = { path, schema: { $id: 'https://example.org/a' } };
    expect(plainSchemas([file, { ...file, path: 'sent/b.schema.json' }])).toBeUndefined();
  });
});

const name = fc.constantFrom('a', 'b', 'c/d', '__proto__');
const scalar = fc.constantFrom<Value>(null, true, 0, 1, 1.5, 'a', 'b', '');
const typeName = fc.constantFrom('string', 'integer', 'number', 'boolean', 'null', 'array', 'object');

const { schema, value } = fc.letrec<{ schema: Value; value: Value }>(tie => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ type: fc.oneof(typeName, fc.uniqueArray(typeName, { minLength: 1, maxLength: 2 })) }),
    fc.record({ const: scalar }),
    fc.record({ enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }) }),
    fc.record({ minLength: fc.nat({ max: 2 }) }),
    fc.record({ $ref: fc.constantFrom('#/$defs/a', '#/$defs/b') }),
    fc.record(
      {
        type: fc.constant('object'),
        required: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
        properties: fc.dictionary(fc.constantFrom('a', 'b', 'c/d'), tie('schema'), {
          maxKeys: 2,
          noNullPrototype: true,
        }),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
      },
      { requiredKeys: [] },
    ),
    fc.record({ items: tie('schema') }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    // biome-ignore lint/suspicious/noThenProperty: the keyword is called so
    fc.record({ if: tie('schema'), then: tie('schema'), else: tie('schema') }, { requiredKeys: ['if', 'then'] }),
  ) as fc.Arbitrary<Value>,
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ) as fc.Arbitrary<Value>,
}));

it('finds what the validator finds, in the same places', () => {
  const leaf = fc.constantFrom<Value>({ type: 'string' }, { type: 'object', required: ['a'] }, false);
  fc.assert(
    fc.property(schema, leaf, leaf, value, (body, a, b, frame) => {
      const whole: Value = { ...(body as object), $defs: { a, b } };
      const breaks = breaksOf(whole, frame)!;
      const violations = frameValidator([{ path, schema: whole }]).validate('sent', 'a', frame);
      // The validator names no more than five.
      if (breaks.length <= 5)
        expect([...new Set(breaks)].sort()).toEqual([...new Set(violations.map(each => each.at))].sort());
      else expect(violations).not.toEqual([]);
    }),
    { numRuns: 400 },
  );
});
