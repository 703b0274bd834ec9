/** What is called wrongly measures nothing and deletes nothing. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../cli/antiphon.ts';

const scripts = fileURLToPath(new URL('../../../scripts', import.meta.url));

test.each([
  ['proof.mjs', '--reports', '--seeds', '0'],
  ['proof.mjs', '--reports', '--seeds', 'x'],
  ['proof.mjs', '--reports', '--seeds', '1.5'],
  ['proof.mjs', '--reports', '--runs', 'x'],
  ['prove-stability.mjs', '--out', '--runs', '0'],
])('%s %s %s %s', async (script, place, option, value) => {
  const folder = await temporaryFolder();
  const kept = join(folder, 'proof', 'gradagenda', 'mutation', 'run', 'prove.json');
  await mkdir(join(kept, '..'), { recursive: true });
  await writeFile(kept, '{}');
  const args = [join(scripts, script), 'gradagenda', place, folder, option, value];
  await expect(promisify(execFile)(process.execPath, args)).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: `Expected ${option} as a whole number from 1; got ${value}. Correct it.\n`,
  });
  expect(await readFile(kept, 'utf8')).toBe('{}');
});
