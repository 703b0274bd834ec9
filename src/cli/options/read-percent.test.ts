import { describe, expect, test } from 'vitest';
import { readPart, readPercent } from './read-percent.ts';

describe('a percentage', () => {
  test.each([
    ['0', 0],
    ['95', 95],
    ['99.5 %', 99.5],
    ['100%', 100],
  ])('%s', (text, percent) => expect(readPercent(text)).toBe(percent));

  test.each(['', '-1', '101', '100.1', '1e1', 'all'])('is not %j', text => {
    expect(() => readPercent(text)).toThrow('Expected a percentage from 0 to 100');
  });
});

describe('a part', () => {
  test.each([
    ['500', { count: 500 }],
    ['10%', { share: 0.1 }],
    ['0.5 %', { share: 0.005 }],
    ['100%', { share: 1 }],
  ])('%s', (text, part) => expect(readPart(text)).toEqual(part));

  test.each(['', '0', '0%', '101%', '1.5', '-3', '10 percent'])('is not %j', text => {
    expect(() => readPart(text)).toThrow('Expected how many, such as 500, or a share, such as 10%.');
  });
});
