/** Changes what the target said in a log, one thing at a time, and judges it again: what is noticed, and what not (docs/prove.md). */
import type { JudgedLog } from '../judging/judge.ts';
import type { Suite } from '../suites/suite.ts';
import { judgeMutant } from './fate.ts';
import type { JudgedMutant, Mutant, Proof } from './mutant.ts';
import { type Sample, sampleOf } from './sample.ts';
import { mutantsIn, passingIn, type Surveyed, visitMutants } from './walk.ts';

export interface ProveOptions {
  /** Only some of them. */
  readonly sample?: Sample;
  /** What the sample is drawn from. */
  readonly seed?: string;
}

/** Executions, done and in all. */
export interface ProveProgress {
  readonly done: number;
  readonly of: number;
}

/** As `proveSteps`, without a pause. */
export function proveLog(
  log: JudgedLog,
  suites: ReadonlyMap<string, Suite>,
  options: ProveOptions,
  onJudged: (judged: JudgedMutant) => void,
): Proof {
  const steps = proveSteps(log, suites, options, onJudged);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Judges the mutants of one execution at each step. Who stops asking has what was judged so far. */
export function* proveSteps(
  log: JudgedLog,
  suites: ReadonlyMap<string, Suite>,
  { sample, seed = '1' }: ProveOptions,
  onJudged: (judged: JudgedMutant) => void,
): Generator<ProveProgress, Proof> {
  const beganMs = performance.now();
  const left: { readonly execution: string; readonly verdict: string }[] = [];
  const passing = [...passingIn(log, suites, each => left.push(each))];
  const chosen = sample && sampleOf(mutantsOf(passing), sample, seed);
  let mutants = 0;
  let judged = 0;
  let judgingMs = 0;
  for (const [done, surveyed] of passing.entries()) {
    yield { done, of: passing.length };
    visitMutants(surveyed, (edit, before) => {
      mutants++;
      if (chosen && !chosen.has(edit.mutant.id)) return;
      judged++;
      const fromMs = performance.now();
      const found = judgeMutant(edit, before);
      judgingMs += performance.now() - fromMs;
      onJudged(found);
    });
  }
  return {
    packs: log.header.suites.map(({ pack }) => pack),
    executions: passing.length,
    left,
    mutants,
    judged,
    judgingUs: Math.round(judgingMs * 1000),
    preparingUs: Math.round((performance.now() - beganMs - judgingMs) * 1000),
  };
}

/** Every mutant of a log, in its order. */
export function mutantIds(log: JudgedLog, suites: ReadonlyMap<string, Suite>): readonly string[] {
  return [...mutantsOf([...passingIn(log, suites, () => {})])].map(({ id }) => id);
}

function* mutantsOf(passing: readonly Surveyed[]): Generator<Mutant> {
  for (const surveyed of passing) for (const { mutant } of mutantsIn(surveyed)) yield mutant;
}
