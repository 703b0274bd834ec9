import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'vitest';
import { findPack } from './find-pack.ts';
import { readLedgerFile } from './read-ledger-file.ts';
import { readPackFile } from './read-pack-file.ts';
import { readTargetFile } from './read-target-file.ts';

const { folder } = findPack('gradagenda');
const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  ['pack.yaml', text => readPackFile(text, 'chat/pack.yaml')],
  ['requirements.yaml', text => readLedgerFile(text, 'chat/requirements.yaml')],
  ['target.example.yaml', text => readTargetFile(text, 'chat/target.yaml', { env: {}, vars: {} })],
];

/** A sound file with a few pieces of it replaced, repeated or gone: most are still YAML, few are still sound. */
function spoiled(text: string): fc.Arbitrary<string> {
  const lines = text.split('\n').slice(0, 60);
  const piece = fc.oneof(
    fc.constantFrom('{}', '[]', 'null', '5', '$(n)', '$as: x', '{ $any: 1 }', '- a', '~', '"', '{ when: $as }'),
    fc.string(),
    fc.constantFrom(...lines),
  );
  const edit = fc.tuple(fc.nat({ max: lines.length - 1 }), fc.nat({ max: 40 }), piece);
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map(edits => {
    const spoilt = [...lines];
    for (const [line, column, text] of edits) spoilt[line] = spoilt[line]!.slice(0, column) + text;
    return spoilt.join('\n');
  });
}

test.each(readers)('no text makes the reader of %s throw', (file, read) => {
  const sound = readFileSync(join(folder, file), 'utf8');
  fc.assert(
    fc.property(fc.oneof(fc.string(), spoiled(sound)), text => void read(text)),
    { numRuns: 200 },
  );
});
