import { randomBytes } from 'node:crypto';
import { dirname, relative } from 'node:path';
import type { Results } from '../../evidence/results.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Suite } from '../../suites/suite.ts';
import { type ExitCode, exitCodeOfResults, exitCodes, foremost } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { verdictLine } from '../verdict-line.ts';
import { writeReports } from '../write-reports.ts';
import { chooseTarget, packsOf } from './choose-target.ts';
import { listenForInterruption } from './interruption.ts';
import { loadSuites, requireSound } from './load-suites.ts';
import { runOnTarget } from './run-on-target.ts';
import { runRounds } from './run-rounds.ts';
import type { TestOptions } from './test-options.ts';

/** Runs packs one after another, each with a run folder of its own, and reports on each. */
export async function testPacks(
  named: readonly string[],
  options: TestOptions,
  terminal: Terminal,
  session: Session,
): Promise<ExitCode> {
  const choice = chooseTarget(options);
  requireNoReporters(options);
  const suites = await loadSuites(packsOf(choice, named));
  await requireSound(suites, terminal);
  session.evidence = `the newest folder in ${options.reports}`;
  const seed = options.seed ?? randomBytes(4).toString('hex');
  const interruption = listenForInterruption(terminal);
  const { signal } = interruption;
  const runs: Results[] = [];
  const codes: ExitCode[] = [];
  try {
    for (const suite of suites) {
      if (signal.aborted) break;
      if (options.stress) {
        codes.push(await runRounds({ suite, choice, seed, options, signal, terminal }));
        continue;
      }
      const { results, directory, ended } = await runOnTarget({ suite, choice, seed, options, signal, terminal });
      runs.push(results);
      if (results.executions.length === 0)
        terminal.tell(`${suite.pack}: no execution fits ${selectionText(options)}\n`);
      codes.push(exitCodeOfResults(results, ended));
      const fileSuffix = suites.length > 1 ? { fileSuffix: suite.pack } : {};
      const { reporter = [], quiet } = options;
      writeReports(
        { results, directory, reporters: reporter, quiet, filePrefix: filePrefixOf(suite), ...fileSuffix },
        terminal,
      );
    }
  } finally {
    interruption.stopListening();
  }
  if (suites.length > 1 && runs.length > 0) tellOverall(runs, suites.length, options, terminal);
  if (signal.aborted && runs.length < suites.length) codes.push(exitCodes.interrupted);
  return foremost(codes);
}

/** A reporter shows one run. */
function requireNoReporters({ stress, reporter = [] }: TestOptions): void {
  if (!stress || reporter.length === 0) return;
  const message = `Expected --reporter or --stress, got both: --stress makes a run of each repetition, and tells what differs. Leave one out; \`antiphon judge\` reports on a run that was odd.`;
  throw new AntiphonError('usage', 'reporter-of-stress', message);
}

/** The options that choose, as they were given. */
function selectionText({ filter = [], tag = [], level, shard }: TestOptions): string {
  const given = [
    ...filter.map(each => `--filter ${each}`),
    ...tag.map(each => `--tag ${each}`),
    ...(level === undefined ? [] : [`--level ${level}`]),
    ...(shard === undefined ? [] : [`--shard ${shard.k}/${shard.n}`]),
  ];
  return given.join(' ') || 'what was named';
}

/** Logical file names begin with the pack's folder: this stands before them. */
function filePrefixOf({ folder }: Suite): string {
  const above = relative(process.cwd(), dirname(folder)).replaceAll('\\', '/');
  return above === '' ? '' : `${above}/`;
}

/** On standard output only where the console report is. */
function tellOverall(
  runs: readonly Results[],
  packs: number,
  { reports, reporter = [] }: TestOptions,
  terminal: Terminal,
): void {
  const line = `\n${runs.length} of ${packs} packs: ${verdictLine(runs)}; reports: ${reports}\n`;
  if (reporter.some(({ path }) => path === undefined)) terminal.tell(line);
  else terminal.print(line);
}
