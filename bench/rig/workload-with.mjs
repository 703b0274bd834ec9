import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A workload of `wire` in a copy of its pack, with these replacements in its text. Gone when this process ends. */
export function workloadWith(name, replacements) {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(fileURLToPath(new URL('../wire', import.meta.url)), join(folder, 'wire'), { recursive: true });
  const file = join(folder, 'wire/workloads', `${name}.yaml`);
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`expected ${file} to have \`${from}\``);
    text = text.replace(from, to);
  }
  writeFileSync(file, text);
  return { file, reports: join(folder, 'reports') };
}
