import { describe, expect, it } from 'vitest';
import { expressionsIn } from './expressions-in.ts';
import { patternOf, type Written } from './testing.ts';

describe('expressionsIn', () => {
  it.each<[Written, readonly string[]]>([
    [{ a: '$(x.k)', b: [1, '$(y)'], c: '$any' }, ['x.k', 'y']],
    ['m$(x)-$(seq + 1)', ['x', 'seq + 1']],
    ['of $(text)', ['y.text']],
    [{ $oneOf: [1, '$(...limits.some)', { a: '$(x)' }] }, ['limits.some', 'x']],
    [{ $set: '$(y.users)' }, ['y.users']],
    [{ $not: { $json: ['$(x)'] }, $each: { $base64: '$(y)' } }, ['x', 'y']],
    [{ $string: { min: '$(limits.least)', pattern: '^$(x)', has: 'a$(y)' } }, ['x', 'y', 'limits.least']],
    [{ $integer: { min: '$(x)', max: '$(x + 1)' } }, ['x', 'x + 1']],
    [
      { $mode: ['$(x)', { a: 'm$(y)', b: ['$(...seq)'], c: { $repeat: ['$(x)', '$(i)'] }, d: { $hex: '$(unique)' } }] },
      ['x', 'y', 'seq', 'x', 'i', 'unique'],
    ],
    [{ a: { $as: 'n' }, b: '$time' }, []],
  ])('%o', (written, texts) => {
    const pattern = patternOf(written, {
      operators: [{ name: '$mode', matches: () => true }],
      macros: { text: 'a $(y.text)' },
    });
    expect([...expressionsIn(pattern)].map(({ text }) => text)).toEqual(texts);
  });
});
