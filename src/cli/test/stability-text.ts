import type { DifferingCheck, Stability, VerdictCounts } from '../../evidence/stability.ts';
import { columns } from '../columns.ts';

/** What differs, which rounds were odd, and one line for all. Ends with a newline. */
export function stabilityText(stability: Stability, reportsAt: string): string {
  const { differing, odd } = stability;
  const sections = [
    section(
      'Not the same in every round',
      differing.map(each => [
        each.execution,
        each.check ?? '(as a whole)',
        each.level ?? '',
        countsText(each.verdicts),
        roundsText(each),
      ]),
    ),
    section(
      'Rounds that were unlike the others; --seed repeats one',
      odd.map(({ round, seed, verdict, run }) => [
        `round ${round}`,
        `--seed ${seed}`,
        verdict,
        run === undefined ? 'its run was not kept' : `${reportsAt}/${run}`,
      ]),
    ),
  ];
  return [...sections, `${lineOf(stability)}; reports: ${reportsAt}\n`].join('');
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${[title, ...columns(rows, '  ')].join('\n')}\n\n`;
}

function lineOf({ stability, rounds, same, differing, load }: Stability): string {
  const { asked, done } = rounds;
  const word = done === 0 ? 'NOTHING WAS RUN' : differing.length > 0 ? 'UNSTABLE' : 'STABLE';
  const of = done === asked ? `${done} rounds` : `${done} of ${asked} rounds`;
  const checks = differing.filter(({ check }) => check !== undefined).length;
  const parts = [
    `${of} with ${load.threads} busy threads`,
    `${numberOf(same)} checks the same in each (${countsText(same) || 'none'})`,
    ...(differing.length > 0 ? [`${checks} ${checks === 1 ? 'check differs' : 'checks differ'}`] : []),
  ];
  return `${stability}: ${word}, ${parts.join(', ')}`;
}

function countsText(counts: VerdictCounts): string {
  return Object.entries(counts)
    .map(([verdict, count]) => `${verdict} ${count}`)
    .join(', ');
}

function roundsText({ oddRounds, usual }: DifferingCheck): string {
  const shown = oddRounds.slice(0, mostShown).join(', ');
  const more = oddRounds.length > mostShown ? ` and ${oddRounds.length - mostShown} more` : '';
  return `not ${usual} in round ${shown}${more}`;
}

function numberOf(counts: VerdictCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

const mostShown = 8;
