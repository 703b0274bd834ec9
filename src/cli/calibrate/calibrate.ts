import { randomBytes } from 'node:crypto';
import { AntiphonError } from '../../foundation/errors.ts';
import { calibrate } from '../../load/calibration/calibrate.ts';
import { settleWorkload } from '../../load/engine/read-workload.ts';
import { finalTable } from '../../load/report/final-table.ts';
import { writeLoadFiles } from '../../load/report/write-load-files.ts';
import { loadSuite } from '../../suites/load-suite.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { calibrationOf } from '../load/measure-floor.ts';
import { nameOfLoad, workloadOf } from '../load/named-workload.ts';
import { showLoad } from '../load/show-load.ts';
import { placementOf, type WorkerOptions } from '../options/worker-options.ts';
import { plainOverlay } from '../plain-overlay.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { listenForInterruption } from '../test/interruption.ts';
import { requireSound } from '../test/load-suites.ts';
import { toolName } from '../tool-version.ts';

interface CalibrateOptions extends WorkerOptions {
  readonly hold?: number;
  readonly seed?: string;
  readonly reports: string;
  readonly name?: string;
  readonly quiet: boolean;
}

/** Measures the floor of a workload, without a target. */
export async function calibrateWorkload(
  named: string,
  options: CalibrateOptions,
  terminal: Terminal,
  session: Session,
): Promise<ExitCode> {
  const suite = await loadSuite(named);
  const name = workloadOf(suite, named);
  await requireSound([suite], terminal);
  const pack = suite.packFor(plainOverlay);
  const workload = settleWorkload({ suite, workload: name, accountMode: suite.accountModes[0] ?? 'token', pack });
  session.evidence = `the newest folder in ${options.reports}`;
  const shown = showLoad(terminal, options.quiet);
  const interruption = listenForInterruption(shown.terminal);
  try {
    const { floor, outcome } = await calibrate({
      ...calibrationOf(suite, workload, pack),
      ...(options.hold !== undefined && { holdUs: options.hold }),
      reportsFolder: options.reports,
      name: options.name ?? `${nameOfLoad(suite, name)}-floor`,
      tool: toolName(),
      seed: options.seed ?? randomBytes(4).toString('hex'),
      ...placementOf(options),
      patienceUs,
      signal: interruption.signal,
      progress: shown.progress,
    });
    if (!outcome) throw noFloor(name, floor.measured ? '' : floor.why);
    writeLoadFiles(outcome.results, outcome.directory);
    shown.terminal.print(`${finalTable(outcome.results)}\nreports: ${outcome.directory.path}\n`);
    if (interruption.signal.aborted) return exitCodes.interrupted;
    return outcome.results.verdict === 'pass' ? exitCodes.passed : exitCodes.incomplete;
  } finally {
    shown.end();
    interruption.stopListening();
  }
}

/** Of our own server; only this machine can be slow. */
const patienceUs = 20_000_000;

function noFloor(workload: string, why: string): AntiphonError {
  const message = `Expected a workload on WebSockets or lines, for which there is a bare server; got ${workload}: ${why}. Measure the target alone.`;
  return new AntiphonError('usage', 'no-floor', message);
}
