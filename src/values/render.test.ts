import { describe, expect, it } from 'vitest';
import { renderPattern } from './render.ts';
import { patternOf, type ScopeParts, scopeOf, type Written } from './testing.ts';

const parts: ScopeParts = {
  slots: { x: 's1', seq: 7, y: { users: ['u1', 'u2'] } },
  limits: { length: 20 },
  accounts: { alice: { user: 'a.b' } },
};

describe('renderPattern', () => {
  it.each<[Written, string]>([
    [
      { type: 'message-broadcast', 'session-id': '$(x)', 'user-id': { $set: ['u1', 'u2'] } },
      '{ type: message-broadcast, session-id: "s1", user-id: $set [u1, u2] }',
    ],
    [
      { ctrl: { code: 200, text: 'no error', topic: null, 'a b': true } },
      '{ ctrl: { code: 200, text: no error, topic: null, a b: true } }',
    ],
    // Quotes where YAML would read something else.
    [
      ['true', '5', 'a: b', '', '- x', 'a, b', 'é ☃', '#', "it's", 'a '],
      '["true", "5", "a: b", "", "- x", "a, b", "é ☃", "#", "it\'s", "a "]',
    ],
    [{}, '{}'],
    [[], '[]'],
    ['$(seq + 1)', '8'],
    ['$(y)', '{ users: ["u1", "u2"] }'],
    ['m$(seq) of $(x)', '"m7 of s1"'],
    [{ $set: ['$(...y.users)', 'u3'] }, '$set ["u1", "u2", u3]'],
    [{ $oneOf: '$(y.users)' }, '$oneOf ["u1", "u2"]'],
    [{ $contains: [{ a: 1 }] }, '$contains [{ a: 1 }]'],
    ['$(limits.none)', '$(limits.none)'],
    ['m$(limits.none)', '"m$(limits.none)"'],
    [['$(...limits.none)'], '[$(...limits.none)]'],
    ['$any', '$any'],
    [{ a: '$absent', b: '$object', c: '$boolean' }, '{ a: $absent, b: $object, c: $boolean }'],
    ['$string', '$string'],
    [{ $string: { min: 1, max: '$(limits.length)' } }, '$string { min: 1, max: 20 }'],
    [{ $string: { pattern: '^$(accounts.0.user)$', has: 'x$(seq)' } }, '$string { pattern: /^a\\x2eb$/, has: "x7" }'],
    [{ $string: { anyCase: 'x$(seq)' } }, '$string { anyCase: "x7" }'],
    [{ $integer: { min: 1, max: 65535 } }, '$integer 1..65535'],
    [{ $integer: { min: 1 } }, '$integer 1 or more'],
    [{ $number: { max: '$(limits.none)' } }, '$number at most $(limits.none)'],
    [{ $array: { min: 2, max: 2 } }, '$array 2'],
    ['$time', '$time'],
    [{ $time: 'ms' }, '$time ms'],
    [{ $not: { $oneOf: [1, 2] } }, '$not $oneOf [1, 2]'],
    [{ $not: { $string: {}, $not: 'x' } }, '$not ($string & $not x)'],
    [{ $exact: { a: 1 } }, '$exact { a: 1 }'],
    [{ $each: { $json: { a: '$integer' } } }, '$each $json { a: $integer }'],
    [{ $string: { min: 1 }, $as: 'id' }, '$string { min: 1 } & $as id'],
    [{ $as: 'x' }, '$as x = "s1"'],
    [{ $mode: 'JRW' }, '$mode JRW'],
    [{ $mode: '$(x)' }, '$mode s1'],
    ['$mode', '$mode'],
  ])('%o', (written, rendered) => {
    const pattern = patternOf(written, { operators: [{ name: '$mode', matches: () => true }] });
    expect(renderPattern(pattern, scopeOf(parts), {})).toBe(rendered);
  });

  it('takes what the reading has bound', () => {
    expect(renderPattern(patternOf({ a: '$(x)' }), scopeOf(), { x: 'read' })).toBe('{ a: "read" }');
  });
});
