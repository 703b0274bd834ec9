import type { Results } from '../evidence/results.ts';
import { type Verdict, worst } from '../foundation/verdict.ts';

/** One line for runs together: `FAILED, 118 of 120 executions passed, 2 failed`. */
export function verdictLine(runs: readonly Results[]): string {
  const sum = (count: (results: Results) => number) => runs.reduce((total, results) => total + count(results), 0);
  const all = sum(({ counts }) => counts.executions);
  const parts = [
    `${sum(({ counts }) => counts.passed)} of ${all} ${all === 1 ? 'execution' : 'executions'} passed`,
    ...counted(
      sum(({ counts }) => counts.failed),
      'failed',
    ),
    ...counted(
      sum(({ counts }) => counts.errors),
      'stopped by an error',
    ),
    ...counted(
      sum(({ counts }) => counts.inconclusive),
      'inconclusive',
    ),
    ...counted(
      sum(({ counts }) => counts.notApplicable),
      'not applicable',
    ),
    ...counted(
      sum(({ counts }) => counts.notRun),
      'not run',
    ),
  ];
  const complete = runs.every(results => results.complete) ? '' : ' and not complete';
  return `${words[worst(runs.map(({ verdict }) => verdict))]}${complete}, ${parts.join(', ')}`;
}

function counted(amount: number, what: string): readonly string[] {
  return amount === 0 ? [] : [`${amount} ${what}`];
}

const words: Readonly<Record<Verdict, string>> = {
  none: 'NOTHING WAS CHECKED',
  pass: 'PASSED',
  inconclusive: 'INCONCLUSIVE',
  'not-testable': 'FAILED',
  fail: 'FAILED',
  error: 'ERROR',
};
