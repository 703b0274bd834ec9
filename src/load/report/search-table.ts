import { formatDurationUs } from '../../foundation/duration.ts';
import { worst } from '../../foundation/verdict.ts';
import type { LoadVerdict } from '../judge/verdict.ts';
import { rateText } from '../search/find-capacity.ts';
import type { LoadStep } from '../search/load-step.ts';
import type { CapacityResults, SearchHeader, SweepResults } from '../search/search-results.ts';
import { factList } from './fact-list.ts';
import { markdownTable } from './markdown-table.ts';

/** What a person reads of a search, and can paste. Ends with a newline. */
export function capacityTable(results: CapacityResults): string {
  const { verdict, finding, objective, steps } = results;
  const facts = factList([...about(results), ['objective', objective.join(' && ')]]);
  const head = [`${capacityWords[verdict]}: ${finding}`, '', ...facts];
  return `${[...head, '', ...stepTable('rate', steps, ({ value }) => rateText(value))].join('\n')}\n`;
}

const capacityWords = { pass: 'CAPACITY', fail: 'NO CAPACITY', inconclusive: 'INCONCLUSIVE' } as const;

/** Likewise of a sweep. */
export function sweepTable(results: SweepResults): string {
  const { verdict, over, unit, steps, complete } = results;
  const valueText = ({ value }: LoadStep) => (unit === 'perSecond' ? rateText(value) : value.toLocaleString('en'));
  const name = unit === 'bytes' ? 'payload, bytes' : unit === 'users' ? `${over}, users` : over;
  const reasons = steps.flatMap(step => step.reasons.slice(0, 1).map(why => `- ${valueText(step)}: ${why}`));
  const head = [`${sweepWords[verdict]}: ${results.title}${complete ? '' : ' (not all points were run)'}`, ''];
  const lines = [...head, ...factList(about(results)), '', ...stepTable(name, steps, valueText)];
  return `${[...lines, ...(reasons.length === 0 ? [] : ['', ...reasons])].join('\n')}\n`;
}

const sweepWords = { pass: 'PASSED', fail: 'FAILED', inconclusive: 'INCONCLUSIVE' } as const;

export function worstOf(steps: readonly LoadStep[]): LoadVerdict {
  return worst(['pass', ...steps.map(({ verdict }) => verdict)]) as LoadVerdict;
}

function about({ workload, target }: SearchHeader): readonly (readonly [string, string])[] {
  return [
    ['workload', workload],
    ['target', target.title],
  ];
}

function stepTable(name: string, steps: readonly LoadStep[], valueText: (step: LoadStep) => string): readonly string[] {
  const head = [name, '', 'published/s', 'delivered/s', 'p50', 'p99', 'p99.9', 'lost', 'late'];
  const lines = steps.map(step => [
    valueText(step),
    step.ended === 'completed' ? step.verdict : `${step.verdict}, ${step.ended}`,
    number(step.publishesPerSecond),
    number(step.deliveriesPerSecond),
    ...[step.deliveryP50Us, step.deliveryP99Us, step.deliveryP999Us].map(us =>
      us === undefined ? '-' : formatDurationUs(us),
    ),
    number(step.lost),
    number(step.late),
  ]);
  return markdownTable(head, lines, 'rlrrrrrrr');
}

function number(amount: number): string {
  return Number(amount.toPrecision(4)).toLocaleString('en');
}
