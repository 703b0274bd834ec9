import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { coverageOf } from '../../conformance/coverage.ts';
import type { Results } from '../../evidence/results.ts';
import { runDirectoryOf } from '../../evidence/run-directory.ts';
import { AntiphonError, messageOf } from '../../foundation/errors.ts';
import { loadSuite } from '../../suites/load-suite.ts';
import type { Suite } from '../../suites/suite.ts';
import { type ExitCode, exitCodes, foremost } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { listenForInterruption } from '../test/interruption.ts';
import { requireSound } from '../test/load-suites.ts';
import { runOnTarget } from '../test/run-on-target.ts';
import { defaultTestOptions } from '../test/test-options.ts';
import { writeRunFiles } from '../write-reports.ts';
import { coverageJson, coverageText } from './coverage-text.ts';

interface CoverageOptions {
  readonly run?: readonly string[];
  readonly reports: string;
  readonly json: boolean;
}

/** Language, section 13: every row of the ledger is decided, excluded, or a gap. */
export async function coverage(
  pack: string,
  options: CoverageOptions,
  terminal: Terminal,
  session: Session,
): Promise<ExitCode> {
  const suite = await loadSuite(pack);
  session.evidence = `the newest folder in ${options.reports}`;
  const runs = options.run ? options.run.map(readRun) : await runConfigurations(suite, options.reports, terminal);
  const results = runs.map(run => run.results);
  requireRunsOf(suite, results);
  const rows = coverageOf(results, suite.ledger);
  terminal.print(options.json ? coverageJson(suite, results, rows) : coverageText(rows));
  const hasGap = rows.some(({ state }) => state === 'nothing' || state === 'not-applicable');
  return foremost([hasGap ? exitCodes.failed : exitCodes.passed, ...runs.map(codeOfRun)]);
}

interface CoveredRun {
  readonly results: Results;
  readonly interrupted: boolean;
}

/** What failed is covered all the same; what was not seen is not. */
function codeOfRun({ results, interrupted }: CoveredRun): ExitCode {
  if (results.complete) return exitCodes.passed;
  return interrupted ? exitCodes.interrupted : exitCodes.incomplete;
}

function readRun(path: string): CoveredRun {
  const { files } = runDirectoryOf(path);
  try {
    return { results: JSON.parse(readFileSync(files.results, 'utf8')) as Results, interrupted: false };
  } catch (thrown) {
    const message = `Expected the folder of a run with its results, got ${path}: ${messageOf(thrown)}. \`antiphon judge ${path}\` makes results of an event log.`;
    throw new AntiphonError('usage', 'results-unreadable', message, { cause: thrown });
  }
}

/** Once for each configuration of the bundled server that the pack names; the run has its name. */
async function runConfigurations(suite: Suite, reports: string, terminal: Terminal): Promise<readonly CoveredRun[]> {
  await requireSound([suite], terminal);
  const interruption = listenForInterruption(terminal);
  const { signal } = interruption;
  const seed = randomBytes(4).toString('hex');
  const runs: CoveredRun[] = [];
  try {
    for (const configuration of suite.configurations) {
      if (signal.aborted) break;
      const options = { ...defaultTestOptions, reports, name: `${suite.pack} ${configuration.name}` };
      const choice = { kind: 'bundled', configuration: configuration.name } as const;
      const { results, directory } = await runOnTarget({ suite, choice, seed, options, signal, terminal });
      writeRunFiles(results, directory);
      runs.push({ results, interrupted: signal.aborted });
    }
  } finally {
    interruption.stopListening();
  }
  return runs;
}

function requireRunsOf({ pack }: Suite, runs: readonly Results[]): void {
  const other = runs.find(({ suites }) => !suites.some(suite => suite.pack === pack));
  if (!other) return;
  const packs = other.suites.map(suite => suite.pack).join(', ') || 'none';
  const message = `Expected a run of ${pack}, got one of ${packs} (${other.results}). Name another with --run.`;
  throw new AntiphonError('usage', 'other-pack', message);
}
