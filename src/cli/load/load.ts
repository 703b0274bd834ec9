import { randomBytes } from 'node:crypto';
import { AntiphonError } from '../../foundation/errors.ts';
import { readWorkload } from '../../load/engine/read-workload.ts';
import { type LoadTarget, runLoad } from '../../load/engine/run-load.ts';
import type { LoadResults } from '../../load/load-results.ts';
import { finalTable } from '../../load/report/final-table.ts';
import { writeLoadFiles } from '../../load/report/write-load-files.ts';
import { loadSuite } from '../../suites/load-suite.ts';
import { overlayOf } from '../../suites/suite.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { placementOf } from '../options/worker-options.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { chooseTarget, openTarget } from '../test/choose-target.ts';
import { listenForInterruption } from '../test/interruption.ts';
import { requireSound } from '../test/load-suites.ts';
import { toolName } from '../tool-version.ts';
import type { LoadCommandOptions } from './load-options.ts';
import { calibrationOf, floorPhaseText, type KeptFloor, measureFloor, wantsFloor } from './measure-floor.ts';
import { nameOfLoad, workloadOf } from './named-workload.ts';
import { type SearchSetting, searchCapacity, searchSweep } from './search-load.ts';
import { showLoad } from './show-load.ts';

/** Runs one workload, once or in search of something, on a target that is started and ended here if it is ours to start. */
export async function loadTarget(
  named: string,
  options: LoadCommandOptions,
  terminal: Terminal,
  session: Session,
): Promise<ExitCode> {
  ensureTogether(options);
  const choice = chooseTarget(options);
  const suite = await loadSuite(named);
  const workload = workloadOf(suite, named);
  await requireSound([suite], terminal);
  session.evidence = `the newest folder in ${options.reports}`;
  const shown = showLoad(terminal, options.quiet);
  const interruption = listenForInterruption(shown.terminal);
  const settings = {
    suite,
    workload,
    reportsFolder: options.reports,
    name: options.name ?? nameOfLoad(suite, workload),
    tool: toolName(),
    seed: options.seed ?? randomBytes(4).toString('hex'),
    ...placementOf(options),
    patienceUs: options.timeout,
    ...abortOnFail(options.abortOnFail),
    signal: interruption.signal,
    progress: shown.progress,
  };
  const withTarget = async <T>(use: (target: LoadTarget) => Promise<T>): Promise<T> => {
    const target = await openTarget(choice, suite);
    try {
      return await use(target);
    } finally {
      await target.stop();
    }
  };
  const isSearch = options.findCapacity !== undefined || options.sweep !== undefined;
  const runOnce: SearchSetting['runOnce'] = async (target, more) => {
    const plan = readWorkload({ ...settings, target, ...more });
    let kept: KeptFloor | undefined;
    if (wantsFloor(plan, options.calibrate, isSearch)) {
      // Who cannot be reached is told of before, not after.
      await target.ensureReachable();
      if (!options.quiet) shown.terminal.tell(`${floorPhaseText(plan)}\n`);
      kept = await measureFloor({
        ...settings,
        ...calibrationOf(suite, plan, suite.packFor(overlayOf(target.header))),
      });
    }
    const outcome = await runLoad({ ...settings, target, ...more, ...(kept && { floor: kept.floor }) });
    try {
      writeLoadFiles(outcome.results, outcome.directory);
      kept?.keepIn(outcome.directory.path);
    } catch (thrown) {
      // On a full disk what was measured is told at least.
      shown.terminal.print(`${finalTable(outcome.results)}\n`);
      throw thrown;
    }
    return outcome;
  };
  const setting: SearchSetting = { ...settings, terminal: shown.terminal, isQuiet: options.quiet, withTarget, runOnce };
  try {
    if (options.findCapacity !== undefined) return await searchCapacity(options.findCapacity, setting);
    if (options.sweep !== undefined) return await searchSweep(options.sweep, setting);
    const { results, directory } = await withTarget(target => runOnce(target, {}));
    shown.terminal.print(`${finalTable(results)}\nreports: ${directory.path}\n`);
    return exitCodeOfLoad(results);
  } finally {
    shown.end();
    interruption.stopListening();
  }
}

function ensureTogether({ findCapacity, sweep }: LoadCommandOptions): void {
  if (findCapacity === undefined || sweep === undefined) return;
  const message =
    'Expected --find-capacity or --sweep, got both: one searches a rate, the other runs at given points. Leave one out.';
  throw new AntiphonError('usage', 'options-do-not-fit', message);
}

function abortOnFail(grace: LoadCommandOptions['abortOnFail']) {
  if (grace === undefined || grace === false) return {};
  return { abortOnFailAfterUs: grace === true ? 0 : grace };
}

function exitCodeOfLoad({ ended, verdict }: LoadResults): ExitCode {
  if (ended === 'interrupted') return exitCodes.interrupted;
  if (ended === 'target-gone') return exitCodes.unreachable;
  if (verdict === 'fail') return exitCodes.failed;
  return verdict === 'pass' ? exitCodes.passed : exitCodes.incomplete;
}
