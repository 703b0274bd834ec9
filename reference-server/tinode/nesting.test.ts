import { expect, it } from 'vitest';
import { nestsTooDeep } from './nesting.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

it.each([
  ['a thousand lists', nested(1000), false],
  ['one more', nested(1001), true],
  ['many lists beside each other', `[${'[],'.repeat(3000)}1]`, false],
  ['brackets in a text', JSON.stringify(`"${'['.repeat(3000)}`), false],
  ['objects', `${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}`, true],
])('%s: %s', (_, text, isTooDeep) => {
  expect(nestsTooDeep(text)).toBe(isTooDeep);
});
