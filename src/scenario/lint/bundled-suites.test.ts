import { expect, test } from 'vitest';
import { bundledPacks, findPack } from '../../packs/find-pack.ts';
import { loadPack } from '../../packs/load-pack.ts';
import { lintSuite } from './lint-suite.ts';

test.each(bundledPacks())('the bundled suite %s has no errors', async name => {
  const found = lintSuite(await loadPack(findPack(name)));
  const errors = found.filter(diagnostic => diagnostic.severity === 'error');
  expect(
    errors.map(({ code, span, message }) => `${span.file}:${span.line}:${span.column} ${code}: ${message}`),
  ).toEqual([]);
});
