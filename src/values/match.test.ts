import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Value } from '../foundation/value.ts';
import type { Operator } from './expression.ts';
import { match } from './match.ts';
import { absent, type Bindings, makePattern, type Pattern } from './pattern.ts';
import { patternOf, type ScopeParts, scopeOf, span, type Written } from './testing.ts';

const mode: Operator = {
  name: '$mode',
  matches: (argument, value) =>
    typeof value === 'string' && [...value].sort().join('') === [...String(argument)].sort().join(''),
};
const operators = [mode];

function bindingsOf(
  pattern: Pattern,
  value: Value | typeof absent,
  parts: ScopeParts = {},
  bindings: Bindings = {},
): Bindings | null {
  return match(pattern, value, bindings, scopeOf(parts));
}

describe('match', () => {
  it.each<[Written, readonly Value[], readonly Value[]]>([
    ['a', ['a'], ['A', 'ab', null, ['a']]],
    ['é', ['é'], ['e\u0301']],
    [1, [1, 1.0, 1n], ['1', true, 1.5, 2]],
    [9007199254740993n, [9007199254740993n], [9007199254740992, 9007199254740992n]],
    [true, [true], ['true', 1]],
    [null, [null], [0, '', false]],
    [{ a: 1 }, [{ a: 1 }, { a: 1, b: 2 }], [{}, { a: 2 }, [1], null, { b: 1 }]],
    [{}, [{}, { a: 1 }], [[], null, 'x']],
    [{ a: null }, [{ a: null }], [{}]],
    [{ toString: 'x' }, [{ toString: 'x' }], [{}]],
    [[1, 'a'], [[1, 'a']], [[1], [1, 'a', 2], ['a', 1], { 0: 1, 1: 'a' }]],
    [[], [[]], [[1], {}]],
    ['$any', [null, 0, '', [], {}], []],
    [{ a: '$any' }, [{ a: null }], [{}]],
    [{ a: '$absent' }, [{}, { b: 1 }], [{ a: null }, { a: 1 }]],
    ['$string', ['', 'x'], [1, null, ['x']]],
    [{ $string: { min: 1 } }, ['x', '😀'], ['']],
    [{ $string: { min: 2, max: 3 } }, ['ab', '😀😀', '😀😀😀'], ['a', '😀', 'abcd']],
    [{ $string: { pattern: '^grp\\d+$' } }, ['grp1'], ['grp', 'xgrp1']],
    [{ $string: { pattern: 'b+' } }, ['abbc'], ['ac']],
    [{ $string: { pattern: '^.$' } }, ['😀'], ['ab']],
    [{ $string: { has: 'text/plain' } }, ['text/plain; charset=utf-8'], ['text/html']],
    [{ $string: { has: 'a.c' } }, ['xa.cx'], ['abc']],
    [
      { $string: { anyCase: 'Not Joined' } },
      ['not joined', 'NOT JOINED', 'Not Joined'],
      ['not joined!', 'notjoined', ''],
    ],
    ['$integer', [1, -3, 1.0, 2n ** 70n], [1.5, '1', null, true]],
    [{ $integer: { min: 1, max: 65535 } }, [1, 65535], [0, 65536, 2n ** 70n]],
    [{ $integer: { min: 9007199254740993n } }, [9007199254740993n], [9007199254740992, 9007199254740992n]],
    ['$number', [1, 1.5, 2n ** 70n], ['1', null]],
    [{ $number: { min: 0.5, max: 1.5 } }, [0.5, 1, 1.5], [0.4, 1.6]],
    ['$boolean', [true, false], [0, 'true', null]],
    ['$array', [[], [1]], [{}, 'x', null]],
    [{ $array: { min: 1, max: 2 } }, [[1], [1, 2]], [[], [1, 2, 3]]],
    ['$object', [{}, { a: 1 }], [[], null]],
    [
      '$time',
      ['2026-11-30T12:00:00Z', '2024-02-29T23:59:59.123+05:30'],
      ['2026-11-30', 1764504000123, '2026-11-30 12:00:00Z'],
    ],
    [{ $time: 'ms' }, [1764504000123], [1764504000, 1764504000123.5, '1764504000123']],
    [{ $time: 's' }, [1764504000], [1764504000123, -1, 0]],
    [{ $oneOf: [1, 'a'] }, [1, 'a'], [2, null]],
    [{ $oneOf: 'a' }, ['a'], ['b']],
    [{ a: { $oneOf: ['$absent', 1] } }, [{}, { a: 1 }], [{ a: null }, { a: 2 }]],
    [{ $not: 1 }, [2, null], [1]],
    // A pattern asks for its members: only $absent speaks of one that is not there.
    [{ a: { $not: 1 } }, [{ a: 2 }], [{}, { a: 1 }]],
    [{ a: { $not: '$absent' } }, [{ a: 2 }], [{}]],
    [{ $not: { $oneOf: [1, 2] } }, [3], [1, 2]],
    [{ $exact: { a: 1 } }, [{ a: 1 }], [{ a: 1, b: 2 }, {}]],
    [
      { $exact: { a: 1, b: '$absent' } },
      [{ a: 1 }],
      [
        { a: 1, b: 2 },
        { a: 1, c: 1 },
      ],
    ],
    [{ $exact: {} }, [{}], [{ a: 1 }]],
    [
      { $set: [1, 2] },
      [
        [1, 2],
        [2, 1],
      ],
      [[1], [1, 2, 2], [1, 1], {}],
    ],
    [{ $set: [1, 1] }, [[1, 1]], [[1], [1, 2]]],
    [
      { $set: ['$any', 1] },
      [
        [1, 2],
        [2, 1],
      ],
      [[2, 2]],
    ],
    [{ $set: [] }, [[]], [[1]]],
    [
      { $contains: [1, 2] },
      [
        [2, 1],
        [3, 2, 1],
      ],
      [[1], [1, 1], [2, 3]],
    ],
    [{ $contains: { a: 1 } }, [[{ a: 2 }, { a: 1, b: 1 }]], [[{ a: 2 }], []]],
    [{ $each: '$integer' }, [[], [1, 2]], [[1, 'a'], {}]],
    [{ $json: { a: 1 } }, ['{"a":1,"b":2}'], ['{"a":2}', '{', '', { a: 1 }]],
    [{ $json: 9007199254740993n }, ['9007199254740993'], ['9007199254740992']],
    [{ $base64: 'hi' }, ['aGk='], ['aGk', 'aGl=', 'hi', 1]],
    [{ $base64: { $string: { min: 1 } } }, ['YQ=='], ['', '/w==']],
    [{ $after: ['grp', { $string: { min: 2 } }] }, ['grpab'], ['grpa', 'agrpab', 5]],
    [{ $hex: 'hi' }, ['6869', '6869'.toUpperCase()], ['686', '68 69', 'hi']],
    [{ $base64: { $json: [1] } }, ['WzFd'], ['WzJd']],
    [{ $string: { min: 1 }, $not: 'x' }, ['y'], ['', 'x']],
    [{ $mode: 'JRW' }, ['RWJ'], ['RW', 1]],
    ['$$any', ['$any'], ['$$any', 'x']],
    ['a$$b $', ['a$b $'], ['a$$b $']],
    [{ $$any: 1 }, [{ $any: 1 }], [{}]],
  ])('%s', (written, matching, others) => {
    const pattern = patternOf(written, { operators });
    for (const value of matching) expect(bindingsOf(pattern, value), `${inspect(value)} matches`).toEqual({});
    for (const value of others) expect(bindingsOf(pattern, value), `${inspect(value)} does not match`).toBeNull();
  });

  it.each<[Written, boolean]>([
    ['$absent', true],
    ['$any', false],
    [{ $oneOf: ['$absent'] }, true],
    [{ $oneOf: [1] }, false],
    [{ $not: 1 }, false],
    [{ $as: 'n' }, false],
    [{ $not: 1, $as: 'n' }, false],
    [{ $oneOf: ['$absent', { $as: 'n' }] }, true],
    [null, false],
    [{}, false],
    [{ $each: 1 }, false],
    [{ $json: 1 }, false],
    [{ $set: [] }, false],
  ])('%o on a member that is not there: %s', (written, matching) => {
    const member = patternOf({ m: written });
    expect(bindingsOf(member, {}) !== null).toBe(matching);
  });

  it('says nothing about what is absent as a whole', () => {
    expect(bindingsOf(makePattern({ op: 'any' }, span), absent)).toBeNull();
    expect(bindingsOf(makePattern({ op: 'absent' }, span), absent)).toEqual({});
  });
});

describe('match with references', () => {
  const parts: ScopeParts = {
    slots: { x: 'a.c', seq: 7, y: { k: [1, 2] } },
    limits: { users: 3 },
    turn: 2,
    accounts: { alice: { user: 'u1' }, bob: { user: 'u2' } },
  };
  const names = {
    macros: {
      greeting: 'hello $(unique)',
      anyUser: { $oneOf: ['u1', 'u2'] },
      body: { text: '$(greeting)', n: '$integer' },
      list: [1, '$any'],
    },
    sources: {
      members: {
        from: 'each',
        of: [
          { from: 'account', client: 'alice' },
          { from: 'account', client: 'bob' },
        ],
      },
    },
  } as const;

  it.each<[Written, readonly Value[], readonly Value[]]>([
    ['$(seq)', [7], ['7', 8]],
    ['$(seq + 1)', [8], [7]],
    ['$(seq - 10 + i)', [-1], [0]],
    ['$(y)', [{ k: [1, 2] }], [{ k: [1, 2], m: 1 }]],
    ['$(y.k.1)', [2], [1]],
    ['m$(seq)', ['m7'], ['m', 'm77', 7]],
    ['$(x)-$(i)!', ['a.c-2!'], ['abc-2!', 'a.c-2']],
    ['$(greeting)', ['hello ab12cd34'], ['hello']],
    ['say $(greeting)', ['say hello ab12cd34'], ['hello']],
    ['$(anyUser)', ['u1', 'u2'], ['u3']],
    ['$(body)', [{ text: 'hello ab12cd34', n: 1, more: 1 }], [{ text: 'hello ab12cd34' }]],
    ['$(body.n)', [3], ['3']],
    [{ $string: { pattern: '^$(x)$' } }, ['a.c'], ['abc']],
    [{ $string: { has: '$(x)' } }, ['xa.cx'], ['abc']],
    [{ $string: { anyCase: '$(x)' } }, ['a.c', 'A.C'], ['abc', 'xa.c']],
    [{ $string: { max: '$(limits.users)' } }, ['abc'], ['abcd']],
    [{ $integer: { min: '$(seq)', max: '$(seq + 1)' } }, [7, 8], [6, 9]],
    [{ $set: ['$(...members.user)'] }, [['u2', 'u1']], [['u1'], ['u1', 'u2', 'u3']]],
    [{ $set: ['u3', '$(...members.user)'] }, [['u2', 'u3', 'u1']], [['u1', 'u2']]],
    ['$(members.user)', [['u1', 'u2']], [['u2', 'u1']]],
    [['$(...y.k)', 3], [[1, 2, 3]], [[1, 2]]],
    [['$(...list)'], [[1, null]], [[1]]],
    [{ $oneOf: '$(accounts.user)' }, ['u1', 'u2'], ['u3']],
    [{ $oneOf: '$(seq)' }, [7], [8]],
    [{ $oneOf: '$(list)' }, [1, 'x'], []],
    [{ $not: { $oneOf: '$(accounts.user)' } }, ['u3'], ['u1']],
    [{ $contains: '$(y.k)' }, [[3, 2, 1]], [[1]]],
    [{ $exact: '$(y)' }, [{ k: [1, 2] }], [{ k: [1, 2], m: 1 }]],
    // What has no value matches nothing.
    ['$(seq.k)', [], [7, null]],
    ['$(limits.none)', [], [null, 1]],
    ['a $(limits.none)', [], ['a ']],
    ['a $(y)', [], ['a ']],
    [{ $string: { min: '$(limits.none)' } }, [], ['', 'a']],
    [{ $oneOf: ['$(limits.none)', 'a'] }, ['a'], ['b']],
    // Nor can it be said that something differs from it.
    [{ $not: '$(limits.none)' }, [], [1, null]],
    [{ $not: { $oneOf: '$(limits.none)' } }, [], ['a']],
  ])('%s', (written, matching, others) => {
    const pattern = patternOf(written, names);
    for (const value of matching)
      expect(bindingsOf(pattern, value, parts), `${JSON.stringify(value)} matches`).toEqual({});
    for (const value of others)
      expect(bindingsOf(pattern, value, parts), `${JSON.stringify(value)} does not match`).toBeNull();
  });

  it('looks names up in the reading before the scope', () => {
    expect(bindingsOf(patternOf('$(x)'), 'read', { slots: { x: 'known' } }, { x: 'read' })).toEqual({ x: 'read' });
    expect(bindingsOf(patternOf('$(x)'), 'known', { slots: { x: 'known' } }, { x: 'read' })).toBeNull();
  });

  it('keeps the name of a turn apart', () => {
    const bound = makePattern({ op: 'bind', slot: 'id', turn: true, name: 'id' }, span);
    expect(bindingsOf(bound, 'c', { turn: 2 }, { 'id@1': 'b' })).toEqual({ 'id@1': 'b', 'id@2': 'c' });
    expect(bindingsOf(bound, 'c', { turn: 1 }, { 'id@1': 'b' })).toBeNull();
  });
});

describe('match with captures', () => {
  it.each<[Written, Value, Bindings | null]>([
    [{ $as: 'id' }, null, { id: null }],
    [
      { a: { $as: 'id' }, b: { $as: 'n' } },
      { a: 1, b: 2 },
      { id: 1, n: 2 },
    ],
    [{ a: { $as: 'id' }, b: { $as: 'id' } }, { a: 1, b: 1.0 }, { id: 1 }],
    [{ a: { $as: 'id' }, b: { $as: 'id' } }, { a: 1, b: 2 }, null],
    [{ a: { $as: 'id' }, b: '$(id)' }, { a: 1, b: 1 }, { id: 1 }],
    [{ a: { $as: 'id' }, b: 'n$(id)' }, { a: 1, b: 'n2' }, null],
    [{ a: { $string: { min: 1 }, $as: 'id' } }, { a: '' }, null],
    [{ type: 'x', a: { $as: 'id' } }, { type: 'y', a: 1 }, null],
    [[{ $as: 'id' }, '$(id)'], ['a', 'a'], { id: 'a' }],
    [[{ $as: 'id' }], [], null],
    [{ $each: { k: { $as: 'id' } } }, [{ k: 1 }, { k: 1 }], { id: 1 }],
    [{ $each: { k: { $as: 'id' } } }, [{ k: 1 }, { k: 2 }], null],
    [{ $each: { k: { $as: 'id' } } }, [], {}],
    [{ $json: { a: { $as: 'id' } } }, '{"a":[1]}', { id: [1] }],
    [{ $json: { a: { $as: 'id' } } }, '{', null],
    [{ $after: ['grp', { $as: 'id' }] }, 'grpX', { id: 'X' }],
    [{ $after: ['grp', { $as: 'id' }] }, 'chnX', null],
    [{ $oneOf: [{ a: { $as: 'id' } }, { b: { $as: 'n' } }] }, { b: 1 }, { n: 1 }],
    // The first way in written order.
    [{ $oneOf: [{ a: { $as: 'id' } }, { b: { $as: 'n' } }] }, { a: 1, b: 2 }, { id: 1 }],
    [{ $contains: [{ u: { $as: 'id' } }] }, [{ v: 1 }, { u: 2 }, { u: 3 }], { id: 2 }],
    [{ $set: [1, { $as: 'id' }] }, [2, 1], { id: 2 }],
    [{ $set: [{ $as: 'id' }, { $as: 'n' }] }, [2, 1], { id: 2, n: 1 }],
    [{ $set: [{ $as: 'id' }] }, [2, 1], null],
    // Back to an earlier choice, when what it bound does not fit.
    [
      { list: { $contains: [{ u: { $as: 'id' } }] }, last: '$(id)' },
      { list: [{ u: 2 }, { u: 3 }], last: 3 },
      { id: 3 },
    ],
    [{ list: { $contains: [{ u: { $as: 'id' } }] }, last: '$(id)' }, { list: [{ u: 2 }, { u: 3 }], last: 4 }, null],
    [{ $set: [{ u: { $as: 'id' }, v: 1 }, { u: '$(id)' }] }, [{ u: 2, v: 1 }, { u: 2 }], { id: 2 }],
    [
      { a: { $oneOf: [{ x: { $as: 'id' } }, { y: { $as: 'id' } }] }, b: '$(id)' },
      { a: { x: 1, y: 2 }, b: 2 },
      { id: 2 },
    ],
    [{ $exact: { a: { $as: 'id' } } }, { a: 1, b: 2 }, null],
    [{ a: { $as: 'id' }, b: { $oneOf: [1, '$absent'] } }, { a: 1 }, { id: 1 }],
    [{ a: { $not: 5, $as: 'id' } }, { a: 5 }, null],
  ])('%o on %o', (written, value, bindings) => {
    expect(bindingsOf(patternOf(written), value)).toEqual(bindings);
  });

  it('compares with what was bound before, in the reading or in the scope', () => {
    const pattern = patternOf({ a: { $as: 'id' } });
    expect(bindingsOf(pattern, { a: 1 }, {}, { id: 1 })).toEqual({ id: 1 });
    expect(bindingsOf(pattern, { a: 1 }, {}, { id: 2 })).toBeNull();
    expect(bindingsOf(pattern, { a: 1 }, { slots: { id: 2 } })).toBeNull();
  });

  it('does not mutate the bindings it was given', () => {
    const given = Object.freeze({ n: 1 });
    expect(bindingsOf(patternOf({ a: { $as: 'id' } }), { a: 2 }, {}, given)).toEqual({ n: 1, id: 2 });
  });

  it('gives up a search that has too many ways, instead of running for ever', () => {
    const pattern = patternOf({
      $set: [...Array.from({ length: 12 }, (_, k) => ({ $as: `n${k}` })), { $as: 'n0', $string: {} }],
    });
    expect(bindingsOf(pattern, [...Array.from({ length: 12 }, (_, k) => k), 'x'])).toBeNull();
  });

  it('takes lists of any length', () => {
    const long = Array.from({ length: 100_000 }, (_, k) => k);
    expect(bindingsOf(patternOf({ $each: '$integer' }), long)).toEqual({});
    expect(bindingsOf(patternOf({ $contains: [99_999, { $as: 'id' }] }), long)).toEqual({ id: 0 });
    expect(bindingsOf(patternOf({ l: { $each: { $as: 'id' } } }), { l: long.map(() => 1) })).toEqual({ id: 1 });
  });
});
