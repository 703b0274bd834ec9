/** Changes what the target said in a log, one thing at a time, and judges it again: what is noticed, and what not (docs/prove.md). */
import type { JudgedLog } from '../judging/judge.ts';
import type { Suite } from '../suites/suite.ts';
import type { Unread } from './executions.ts';
import { judgeMutant } from './fate.ts';
import type { JudgedMutant, Mutant, Proof } from './mutant.ts';
import { type Sample, sampleOf } from './sample.ts';
import { mutantsIn, passingIn, visitMutants } from './walk.ts';

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
  const left: Unread[] = [];
  const of = countExecutions(log);
  const chosen = sample && sampleOf(mutantsOf(log, suites), sample, seed);
  let executions = 0;
  let mutants = 0;
  let judged = 0;
  let judgingMs = 0;
  for (const surveyed of passingIn(log, suites, each => left.push(each))) {
    yield { done: executions + left.length, of };
    executions++;
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
    executions,
    left,
    mutants,
    judged,
    judgingUs: Math.round(judgingMs * 1000),
    preparingUs: Math.round((performance.now() - beganMs - judgingMs) * 1000),
  };
}

function countExecutions({ events }: JudgedLog): number {
  let count = 0;
  for (const { event } of events) if (event === 'begin') count++;
  return count;
}

/** Every mutant of a log, in its order. */
export function mutantIds(log: JudgedLog, suites: ReadonlyMap<string, Suite>): readonly string[] {
  return [...mutantsOf(log, suites)].map(({ id }) => id);
}

function* mutantsOf(log: JudgedLog, suites: ReadonlyMap<string, Suite>): Generator<Mutant> {
  for (const surveyed of passingIn(log, suites, () => {})) for (const { mutant } of mutantsIn(surveyed)) yield mutant;
}
