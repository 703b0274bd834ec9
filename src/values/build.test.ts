import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../foundation/json.ts';
import type { Value } from '../foundation/value.ts';
import { type BuildResult, build, buildRaw } from './build.ts';
import type { Built } from './built.ts';
import { fromBase64, fromHex } from './encoded-text.ts';
import { MissingValue } from './expression.ts';
import { fillTo, replaceAt } from './fill.ts';
import { readRaw } from './read-built.ts';
import {
  builtOf,
  builtProblemsOf,
  environmentOf,
  locate,
  type Names,
  type ScopeParts,
  scopeOf,
  span,
  type Written,
} from './testing.ts';

const names: Names = {
  macros: { text: 'hello $(unique)', frame: { type: 'x', body: '$(text)', none: '$absent' }, list: [1, '$(seq)'] },
  sources: {
    alice: { from: 'account', client: 'alice' },
    members: {
      from: 'each',
      of: [
        { from: 'account', client: 'alice' },
        { from: 'account', client: 'bob' },
      ],
    },
    greeting: {
      from: 'built',
      built: {
        op: 'text',
        parts: [
          'hi ',
          {
            op: 'reference',
            span,
            expression: { terms: [{ sign: 1, source: { from: 'unique' }, path: [] }], text: 'unique', span },
          },
        ],
        span,
      },
    },
  },
};
const parts: ScopeParts = {
  slots: { x: '1234', seq: 7, y: { k: [1, { n: 2 }] }, 'alice.token': 't1' },
  accounts: { alice: { user: 'u1', login: 'a', password: 'env:PASS' }, bob: { user: 'u2', login: 'b', password: 'p' } },
  limits: { frameBytes: 100, big: 9007199254740992n },
  timers: { call: '20 s', bad: 'soon' },
  pack: { hi: { code: 201 } },
  turn: 3,
};

function built(written: Written, given: ScopeParts = parts): BuildResult | MissingValue {
  return build(builtOf(written, names), scopeOf(given));
}

describe('build', () => {
  it.each<[Written, Value]>([
    ['a', 'a'],
    [9007199254740993n, 9007199254740993n],
    [{ a: [1, null, { b: true }] }, { a: [1, null, { b: true }] }],
    ['$$(x)', '$(x)'],
    ['$$any', '$any'],
    [{ $$a: 1 }, { $a: 1 }],
    ['$(x)', '1234'],
    ['$(seq)', 7],
    ['m$(i)-$(unique)', 'm3-ab12cd34'],
    ['$(text)', 'hello ab12cd34'],
    ['say $(text)!', 'say hello ab12cd34!'],
    ['$(greeting)', 'hi ab12cd34'],
    ['$(frame.body)', 'hello ab12cd34'],
    [{ f: '$(frame)' }, { f: { type: 'x', body: 'hello ab12cd34' } }],
    [
      ['$(...list)', '$(...y.k)', 0],
      [1, 7, 1, { n: 2 }, 0],
    ],
    ['$(list.1)', 7],
    ['$(members.user)', ['u1', 'u2']],
    ['$(members.1.user)', 'u2'],
    ['$(accounts.login)', ['a', 'b']],
    ['$(alice.user)', 'u1'],
    ['$(self)', 'alice'],
    ['$(self.account.user)', 'u1'],
    ['$(self.token)', 't1'],
    ['$(pack.hi.code)', 201],
    ['$(y)', { k: [1, { n: 2 }] }],
    ['$(y.k.1.n)', 2],
    ['$(seq + 1)', 8],
    ['$(seq - 8 - i)', -4],
    ['$(limits.big + 1)', 9007199254740993n],
    ['$(limits.big - 1)', 9007199254740991],
    ['$(9007199254740993 - 1)', 9007199254740992n],
    ['$(timers.call + 2 s)', '22000000 us'],
    ['$(timers.call - 1 min)', '-40000000 us'],
    [{ $json: { a: ['$(seq)', 9007199254740993n] } }, '{"a":[7,9007199254740993]}'],
    [{ $json: { a: 1, b: '$absent' } }, '{"a":1}'],
    [{ $base64: '$(alice.login):$(alice.user)' }, 'YTp1MQ=='],
    [{ $hex: 'é' }, 'c3a9'],
    [{ $base64: { $json: [1] } }, 'WzFd'],
    [{ $repeat: ['ab', 3] }, 'ababab'],
    [{ $repeat: ['$(x)', '$(i)'] }, '123412341234'],
    [{ $repeat: ['ab', 0] }, ''],
    [{ $altered: '$(x)' }, '2345'],
    [{ $altered: 'Zz9fF-a' }, 'Gg0aA-b'],
    [{ $altered: '$(seq)' }, 8],
    [{ $altered: '-!' }, ',!'],
    ['$now', 1764504000123],
    [{ $now: 'ms' }, 1764504000123],
    [{ $now: 'rfc3339' }, '2025-11-30T12:00:00.123Z'],
    [{ $as: 'n', $altered: '$(x)' }, '2345'],
  ])('%o', (written, value) => {
    expect(built(written)).toMatchObject({ value });
  });

  it.each<[Written, string, string]>([
    ['$(limits.none)', 'limits.none', 'the object has no member "none"'],
    ['$(y.k.9)', 'y.k.9', 'the list has 2 elements, none has the index 9'],
    ['$(y.k.n)', 'y.k.n', 'a number has no member "n"'],
    ['$(x.n)', 'x.n', 'text has no member "n"'],
    ['a $(y)', 'y', 'expected a number, a boolean or text, an object came'],
    ['$(seq + timers.call)', 'seq + timers.call', 'expected durations to add, a number came'],
    ['$(timers.bad + 2 s)', 'timers.bad + 2 s', 'expected durations to add, "soon" came'],
    ['$(seq + y)', 'seq + y', 'expected integers or durations to add, an object came'],
    [['$(...x)'], 'x', 'expected a list, text came'],
    [{ $repeat: ['a', '$(x)'] }, 'x', 'expected a whole number for $repeat, 0 or more, text came'],
    [
      { $repeat: ['a', '$(limits.big)'] },
      'limits.big',
      'expected a whole number for $repeat, 0 or more, a number came',
    ],
    [{ $repeat: ['a', 1_000_000_000] }, 'literal', 'expected a text of at most 100000000 characters, 1000000000 came'],
    [{ $altered: '$(y)' }, 'y', 'expected text or an integer to alter, an object came'],
    [{ $base64: '$(y.k)' }, 'y.k', 'expected a number, a boolean or text, a list came'],
  ])('%o has no value', (written, text, detail) => {
    const result = built(written);
    expect(result).toBeInstanceOf(MissingValue);
    expect(result).toMatchObject({ detail, expression: { text } });
  });

  it('names what has no value at all', () => {
    expect(built('$(x)', {})).toMatchObject({ detail: 'the name x has no value' });
    expect(built('$(alice.user)', {})).toMatchObject({ detail: 'the account of alice has no value' });
    expect(built('$(i)', {})).toMatchObject({ detail: '"turn" has no value' });
  });

  it('tells where the pack must not, and where it must, fill something in', () => {
    expect(
      built({ a: '$absent', b: [{ 'c/d': '$absent', id: { $as: 'id' } }], e: { $json: { f: '$absent' } } }),
    ).toEqual({
      value: { b: [{}], e: '{}' },
      omitted: ['/a', '/b/0/c~1d'],
      captures: [],
      filled: [{ slot: 'id', path: ['b', 0, 'id'] }],
      payloads: [],
    });
  });

  it('tells where text is to be filled in', () => {
    expect(built({ a: ['$(...y.k)', { $fill: '$(limits.frameBytes + 1)' }] })).toMatchObject({
      value: { a: [1, { n: 2 }, ''] },
      fill: { path: ['a', 2], bytes: 101 },
    });
    expect(build(builtOf({ m: { body: '$payload' } }, { payload: true }), scopeOf())).toMatchObject({
      value: { m: { body: '' } },
      payloads: [['m', 'body']],
    });
  });

  it('captures what is sent, in turns of its own', () => {
    expect(built({ a: { $as: 'n', $json: ['$(seq)'] }, b: { $base64: { $as: 'm', $hex: 'x' } } })).toMatchObject({
      captures: [
        { slot: 'n', value: '[7]' },
        { slot: 'm', value: '78' },
      ],
    });
    const bound: Built = { op: 'bind', slot: 'id', turn: true, of: { op: 'literal', value: 1, span }, span };
    expect(build(bound, scopeOf(parts))).toMatchObject({ captures: [{ slot: 'id@3', value: 1 }] });
  });

  it('reveals secrets before it encodes them, and names them by their references', () => {
    const reveal = (text: string) => text.replace('env:PASS', 'secret');
    const frame: Written = {
      plain: '$(alice.password)',
      all: '$(members)',
      text: 'p=$(alice.password)',
      coded: { $as: 'c', $base64: '$(alice.password)' },
      literal: 'env:PASS',
    };
    expect(built(frame, { ...parts, reveal })).toMatchObject({
      value: {
        plain: 'secret',
        all: [{ password: 'secret' }, { password: 'p' }],
        text: 'p=secret',
        coded: 'c2VjcmV0',
        literal: 'env:PASS',
      },
      captures: [{ slot: 'c', value: 'ZW52OlBBU1M=' }],
    });
  });

  it('shares what is constant', () => {
    const constant = builtOf({ a: [1, { b: 'c' }] });
    const once = build(constant, scopeOf()) as BuildResult;
    const again = build(constant, scopeOf()) as BuildResult;
    expect(again.value).toBe(once.value);
  });
});

describe('readBuilt', () => {
  it.each<[Written, readonly string[]]>([
    [
      '$string',
      [
        'unknown-operator: expected a builder, the pattern operator $string came (builders are $absent, $json, $base64, $hex, $repeat, $fill, $altered, $now, $as, $payload)',
      ],
    ],
    ['$nwo', ['unknown-operator: expected a builder, $nwo came (did you mean $now? Write $$nwo for the text $nwo)']],
    ['$fill', ['bad-argument: expected an argument of $fill, none came (write { $fill: … })']],
    [{ $now: 's' }, ['bad-argument: expected ms or rfc3339 behind $now, "s" came']],
    [
      { $json: 1, a: 1 },
      ["mixed-operators: expected members or operators, a beside $json came (write $$json if it is a member's name)"],
    ],
    [{ $json: 1, $hex: 'a' }, ['bad-argument: expected one builder, $json and $hex came (put one inside the other)']],
    [{ $repeat: 'a' }, ['bad-argument: expected [text, count] behind $repeat, "a" came (write $repeat: [text, 3])']],
    [{ $repeat: ['a', -1] }, ['bad-argument: expected a number of $repeat, 0 or more, -1 came']],
    [{ $fill: 'x' }, ['bad-argument: expected a number of $fill, 0 or more, "x" came']],
    [
      { $base64: { $fill: 5 } },
      ['misplaced-builder: expected $fill where its text is sent as it is, not inside an encoding'],
    ],
    [[{ $fill: 5 }, { $fill: 6 }], ['misplaced-builder: expected one $fill in a frame, another came']],
    [['$absent'], ['misplaced-builder: expected $absent as the value of a member']],
    ['$payload', ['misplaced-builder: expected $payload in what a workload publishes, not inside an encoding']],
    [{ $as: 'x' }, ['misplaced-builder: expected $as beside a builder, or alone as a member that the pack fills in']],
    [
      { $as: 'x', $fill: 5 },
      ['misplaced-builder: expected $as beside a value that is known when it is sent, $fill came'],
    ],
    [{ $hex: 12 }, ['bad-argument: expected text behind $hex, 12 came']],
    [{ $hex: [1] }, ['bad-argument: expected text behind $hex, a list came']],
    [{ $absent: 1 }, ['bad-argument: expected $absent without argument, 1 came (write $absent)']],
    ['$(selfish)', ['macro-cycle: expected a name that does not need itself, $(selfish) came']],
    ['$(1 + sum.b)', ['macro-cycle: expected a name that does not need itself, $(sum.b + 1) came']],
  ])('reports what is wrong with %o', (written, problems) => {
    expect(builtProblemsOf(written, { macros: { selfish: { a: '$(selfish)' }, sum: { b: '$(sum.b + 1)' } } })).toEqual(
      problems,
    );
  });
});

describe('raw', () => {
  const raw = (written: Written) => buildRaw(readRaw(locate(written), environmentOf()), scopeOf(parts));

  it.each<[Written, string | Uint8Array]>([
    ['{"zzz": {}}', '{"zzz": {}}'],
    ['a $(x)\r\n', 'a 1234\r\n'],
    [{ $hex: 'C0af00' }, Buffer.from([0xc0, 0xaf, 0])],
    [{ $base64: '/wA=' }, Buffer.from([0xff, 0])],
    [{ $hex: '$(x)' }, Buffer.from([0x12, 0x34])],
    [{ $repeat: ['ab', 2] }, 'abab'],
    [{ $fill: 5 }, 'xxxxx'],
    [{ $json: { a: 1 } }, '{"a":1}'],
    [5, '5'],
  ])('%o', (written, data) => {
    expect(raw(written)).toMatchObject({ data });
  });

  it('refuses what is neither text nor bytes', () => {
    expect(builtProblemsOf({ $hex: 'abc' }, {}, readRaw)).toEqual([
      'bad-argument: expected hexadecimal digits, two for a byte, behind $hex, "abc" came',
    ]);
    expect(builtProblemsOf({ $as: 'n', $hex: 'ab' }, {}, readRaw)).toEqual([
      'misplaced-builder: expected bytes without a name, $as came',
    ]);
    expect(builtProblemsOf({ $base64: 'a' }, {}, readRaw)).toEqual([
      'bad-argument: expected base64, padded with =, behind $base64, "a" came',
    ]);
    expect(raw({ a: 1 })).toMatchObject({ detail: 'expected text or bytes to send, an object came' });
    expect(raw({ $hex: '$(unique)z' })).toMatchObject({ detail: 'expected hex to send as bytes, "ab12cd34z" came' });
  });
});

describe('$altered', () => {
  it('is never equal, and of the same shape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), text => {
        const { value } = build(builtOf({ $altered: text.replaceAll('$', '$$$$') }), scopeOf()) as BuildResult;
        expect(value).not.toBe(text);
        const shape = (of: string) =>
          [...of]
            .map(c =>
              /[0-9]/.test(c)
                ? '0'
                : /[a-f]/.test(c)
                  ? 'a'
                  : /[g-z]/.test(c)
                    ? 'g'
                    : /[A-F]/.test(c)
                      ? 'A'
                      : /[G-Z]/.test(c)
                        ? 'G'
                        : '.',
            )
            .join('');
        if (/[0-9A-Za-z]/.test(text)) expect(shape(String(value))).toBe(shape(text));
        expect([...String(value)].length).toBe([...text].length);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), integer => {
        const { value } = build(
          { op: 'altered', of: { op: 'literal', value: integer, span }, span },
          scopeOf(),
        ) as BuildResult;
        expect(BigInt(value as bigint)).not.toBe(integer);
        expect(String(value).length).toBe(String(integer).length);
      }),
    );
  });
});

describe('encodings', () => {
  it('are undone by what patterns decode with', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const of: Built = { op: 'literal', value: text, span };
        const encoded = (op: 'json' | 'base64' | 'hex') =>
          (build({ op, of, span }, scopeOf()) as BuildResult).value as string;
        expect(fromBase64(encoded('base64'))).toBe(text);
        expect(fromHex(encoded('hex'))).toBe(text);
        expect(parseJson(encoded('json'))).toMatchObject({ ok: true, value: text });
      }),
    );
  });

  it('refuse bytes that are no text', () => {
    expect(fromHex('ff')).toBeUndefined();
    expect(fromHex('efbbbf61')).toBe('\ufeffa');
  });
});

describe('fillTo', () => {
  const frame: Value = { a: [{ b: '' }] };
  const sizeOf = (filler: string) => JSON.stringify(replaceAt(frame, ['a', 0, 'b'], filler)).length;

  it('finds the text that makes the size', () => {
    expect(sizeOf('')).toBe(16);
    expect(fillTo(20, sizeOf)).toEqual({ ok: true, filler: 'xxxx' });
    expect(fillTo(16, sizeOf)).toEqual({ ok: true, filler: '' });
    expect(frame).toEqual({ a: [{ b: '' }] });
  });

  it('tells the size of a frame that is larger already', () => {
    expect(fillTo(15, sizeOf)).toEqual({ ok: false, sizeBytes: 16 });
  });

  it('minds a length that is written before', () => {
    const withLength = (filler: string) => filler.length + (filler.length > 127 ? 2 : 1);
    expect(fillTo(200, withLength)).toMatchObject({ ok: true, filler: 'x'.repeat(198) });
    // No text has this size: 127 bytes make 128, 128 make 130.
    expect(fillTo(129, withLength)).toMatchObject({ ok: false });
  });
});
