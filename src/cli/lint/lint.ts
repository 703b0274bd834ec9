import type { Diagnostic } from '../../foundation/diagnostic.ts';
import { bundledPacks, findPack } from '../../packs/find-pack.ts';
import { type LoadedPack, loadPack } from '../../packs/load-pack.ts';
import { lintSuite } from '../../scenario/lint/lint-suite.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type PlacedProblem, placeProblem } from '../problem-text.ts';
import type { Terminal } from '../terminal.ts';
import type { LintFormat } from './declare-lint.ts';
import { type Linted, lintFormats } from './lint-formats.ts';

/** Lints packs, or what of them is named. Errors make exit code 2, warnings do not. */
export async function lint(named: readonly string[], format: LintFormat, terminal: Terminal): Promise<ExitCode> {
  const linted: Linted = { problems: [], files: 0, packs: 0 };
  const seen = new Set<string>();
  for (const name of named.length > 0 ? named : bundledPacks()) {
    const location = findPack(name);
    const loaded = await loadPack(location);
    linted.packs += 1;
    linted.files += Object.keys(loaded.digests).filter(file => isWithin(file, loaded)).length;
    for (const diagnostic of lintSuite(loaded)) {
      if (!isWithin(diagnostic.span.file, loaded)) continue;
      const problem = placeProblem(diagnostic, location);
      const key = JSON.stringify([problem.path, diagnostic]);
      if (!seen.has(key)) linted.problems.push(problem);
      seen.add(key);
    }
  }
  terminal.print(lintFormats[format](linted, terminal));
  return linted.problems.some(isError) ? exitCodes.usage : exitCodes.passed;
}

function isError({ diagnostic }: PlacedProblem): boolean {
  return diagnostic.severity === 'error';
}

/** Whether a file, by its logical name, is what was asked for or lies in it. */
function isWithin(file: Diagnostic['span']['file'], { location }: LoadedPack): boolean {
  const { name, within } = location;
  return within === '' || file === `${name}/${within}` || file.startsWith(`${name}/${within}/`);
}
