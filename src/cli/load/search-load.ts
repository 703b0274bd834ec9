/** A workload run again and again: for its capacity, or at the points of a sweep. */
import { join, relative } from 'node:path';
import { createRunDirectory } from '../../evidence/run-directory.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import { readWorkload } from '../../load/engine/read-workload.ts';
import type { LoadOptions, LoadOutcome, LoadTarget } from '../../load/engine/run-load.ts';
import { rateOf, type Variation } from '../../load/engine/vary-workload.ts';
import { capacityTable, sweepTable, worstOf } from '../../load/report/search-table.ts';
import { writeSearchFiles } from '../../load/report/write-search-files.ts';
import { capacityOf, findCapacity, type RunStep, rateText } from '../../load/search/find-capacity.ts';
import { stepOf } from '../../load/search/load-step.ts';
import { readObjective } from '../../load/search/objective.ts';
import { runSweep } from '../../load/search/run-sweep.ts';
import type { CapacityResults, SearchHeader, SweepResults } from '../../load/search/search-results.ts';
import { readSweep, settleSweep } from '../../load/search/sweep.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/** What is the same in every step. */
export interface SearchSetting
  extends Pick<LoadOptions, 'suite' | 'workload' | 'reportsFolder' | 'name' | 'tool' | 'seed'> {
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
  readonly isQuiet: boolean;
  /** A target that is up while `use` lasts: each step has a fresh one, if it is ours to start. */
  withTarget<T>(use: (target: LoadTarget) => Promise<T>): Promise<T>;
  runOnce(
    target: LoadTarget,
    more: Partial<Pick<LoadOptions, 'reportsFolder' | 'name' | 'seed' | 'variation'>>,
  ): Promise<LoadOutcome>;
}

export async function searchCapacity(text: string, setting: SearchSetting): Promise<ExitCode> {
  const objective = readObjective(text);
  const { header, own } = await prepare(setting, target => {
    const perSecond = rateOf(readWorkload({ ...setting, target }));
    if (perSecond !== undefined) return perSecond;
    throw noRate('--find-capacity', setting.workload);
  });
  const { folder, runStep } = openSearch(setting, 'capacity', rateText);
  const resultsOf = (capacity: ReturnType<typeof capacityOf>): CapacityResults => ({
    ...header,
    kind: 'capacity',
    objective: objective.map(each => each.text),
    ...capacity,
  });
  let results = resultsOf(capacityOf([], 'cut short'));
  const keep = (capacity: ReturnType<typeof capacityOf>) => {
    results = resultsOf(capacity);
    writeSearchFiles(results, folder);
  };
  try {
    keep(await findCapacity(objective, own, runStep, keep));
  } finally {
    showEnd(capacityTable(results), results.steps.length, folder, setting.terminal);
  }
  return exitCodeOf(results, setting.signal);
}

export async function searchSweep(text: string, setting: SearchSetting): Promise<ExitCode> {
  const words = readSweep(text);
  const { header, own: sweep } = await prepare(setting, target => {
    const workload = readWorkload({ ...setting, target });
    const settled = settleSweep(words, workload.roles);
    if (settled.unit === 'perSecond' && rateOf(workload) === undefined) throw noRate('--sweep rate', setting.workload);
    // Whatever does not fit is told before anything runs.
    for (const { variation } of settled.points) readWorkload({ ...setting, target, variation });
    return settled;
  });
  const { over, unit, points } = sweep;
  const { folder, runStep } = openSearch(setting, 'sweep', value => `${over} ${value.toLocaleString('en')}`);
  const resultsOf = (steps: SweepResults['steps']): SweepResults => ({
    ...header,
    kind: 'sweep',
    over,
    unit,
    complete: steps.length === points.length && !setting.signal.aborted,
    verdict: worstOf(steps),
    steps,
  });
  let results = resultsOf([]);
  try {
    await runSweep(sweep, runStep, steps => {
      results = resultsOf([...steps]);
      writeSearchFiles(results, folder);
    });
  } finally {
    showEnd(sweepTable(results), results.steps.length, folder, setting.terminal);
  }
  return exitCodeOf(results, setting.signal);
}

/** Reads the workload with the target that it is for, before anything is run or written. */
async function prepare<T>(setting: SearchSetting, read: (target: LoadTarget) => T) {
  const startedAt = new Date().toISOString();
  return setting.withTarget(async target => {
    const { title, kind } = target.header;
    const { tool, workload, seed } = setting;
    const workloadTitle = readWorkload({ ...setting, target }).plan.title;
    const about: SearchHeader = {
      format: 1,
      tool,
      workload,
      title: workloadTitle,
      startedAt,
      seed,
      target: { title, kind },
    };
    return { header: about, own: read(target) };
  });
}

function openSearch(
  setting: SearchSetting,
  kind: 'capacity' | 'sweep',
  words: (value: number) => string,
): { readonly folder: string; readonly runStep: RunStep } {
  const { reportsFolder, name, seed, terminal, isQuiet, withTarget, runOnce } = setting;
  const folder = createRunDirectory(reportsFolder, `${name}-${kind}`, new Date()).path;
  let count = 0;
  const runStep = (value: number, variation: Variation) =>
    withTarget(async target => {
      count++;
      if (!isQuiet) terminal.tell(`step ${count}: ${words(value)}\n`);
      const { results, directory } = await runOnce(target, {
        reportsFolder: join(folder, 'steps'),
        name: String(Number(value.toPrecision(4))),
        // Names made from it must be new ones: the target may still know those of the step before.
        seed: `${seed}-${count}`,
        variation,
      });
      if (!isQuiet)
        terminal.tell(`step ${count}: ${words(value)}: ${[results.verdict, ...results.reasons].join('; ')}\n`);
      return stepOf(value, relative(folder, directory.path), results);
    });
  return { folder, runStep };
}

function noRate(option: string, workload: string): AntiphonError {
  const message = `Expected for ${option} a workload whose schedules are all \`rate\` or \`poisson\`, above 0; ${workload} has another, whose rate cannot be set. Write one that has.`;
  return new AntiphonError('usage', 'no-rate', message);
}

/** Also when a step could not be run: what is known by then is evidence. */
function showEnd(table: string, steps: number, folder: string, terminal: Terminal): void {
  if (steps > 0) terminal.print(`${table}\n`);
  terminal.print(`reports: ${folder}\n`);
}

function exitCodeOf({ verdict }: CapacityResults | SweepResults, { aborted }: AbortSignal): ExitCode {
  if (aborted) return exitCodes.interrupted;
  if (verdict === 'fail') return exitCodes.failed;
  return verdict === 'pass' ? exitCodes.passed : exitCodes.incomplete;
}
