import { expect, test } from 'vitest';
import { renderExcerpt } from './excerpt.ts';
import { createPaint } from './paint.ts';

const paint = createPaint(false);
const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  file: 'p/s.yaml',
  line,
  column,
  endLine,
  endColumn,
});

test('carets stand under the span', () => {
  const excerpt = [
    { line: 9, text: '  - client: bob' },
    { line: 10, text: '    expect: { a: 1 }' },
    { line: 11, text: '' },
  ];
  expect(renderExcerpt({ span: at(10, 13, 10, 21), excerpt }, 60, paint)).toEqual([
    '   9 |   - client: bob',
    '> 10 |     expect: { a: 1 }',
    '     |             ^^^^^^^^',
    '  11 |',
  ]);
});

test('a span of several lines has carets to the end of its first', () => {
  const excerpt = [
    { line: 1, text: '- frame:' },
    { line: 2, text: '    a: 1' },
  ];
  expect(renderExcerpt({ span: at(1, 3, 2, 9), excerpt }, 60, paint)).toEqual([
    '> 1 | - frame:',
    '    |   ^^^^^^',
    '  2 |     a: 1',
  ]);
});

test('characters that are wide or do not show do not move the carets', () => {
  const excerpt = [{ line: 1, text: '日本\t\u202e: x' }];
  expect(renderExcerpt({ span: at(1, 7, 1, 8), excerpt }, 60, paint)).toEqual([
    '> 1 | 日本\\t\\u{202e}: x',
    '    |                 ^',
  ]);
});

test('of a long line the part with the carets is shown', () => {
  const excerpt = [{ line: 1, text: `${'a'.repeat(70)}{ b: 1 }${'c'.repeat(70)}` }];
  expect(renderExcerpt({ span: at(1, 71, 1, 79), excerpt }, 40, paint)).toEqual([
    '> 1 | …aaaaaaa{ b: 1 }ccccccccccccccccc…',
    '    |         ^^^^^^^^',
  ]);
});

test('an empty span has one caret', () => {
  expect(renderExcerpt({ span: at(1, 1, 1, 1), excerpt: [{ line: 1, text: 'x' }] }, 40, paint)).toEqual([
    '> 1 | x',
    '    | ^',
  ]);
});
