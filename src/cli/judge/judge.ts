import { isFolder } from '../../evidence/is-folder.ts';
import { readLog } from '../../evidence/log-reader.ts';
import type { Results } from '../../evidence/results.ts';
import { runDirectoryOf } from '../../evidence/run-directory.ts';
import { judgeRun } from '../../judging/judge-run.ts';
import { type ExitCode, exitCodeOfResults } from '../exit-codes.ts';
import type { ReporterRequest } from '../options/read-reporter.ts';
import type { Terminal } from '../terminal.ts';
import { writeReports } from '../write-reports.ts';

interface JudgeOptions {
  readonly pack?: readonly string[];
  readonly reporter?: readonly ReporterRequest[];
  readonly quiet: boolean;
}

/** Judges a log again. The exit code is the one that the run would have had. */
export async function judge(path: string, options: JudgeOptions, terminal: Terminal): Promise<ExitCode> {
  const directory = isFolder(path) ? runDirectoryOf(path) : undefined;
  const results = await judgeRun(path, options.pack ?? []);
  tellChanges(results, terminal);
  const { reporter: reporters = [], quiet } = options;
  writeReports({ results, directory, reporters, quiet, filePrefix: '' }, terminal);
  return exitCodeOfResults(results, readLog(path).end().footer?.reason);
}

/** Before anything else: a verdict on other files than those that ran is another verdict. */
function tellChanges({ changed }: Results, terminal: Terminal): void {
  for (const { file, was, is } of changed)
    terminal.tell(`changed since the run: ${file} (${short(was)}, now ${short(is)})\n`);
}

/** The first digits of a digest; words as they are. */
function short(text: string): string {
  return /^sha256:[0-9a-f]+$/.test(text) ? text.slice(0, digestCharacters) : text;
}

const digestCharacters = 'sha256:'.length + 12;
