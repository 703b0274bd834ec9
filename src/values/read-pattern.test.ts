import { describe, expect, it } from 'vitest';
import type { Located } from '../documents/located.ts';
import type { Pattern } from './pattern.ts';
import { readPattern } from './read-pattern.ts';
import { environmentOf, locate, patternOf, problemsOf, span, type Written } from './testing.ts';

/** Without spans. */
const plain = (pattern: Pattern): unknown =>
  JSON.parse(JSON.stringify(pattern, (key, value) => (key === 'span' ? undefined : value)));

describe('readPattern', () => {
  it.each<[Written, unknown]>([
    ['a', { op: 'equal', value: 'a' }],
    [null, { op: 'equal', value: null }],
    ['$$a', { op: 'equal', value: '$a' }],
    ['5 $', { op: 'equal', value: '5 $' }],
    ['$5', { op: 'equal', value: '$5' }],
    [
      '$(x)',
      {
        op: 'reference',
        expression: { terms: [{ sign: 1, source: { from: 'slot', slot: 'x', turn: false }, path: [] }], text: 'x' },
      },
    ],
    [
      '$(timers.call - 2 s)',
      {
        op: 'reference',
        expression: {
          terms: [
            { sign: 1, source: { from: 'timers' }, path: ['call'] },
            { sign: -1, source: { from: 'constant', value: '2 s' }, path: [] },
          ],
          text: 'timers.call - 2 s',
        },
      },
    ],
    [{ a: '$any' }, { op: 'object', exact: false, members: [{ name: 'a', pattern: { op: 'any' } }] }],
    [
      { a: { $as: 'id' } },
      {
        op: 'object',
        exact: false,
        binds: true,
        members: [{ name: 'a', pattern: { op: 'bind', slot: 'id', turn: false, name: 'id', binds: true } }],
      },
    ],
    [
      { $string: { min: 1 }, $as: 'id' },
      {
        op: 'all',
        binds: true,
        of: [
          { op: 'string', min: 1 },
          { op: 'bind', slot: 'id', turn: false, name: 'id', binds: true },
        ],
      },
    ],
    [{ $string: { pattern: 'a$', has: 'b' } }, { op: 'string', pattern: ['a$'], has: ['b'] }],
    [{ $time: 'ms' }, { op: 'time', form: 'ms' }],
    [{ $oneOf: 1 }, { op: 'oneOf', elements: [{ op: 'equal', value: 1 }] }],
    ['m-$(constant)!', { op: 'equal', value: 'm-a.b!' }],
    [{ $string: { pattern: '^$(constant)' } }, { op: 'string', pattern: ['^a\\x2eb'] }],
    [{ $integer: { min: '$(three)' } }, { op: 'integer', min: 3 }],
    ['$(deep.1.k)', { op: 'equal', value: 'v' }],
    ['$(alias.1.k)', { op: 'equal', value: 'v' }],
    [
      ['$(...deep)'],
      {
        op: 'list',
        elements: [
          { op: 'equal', value: 0 },
          { op: 'object', exact: false, members: [{ name: 'k', pattern: { op: 'equal', value: 'v' } }] },
        ],
      },
    ],
  ])('%o', (written, pattern) => {
    const macros = { constant: 'a.b', three: 3, deep: [0, { k: 'v' }], alias: '$(deep)' };
    expect(plain(patternOf(written, { macros }))).toEqual(pattern);
  });

  it.each<[Written, readonly string[]]>([
    [
      '$strng',
      ['unknown-operator: expected an operator, $strng came (did you mean $string? Write $$strng for the text $strng)'],
    ],
    [
      { $zzz: 1 },
      [
        'unknown-operator: expected an operator, $zzz came (known are $any, $absent, $string, $integer, $number, $boolean, $array, $object, $time, $oneOf, $not, $exact, $set, $contains, $each, $json, $base64, $hex, $after, $as; write $$zzz for the text $zzz)',
      ],
    ],
    [
      { $any: 1, a: 2 },
      [
        "mixed-operators: expected members or operators, a beside $any came (write $$any if it is a member's name)",
        'bad-argument: expected $any without argument, 1 came (write $any)',
      ],
    ],
    ['$oneOf', ['bad-argument: expected an argument of $oneOf, none came (write { $oneOf: … })']],
    [{ $oneOf: [] }, ['bad-argument: expected at least one pattern behind $oneOf, none came']],
    [{ $contains: [] }, ['bad-argument: expected at least one pattern behind $contains, none came']],
    [{ $string: { min: 3, max: 2 } }, ['bad-argument: expected min of $string to be at most max, 3 and 2 came']],
    [{ $string: { min: -1 } }, ['bad-argument: expected a whole number, 0 or more, as min of $string, -1 came']],
    [{ $integer: { min: 1.5 } }, ['bad-argument: expected an integer as min of $integer, 1.5 came']],
    [{ $number: { max: 'x' } }, ['bad-argument: expected a number as max of $number, "x" came']],
    [
      { $string: { mn: 1 } },
      [
        'unknown-argument: expected min, max, pattern, has, anyCase as arguments of $string, "mn" came (did you mean "min"?)',
      ],
    ],
    [
      { $string: 'x' },
      [
        'bad-argument: expected { min, max, pattern, has, anyCase } behind $string, "x" came (write $string alone for any)',
      ],
    ],
    [
      { $string: { pattern: '(' } },
      ['bad-regex: expected a regular expression that compiles with the flag u, "(" came: Unterminated group'],
    ],
    [
      { $string: { pattern: '\\-' } },
      ['bad-regex: expected a regular expression that compiles with the flag u, "\\-" came: Invalid escape'],
    ],
    [{ $string: { pattern: 5 } }, ['bad-argument: expected text as pattern of $string, 5 came (put it in quotes)']],
    [{ $time: 'us' }, ['bad-argument: expected rfc3339, ms or s behind $time, "us" came']],
    ...[['a'], 'a', [1, 'a']].map((given): [Written, string[]] => [
      { $after: given },
      [
        `bad-argument: expected a text and a pattern behind $after, ${given === 'a' ? '"a"' : 'a list'} came (write { $after: [prefix, pattern] })`,
      ],
    ]),
    [{ $exact: [1] }, ['bad-argument: expected an object of members behind $exact, a list came']],
    [
      { $not: { a: { $as: 'id' } } },
      ['misplaced-operator: expected no capture inside $not, $as came (capture beside $not, or compare with $(name))'],
    ],
    [
      { $as: 'a.b' },
      ['bad-argument: expected a name of letters, digits, _ and - behind $as, "a.b" came (write $as: name)'],
    ],
    [['$absent'], ['misplaced-operator: expected $absent as the pattern of a member']],
    ['$absent', ['misplaced-operator: expected $absent as the pattern of a member']],
    [{ $set: ['$absent'] }, ['misplaced-operator: expected $absent as the pattern of a member']],
    [
      '$(x',
      [
        'bad-reference: expected a closing parenthesis, $(x came (write $(name.member) or $(name + 1); $$ is a plain $)',
      ],
    ],
    [
      '$(x+1)',
      [
        'bad-reference: expected a path of names joined by dots, an integer or a duration, and " + " or " - " between them, $(x+1) came (write $(name.member) or $(name + 1); $$ is a plain $)',
      ],
    ],
    [
      '$()',
      [
        'bad-reference: expected a path of names joined by dots, an integer or a duration, and " + " or " - " between them, $() came (write $(name.member) or $(name + 1); $$ is a plain $)',
      ],
    ],
    ['$(...x)', ['spread-outside-list: expected a reference to one value, $(...list) came (write $(x))']],
    ['a $(...x)', ['spread-outside-list: expected a reference to one value, $(...list) came (write $(x))']],
    ['$(nobody)', ['unknown-name: nobody']],
    ['a $(nobody) b $(none)', ['unknown-name: nobody', 'unknown-name: none']],
    ['$(macro.lst)', ['unknown-member: expected one of the members list, n, "lst" came (did you mean "list"?)']],
    ['$(macro.list.7)', ['unknown-member: expected an index below 2, 7 came']],
    ['$(macro.n.k)', ['unknown-member: expected an object or a list with "k" in it, 1 came']],
    ['a $(macro)', ['bad-text: expected a number, a boolean or text inside text, an object came']],
    ['$(selfish)', ['macro-cycle: expected a name that does not need itself, $(selfish) came']],
    ['$(ping)', ['macro-cycle: expected a name that does not need itself, $(ping) came']],
    ['$(loop.a)', ['macro-cycle: expected a name that does not need itself, $(loop.a) came']],
    ['a $(selfText)', ['macro-cycle: expected a name that does not need itself, $(selfText) came']],
    // All at once.
    [
      { a: '$strin', b: ['$(nobody)', { $oneOf: [] }] },
      [
        'unknown-operator: expected an operator, $strin came (did you mean $string? Write $$strin for the text $strin)',
        'unknown-name: nobody',
        'bad-argument: expected at least one pattern behind $oneOf, none came',
      ],
    ],
  ])('reports what is wrong with %o', (written, problems) => {
    const macros: Record<string, Written> = {
      macro: { list: [1, 2], n: 1 },
      selfish: { a: '$(selfish)' },
      ping: ['$(pong)'],
      pong: ['$(ping)'],
      loop: { a: '$(loop.b)', b: '$(loop.a)' },
      selfText: 'x $(selfText)',
    };
    expect(problemsOf(written, { macros })).toEqual(problems);
  });

  it('points at the reference inside a text of one line', () => {
    const at = (quoted: boolean, column: number, endColumn: number): Located => ({
      type: 'scalar',
      value: 'ab $(nobody) c',
      quoted,
      span: { ...span, column, endColumn },
    });
    const spans: unknown[] = [];
    const environment = { ...environmentOf(), resolve: (_: unknown, where: unknown) => void spans.push(where) };
    readPattern(at(false, 5, 19), environment);
    readPattern(at(true, 5, 21), environment);
    // With escapes in it, only the whole is known.
    readPattern(at(true, 5, 25), environment);
    expect(spans).toEqual([
      { ...span, column: 8, endColumn: 17 },
      { ...span, column: 9, endColumn: 18 },
      { ...span, column: 5, endColumn: 25 },
    ]);
  });

  it('reads a macro in the environment of its own', () => {
    const inner = environmentOf({ macros: { name: 'inner' } });
    const outer = environmentOf({ macros: { name: 'outer' } });
    const environment = {
      ...outer,
      resolve: () => ({
        binding: { kind: 'node' as const, node: locate({ a: '$(name)' }), environment: inner },
        rest: [],
      }),
    };
    expect(plain(readPattern(locate('$(anything)'), environment))).toEqual({
      op: 'object',
      exact: false,
      members: [{ name: 'a', pattern: { op: 'equal', value: 'inner' } }],
    });
  });

  it('asks a pack for its operators', () => {
    const mode = { name: '$mode', matches: () => true };
    expect(plain(patternOf({ $mode: 'JRW' }, { operators: [mode] }))).toEqual({
      op: 'custom',
      operator: { name: '$mode' },
      argument: { op: 'literal', value: 'JRW' },
    });
    expect(problemsOf({ $mod: 'JRW' }, { operators: [mode] })).toEqual([
      'unknown-operator: expected an operator, $mod came (did you mean $mode? Write $$mod for the text $mod)',
    ]);
  });
});
