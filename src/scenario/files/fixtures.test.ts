import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLanguageFile } from './read-file.ts';

const folder = new URL('./fixtures/', import.meta.url);

describe('the example files', () => {
  it.each(readdirSync(folder).filter(name => name.endsWith('.yaml')))('%s is read without a problem', name => {
    const reading = readLanguageFile(readFileSync(new URL(name, folder), 'utf8'), name);
    expect(reading.diagnostics).toEqual([]);
    expect(reading.file?.kind).toBe(/\.(\w+)\.yaml$/.exec(name)?.[1]);
    expect(reading.kind).toBe(reading.file?.kind);
  });
});

describe('an example file that somebody broke', { timeout: 30_000 }, () => {
  const texts = readdirSync(folder).map(name => readFileSync(new URL(name, folder), 'utf8'));
  const added = fc.constantFrom(
    '',
    ' ',
    '\n',
    '\n  ',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '"',
    '$(',
    '&a ',
    '*a',
    '#',
    '1',
    'null',
    'client: ',
    'x',
  );

  it('is refused with a reason, or read', () => {
    const edits = fc.array(fc.tuple(fc.nat(4000), fc.nat(8), added), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...texts), edits, (text, places) => {
        const broken = places.reduce((whole, [at, removed, more]) => {
          const from = at % whole.length;
          return whole.slice(0, from) + more + whole.slice(from + removed);
        }, text);
        const { file, diagnostics } = readLanguageFile(broken, 'f.yaml');
        expect(file === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 300 },
    );
  });
});
