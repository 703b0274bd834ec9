import { expect, test } from 'vitest';
import type { Value } from '../foundation/value.ts';
import { fillTemplate, fillTemplates, namesIn } from './template.ts';

test.each<[string, Value]>([
  ['c$(n)', 'c7'],
  ['$(n)', 7],
  ['u$(n)-$(unique)', 'u7-ab12cd34'],
  ['$$(n) costs $$$(n)', '$(n) costs $7'],
  ['$(other)', '$(other)'],
  ['$(other) and $(n)', '$(other) and 7'],
  ['plain', 'plain'],
  ['$(toString)', '$(toString)'],
])('template %j becomes %j', (text, filled) => {
  expect(fillTemplate(text, { n: 7, unique: 'ab12cd34' })).toEqual(filled);
});

test('templates are filled at any depth', () => {
  const account = { user: 'u$(n)', tags: ['$(n)', { deep: '$(n)!' }], age: 5 };
  expect(fillTemplates(account, { n: 1 })).toEqual({ user: 'u1', tags: [1, { deep: '1!' }], age: 5 });
});

test('names of a template', () => {
  expect(namesIn('u$(n)-$(unique) $$(no)')).toEqual(['n', 'unique']);
});
