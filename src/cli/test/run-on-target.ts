import { type RunOutcome, runSuite } from '../../conformance/run-suite.ts';
import type { Suite } from '../../suites/suite.ts';
import type { Terminal } from '../terminal.ts';
import { toolName } from '../tool-version.ts';
import { openTarget, type TargetChoice } from './choose-target.ts';
import { givenOptions } from './given-options.ts';
import { showProgress } from './show-progress.ts';
import type { TestOptions } from './test-options.ts';

export interface Running {
  readonly suite: Suite;
  readonly choice: TargetChoice;
  readonly seed: string;
  readonly options: TestOptions;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/** Runs one suite on its target, which is started and ended here. */
export async function runOnTarget({ suite, choice, seed, options, signal, terminal }: Running): Promise<RunOutcome> {
  const target = await openTarget(choice, suite);
  const shown = options.quiet ? undefined : showProgress(terminal);
  const { level, shard, maxFailures } = options;
  try {
    return await runSuite({
      suite,
      target,
      name: options.name ?? suite.pack,
      reportsFolder: options.reports,
      tool: toolName(),
      seed,
      jobs: options.jobs,
      repeat: options.repeat,
      shuffle: options.shuffle,
      filter: options.filter ?? [],
      tags: options.tag ?? [],
      ...(level === undefined ? {} : { level }),
      ...(shard === undefined ? {} : { shard }),
      ...(maxFailures === undefined ? {} : { maxFailures }),
      patienceUs: options.timeout,
      signal,
      given: givenOptions(options),
      ...(shown ? { progress: shown.progress } : {}),
    });
  } finally {
    shown?.end();
    await target.stop();
  }
}
