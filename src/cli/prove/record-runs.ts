import type { RunDirectory } from '../../evidence/run-directory.ts';
import type { Suite } from '../../suites/suite.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { loadSuites, requireSound } from '../test/load-suites.ts';
import { runOnTarget } from '../test/run-on-target.ts';
import { defaultTestOptions } from '../test/test-options.ts';
import { writeRunFiles } from '../write-reports.ts';
import type { Proving } from './prove.ts';

export interface RecordedRun {
  readonly directory: RunDirectory;
  /** Not that something failed, which is left out and told, but that something is not there. */
  readonly code: ExitCode;
}

/** Runs packs on the bundled server, as `test` does: one after another, each when it is asked for. */
export async function* recordRuns(
  named: readonly string[],
  { options, seed, terminal, signal }: Proving,
): AsyncGenerator<RecordedRun> {
  const suites = await loadSuites(named);
  await requireSound(suites, terminal);
  for (const suite of suites) {
    for (const configuration of configurationsOf(suite, options.configuration)) {
      if (signal.aborted) return;
      const name = configuration === undefined ? suite.pack : `${suite.pack} ${configuration}`;
      const choice = { kind: 'bundled', ...(configuration === undefined ? {} : { configuration }) } as const;
      const { reports, quiet } = options;
      const testOptions = { ...defaultTestOptions, reports, name, quiet };
      const { results, directory } = await runOnTarget({ suite, choice, seed, options: testOptions, signal, terminal });
      writeRunFiles(results, directory);
      yield { directory, code: results.complete ? exitCodes.passed : exitCodes.incomplete };
    }
  }
}

function configurationsOf({ configurations }: Suite, wanted: string | undefined): readonly (string | undefined)[] {
  return wanted === 'all' ? configurations.map(({ name }) => name) : [wanted];
}
