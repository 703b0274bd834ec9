import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { isFolder } from '../../evidence/is-folder.ts';
import { readLog } from '../../evidence/log-reader.ts';
import { type RunDirectory, runDirectoryOf } from '../../evidence/run-directory.ts';
import { suitesOf } from '../../judging/judge-run.ts';
import { type ExitCode, exitCodes, foremost } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { listenForInterruption } from '../test/interruption.ts';
import { explain } from './explain.ts';
import { showMutantProgress } from './mutant-progress.ts';
import { headline, proofText } from './proof-text.ts';
import { type ProveOptions, requireFitting } from './prove-options.ts';
import { type ProvenRun, proveRun } from './prove-run.ts';
import { recordRuns } from './record-runs.ts';
import { proofJson, writeProof } from './write-proof.ts';

/** Proves what is named, each with a report of its own: packs are run first, runs are read. */
export async function prove(
  named: readonly string[],
  options: ProveOptions,
  terminal: Terminal,
  session: Session,
): Promise<ExitCode> {
  const runs = named.filter(isRun);
  const packs = named.filter(name => !isRun(name));
  requireFitting(options, { runs: runs.length, packs: named.length === 0 ? 1 : packs.length });
  if (options.explain !== undefined) return explain(runs[0]!, options.explain, options.pack ?? [], terminal);
  const seed = options.seed ?? randomBytes(4).toString('hex');
  const interruption = listenForInterruption(terminal, 'Interrupted: nothing more is judged.');
  const { signal } = interruption;
  const codes: ExitCode[] = [];
  try {
    for (const run of runs) {
      if (signal.aborted) break;
      session.evidence = run;
      codes.push(await proveOne(run, { options, seed, terminal, signal }));
    }
    if (named.length === 0 || packs.length > 0) {
      session.evidence = `the newest folder in ${options.reports}`;
      for await (const { directory, code } of recordRuns(packs, { options, seed, terminal, signal })) {
        codes.push(code);
        if (!signal.aborted) codes.push(await proveOne(directory.path, { options, seed, terminal, signal }));
      }
    }
  } finally {
    interruption.stopListening();
  }
  return foremost(signal.aborted ? [...codes, exitCodes.interrupted] : codes);
}

/** What the command has for each of its runs. */
export interface Proving {
  readonly options: ProveOptions;
  readonly seed: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

async function proveOne(path: string, { options, seed, terminal, signal }: Proving): Promise<ExitCode> {
  const log = readLog(path);
  const suites = await suitesOf(log, options.pack);
  const shown = options.quiet ? undefined : showMutantProgress(terminal, log.header.name);
  const sample = options.sample === undefined ? {} : { sample: { seed, ...options.sample } };
  let proven: ProvenRun | undefined;
  try {
    proven = await proveRun(log, suites, { ...sample, signal, ...(shown ? { onProgress: shown.onProgress } : {}) });
  } finally {
    shown?.end();
  }
  if (!proven) return exitCodes.interrupted;
  if (proven.report.counts.mutants === 0) return tellNothing(path, proven, terminal);
  // A log alone stands in a folder that is not ours to write into.
  const directory = isFolder(path) ? runDirectoryOf(path) : undefined;
  if (directory) writeProof(directory.files.proof, proven.report);
  print(proven, directory, options, terminal);
  return gate(proven, options.minScore, terminal);
}

function print(
  { report, judgingUs }: ProvenRun,
  directory: RunDirectory | undefined,
  options: ProveOptions,
  terminal: Terminal,
): void {
  const { all, json, quiet } = options;
  const { color, widthCells } = terminal;
  const reportAt = directory && (relative(process.cwd(), directory.files.proof) || '.');
  if (json) terminal.print(proofJson(report));
  else if (quiet) terminal.print(`${headline(report)}\n`);
  else terminal.print(proofText(report, { all, color, widthCells, judgingUs, reportAt }));
}

/** Compared exactly, not as it is rounded for a person. */
function gate({ report }: ProvenRun, minScore: number | undefined, terminal: Terminal): ExitCode {
  const { killed, survived } = report.counts;
  if (minScore === undefined) return exitCodes.passed;
  if (killed + survived > 0 && killed * 100 >= minScore * (killed + survived)) return exitCodes.passed;
  terminal.tell(`${report.proof}: less than ${minScore} % of the mutants were killed\n`);
  return exitCodes.failed;
}

function tellNothing(path: string, { report }: ProvenRun, terminal: Terminal): ExitCode {
  const { left } = report;
  const came =
    left.length === 0
      ? 'no execution in which the server said anything'
      : `none, and ${left.length} that did not, such as ${left[0]!.execution} (${left[0]!.verdict})`;
  terminal.tell(
    `error: Expected an execution that passes in ${path}, for only what passes can be mutated; got ${came}. \`antiphon judge ${path}\` says why.\n`,
  );
  return exitCodes.incomplete;
}

/** A folder of a run or its log; anything else is a pack. */
function isRun(name: string): boolean {
  return isFolder(name) ? existsSync(runDirectoryOf(name).files.events) : name.endsWith('.jsonl');
}
