import { expect, it } from 'vitest';
import { cleared } from './merge.ts';
import { aliasesIn, namespaceOf, readTags } from './tags.ts';

it('reads tags: small, once, in order, and only what can be one', () => {
  expect(readTags([' Word ', 'word', 'x', '-dash', 'b:c', '日本', 'y'.repeat(97)], 16)).toEqual([
    'b:c',
    'word',
    '日本',
  ]);
  expect(readTags(['cc', 'bb', 'aa'], 2)).toEqual(['bb', 'cc']);
  expect(readTags(['word', cleared], 16)).toEqual([]);
});

it.each([
  ['email:a@example.com', 'email'],
  ['word', undefined],
  ['x:word', undefined],
  ['ns:two words', undefined],
])('the namespace of %s is %s', (tag, namespace) => {
  expect(namespaceOf(tag)).toBe(namespace);
});

it('finds aliases', () => {
  expect(aliasesIn(['alias:ada', 'basic:ada', 'alias'])).toEqual(['alias:ada']);
});
