import { AntiphonError } from '../../foundation/errors.ts';
import { bundledPacks, findPack } from '../../packs/find-pack.ts';
import { loadPack } from '../../packs/load-pack.ts';
import { lintSuite } from '../../scenario/lint/lint-suite.ts';
import { loadSuite } from '../../suites/load-suite.ts';
import type { Suite } from '../../suites/suite.ts';
import { countProblems, type PlacedProblem, placeProblem, problemText } from '../problem-text.ts';
import type { Terminal } from '../terminal.ts';

/** The suites that are named, one for each pack; all bundled ones if none is. */
export async function loadSuites(named: readonly string[]): Promise<readonly Suite[]> {
  const suites = new Map<string, Suite>();
  for (const name of named.length > 0 ? named : bundledPacks()) {
    const suite = await loadSuite(name);
    const same = suites.get(suite.folder);
    suites.set(suite.folder, same ? joined(same, suite) : suite);
  }
  return [...suites.values()];
}

/** Prints what the lint says of the whole packs; throws if there are errors, for then nothing may run. */
export async function requireSound(suites: readonly Suite[], terminal: Terminal): Promise<void> {
  const problems = (await Promise.all(suites.map(problemsOf))).flat();
  const errors = problems.filter(({ diagnostic }) => diagnostic.severity === 'error');
  if (errors.length === 0) return;
  for (const problem of problems) terminal.tell(`${problemText(problem, terminal.color)}\n\n`);
  const found = countProblems(problems.map(({ diagnostic }) => diagnostic));
  const message = `Expected files without errors, found ${found}, listed above. Correct them; nothing was run.`;
  throw new AntiphonError('scenario', 'lint-errors', message);
}

async function problemsOf(suite: Suite): Promise<readonly PlacedProblem[]> {
  const loaded = await loadPack(findPack(suite.folder));
  return lintSuite(loaded).map(problem => placeProblem(problem, suite));
}

/** Two parts of one pack are one suite, in the order of its files. */
function joined(a: Suite, b: Suite): Suite {
  return { ...a, selected: [...new Set([...a.selected, ...b.selected])].sort() };
}
