import { nearest } from '../../documents/nearest.ts';
import { readLog } from '../../evidence/log-reader.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { JudgedLog } from '../../judging/judge.ts';
import { suitesOf } from '../../judging/judge-run.ts';
import { explainMutant } from '../../prove/explain-mutant.ts';
import { mutantIds } from '../../prove/prove-log.ts';
import type { Suite } from '../../suites/suite.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { changedEvent } from './changed-event.ts';
import { explanationText } from './explanation-text.ts';
import { readSourceLines } from './source-lines.ts';

/** Shows one mutant of a run: what was changed, and who noticed it or should have. */
export async function explain(
  path: string,
  id: string,
  packs: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const log = readLog(path);
  const suites = await suitesOf(log, packs);
  const explained = explainMutant(log, suites, id);
  if (!explained) throw unknownMutant(log, suites, path, id);
  const { judged, result } = explained;
  const event = changedEvent(log.events, judged.mutant);
  terminal.print(explanationText({ judged, result, event, linesOf: readSourceLines(suites.values()) }, terminal));
  return exitCodes.passed;
}

/** Of an execution that is there, the nearest of its mutants; else the execution that was probably meant. */
function unknownMutant(log: JudgedLog, suites: ReadonlyMap<string, Suite>, path: string, id: string): AntiphonError {
  const all = mutantIds(log, suites);
  const executions = new Set(all.map(executionOf));
  const execution = executionOf(id);
  const near = executions.has(execution)
    ? nearest(
        id,
        all.filter(each => executionOf(each) === execution),
      )
    : nearest(execution, executions);
  const advice = near === undefined ? 'Survivors are listed in prove.json, each with its id.' : `Did you mean ${near}?`;
  return new AntiphonError('usage', 'unknown-mutant', `Expected the id of a mutant of ${path}, got ${id}. ${advice}`);
}

function executionOf(id: string): string {
  const mark = id.lastIndexOf('~');
  return mark < 0 ? id : id.slice(0, mark);
}
