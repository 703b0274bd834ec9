import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Compiles a program of `lab/`; it is gone when this process ends. */
export function compile(name) {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, name);
  execFileSync('gcc', ['-O2', '-o', program, fileURLToPath(new URL(`../lab/${name}.c`, import.meta.url))]);
  return program;
}
