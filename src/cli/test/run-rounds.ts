/** `--stress`: each repetition is a run of its own, on a machine that is kept busy. Told is what differs between them. */
import { rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { RunOutcome } from '../../conformance/run-suite.ts';
import { startStress } from '../../conformance/stress.ts';
import { createTally, type Tally } from '../../conformance/tally.ts';
import { createRunDirectory } from '../../evidence/run-directory.ts';
import type { Stability } from '../../evidence/stability.ts';
import type { Verdict } from '../../foundation/verdict.ts';
import { type ExitCode, exitCodeOfResults, exitCodes, foremost } from '../exit-codes.ts';
import { toolName } from '../tool-version.ts';
import { verdictLine } from '../verdict-line.ts';
import { writeRunFiles } from '../write-reports.ts';
import { type Running, runOnTarget } from './run-on-target.ts';
import { stabilityText } from './stability-text.ts';

interface Rounds {
  readonly running: Running;
  readonly folder: string;
  readonly startedAt: Date;
  readonly threads: number;
  readonly tally: Tally;
  /** Of each round that was counted. */
  readonly verdicts: Verdict[];
  /** Folders of rounds that were odd when they ended, and that of the first, which may turn out to be. */
  readonly kept: Map<number, string>;
  readonly codes: ExitCode[];
  target: string;
}

/** Runs the rounds of one suite and writes `stability.json`, also of those before an interruption or an error. */
export async function runRounds(running: Running): Promise<ExitCode> {
  const { options, suite, signal } = running;
  const startedAt = new Date();
  const name = options.name ?? suite.pack;
  const folder = createRunDirectory(options.reports, `${name}-stability`, startedAt).path;
  const stress = startStress();
  const { threads } = stress;
  const tally = createTally();
  const rounds: Rounds = {
    running,
    folder,
    startedAt,
    threads,
    tally,
    verdicts: [],
    kept: new Map(),
    codes: [],
    target: '',
  };
  try {
    for (let round = 1; round <= options.repeat && !signal.aborted; round++)
      if (!(await runRound(rounds, round))) break;
  } finally {
    await stress.stop();
    conclude(rounds);
  }
  if (signal.aborted) rounds.codes.push(exitCodes.interrupted);
  if (tally.differing().length > 0) rounds.codes.push(exitCodes.failed);
  return foremost(rounds.codes);
}

/** Says whether another one makes sense. */
async function runRound(rounds: Rounds, round: number): Promise<boolean> {
  const { running, folder, tally } = rounds;
  const { options, suite, terminal } = running;
  const { repeat, quiet, name = suite.pack } = options;
  const outcome = await runOnTarget({
    ...running,
    seed: seedOf(running, round),
    options: { ...options, repeat: 1, quiet: true, reports: join(folder, 'rounds'), name: `${name}-${round}` },
  });
  const { results, directory, ended } = outcome;
  rounds.target = results.target.title;
  // What was not seen to its end says nothing of stability.
  if (ended === 'interrupted') {
    rmSync(directory.path, { recursive: true });
    return false;
  }
  const odd = tally.add(results);
  rounds.verdicts.push(results.verdict);
  rounds.codes.push(exitCodeOfResults(results, ended));
  keepOrRemove(rounds, round, outcome, odd);
  if (!quiet)
    terminal.tell(`round ${round} of ${repeat}: ${verdictLine([results])}${odd ? ', unlike the others' : ''}\n`);
  return ended === 'completed' || ended === 'max-failures';
}

function keepOrRemove({ kept }: Rounds, round: number, { directory, results }: RunOutcome, odd: boolean): void {
  if (!odd && round > 1) {
    rmSync(directory.path, { recursive: true });
    return;
  }
  writeRunFiles(results, directory);
  kept.set(round, directory.path);
}

function conclude(rounds: Rounds): void {
  const { folder, kept, tally, running } = rounds;
  const odd = new Set(tally.oddRounds());
  for (const [round, path] of kept) {
    if (odd.has(round)) continue;
    rmSync(path, { recursive: true });
    kept.delete(round);
  }
  const stability = stabilityOf(rounds);
  writeFileSync(join(folder, 'stability.json'), `${JSON.stringify(stability, null, 2)}\n`);
  running.terminal.print(stabilityText(stability, relative(process.cwd(), folder) || '.'));
}

function stabilityOf({ running, folder, startedAt, threads, tally, verdicts, kept, target }: Rounds): Stability {
  const { options, suite, seed } = running;
  return {
    antiphon: 1,
    stability: options.name ?? suite.pack,
    tool: toolName(),
    startedAt: startedAt.toISOString(),
    seed,
    target,
    load: { threads },
    rounds: { asked: options.repeat, done: tally.rounds() },
    same: tally.same(),
    differing: tally.differing(),
    odd: tally.oddRounds().map(round => {
      const path = kept.get(round);
      const run = path === undefined ? {} : { run: relative(folder, path).replaceAll('\\', '/') };
      return { round, seed: seedOf(running, round), verdict: verdicts[round - 1]!, ...run };
    }),
  };
}

function seedOf({ seed }: Running, round: number): string {
  return `${seed}-${round}`;
}
