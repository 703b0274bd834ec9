import { setImmediate } from 'node:timers/promises';
import type { LogReading } from '../../evidence/log-reader.ts';
import type { Proof } from '../../prove/mutant.ts';
import type { FateCounts, ProofReport, Sample } from '../../prove/proof-report.ts';
import { type ProveOptions, type ProveProgress, proveSteps } from '../../prove/prove-log.ts';
import { createTally, type Tally } from '../../prove/tally.ts';
import type { Suite } from '../../suites/suite.ts';
import { toolName } from '../tool-version.ts';
import { readSourceLines } from './source-lines.ts';

export interface ProvenRun {
  readonly report: ProofReport;
  /** The judging of the mutants alone. */
  readonly judgingUs: number;
}

export interface ProvingOptions {
  readonly sample?: Sample;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ProveProgress & { readonly counts: FateCounts }) => void;
}

/** Judges the mutants of a log. undefined: the signal came before the last of them. */
export async function proveRun(
  log: LogReading,
  suites: ReadonlyMap<string, Suite>,
  options: ProvingOptions,
): Promise<ProvenRun | undefined> {
  const { sample } = options;
  const tally = createTally();
  const facts = await untilAborted(proveSteps(log, suites, engineOptions(sample), tally.add), tally, options);
  if (!facts) return undefined;
  const lines = readSourceLines(suites.values());
  const rows = [...suites.values()].flatMap(({ ledger }) =>
    ledger.requirements.filter(({ excluded }) => excluded === undefined),
  );
  const { header } = log;
  const report: ProofReport = {
    antiphon: 1,
    proof: header.name,
    tool: toolName(),
    startedAt: header.startedAt,
    target: { title: header.target.title, kind: header.target.kind },
    packs: [...suites.values()].map(({ pack, digest }) => ({ pack, digest })),
    executions: facts.executions,
    left: facts.left,
    possible: facts.mutants,
    ...(sample ? { sample } : {}),
    ...tally.summary(
      rows.map(({ id, level }) => ({ requirement: id, level })),
      ({ file, line }) => lines(file)[line - 1] ?? '',
    ),
  };
  return { report, judgingUs: facts.judgingUs };
}

function engineOptions(sample: Sample | undefined): ProveOptions {
  if (!sample) return {};
  const { seed, count, share } = sample;
  return { seed, sample: count === undefined ? { share: share ?? 1 } : { count } };
}

/** Runs the steps to their end, and lets signals come in now and then. */
async function untilAborted(
  steps: ReturnType<typeof proveSteps>,
  tally: Tally,
  { signal, onProgress }: ProvingOptions,
): Promise<Proof | undefined> {
  let restedAtMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - restedAtMs < betweenRestsMs) continue;
    onProgress?.({ ...step.value, counts: tally.counts() });
    await setImmediate();
    if (signal?.aborted) return undefined;
    restedAtMs = performance.now();
  }
}

const betweenRestsMs = 50;
