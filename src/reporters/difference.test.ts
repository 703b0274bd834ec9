import { expect, test } from 'vitest';
import { renderDifferences } from './difference.ts';
import { createPaint } from './paint.ts';

const paint = createPaint(false);

test.each([
  ['short values stand one above the other', '/seq', '2', '"3"', ['/seq  expected  2', '      came      "3"']],
  ['the whole frame has a name', '', '1', '2', ['(all of it)  expected  1', '             came      2']],
  ['nothing is shown as such', '/a', '""', '', ['/a  expected  ""', '    came      (empty)']],
  [
    'a caret stands under the first difference of values that look alike',
    '/body',
    '"hello world"',
    '"hello World"',
    ['/body  expected  "hello world"', '       came      "hello World"', '                        ^'],
  ],
  [
    'a long value is cut to the place that differs',
    '/b',
    `"${'a'.repeat(100)}1${'b'.repeat(100)}"`,
    `"${'a'.repeat(100)}2${'b'.repeat(100)}"`,
    ['/b  expected  …aaaaaaa1bbbbbbbbbbbbbbbb…', '    came      …aaaaaaa2bbbbbbbbbbbbbbbb…', '                      ^'],
  ],
  [
    'a value that only goes on is cut to its end',
    '/b',
    `"${'a'.repeat(60)}"`,
    `"${'a'.repeat(62)}"`,
    [
      '/b  expected  …aaaaaaaaaaaaaaaaaaaaa"',
      '    came      …aaaaaaaaaaaaaaaaaaaaaaa"',
      '                                    ^',
    ],
  ],
  [
    'texts that look the same are told apart by code points',
    '/n',
    '"é"',
    '"e\u0301"',
    ['/n  expected  "é"', '    came      "e\u0301"', '    code points U+00E9 against U+0065 U+0301'],
  ],
  ['what does not show is written', '/n', '"a"', '"\u001bc"', ['/n  expected  "a"', '    came      "\\u{1b}c"']],
  [
    'a long name has a line of its own',
    '/a/rather/long/path/to/a/member',
    '1',
    '2',
    ['/a/rather/long/path/to/a/member', '               expected  1', '               came      2'],
  ],
])('%s', (_, at, expected, came, lines) => {
  expect(renderDifferences([{ at, expected, came }], 40, paint)).toEqual(lines);
});

test('members are aligned with each other', () => {
  const differences = [
    { at: '/a', expected: '1', came: '2' },
    { at: '/longer', expected: '3', came: 'nothing' },
  ];
  expect(renderDifferences(differences, 60, paint)).toEqual([
    '/a       expected  1',
    '         came      2',
    '/longer  expected  3',
    '         came      nothing',
  ]);
});
