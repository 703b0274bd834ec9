import type { RequirementResult } from '../evidence/results.ts';
import { levels } from './words.ts';

/** What became of the rows of a ledger: a line for each level, then what seldom happens, if it did. */
export function renderRequirementTable(requirements: readonly RequirementResult[]): string[] {
  if (requirements.length === 0) return [];
  const rows = levels.map(level => ({ level, counts: countWords(requirements.filter(each => each.level === level)) }));
  const line = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(nameCells)}${cells.map((cell, k) => `  ${cell.padStart(columns[k]!.length)}`).join('')}`;
  const besides = seldom.flatMap(word =>
    rows.filter(({ counts }) => counts.has(word)).map(({ level, counts }) => `${counts.get(word)} ${level} ${word}`),
  );
  return [
    line('requirements', columns),
    ...rows.map(({ level, counts }) =>
      line(
        level,
        columns.map(column => String(counts.get(column) ?? 0)),
      ),
    ),
    ...(besides.length === 0 ? [] : [`and ${besides.join(', ')}`]),
  ];
}

function countWords(requirements: readonly RequirementResult[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { excluded, verdict } of requirements) {
    const word = excluded === undefined ? wordOf[verdict] : 'excluded';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

const wordOf: Readonly<Record<RequirementResult['verdict'], string>> = {
  pass: 'passed',
  fail: 'failed',
  'not-testable': 'not testable',
  inconclusive: 'inconclusive',
  none: 'undecided',
  error: 'with an error',
  'not-applicable': 'not applicable',
};
const columns: readonly string[] = ['passed', 'failed', 'not testable', 'inconclusive', 'undecided'];
const seldom: readonly string[] = ['with an error', 'not applicable', 'excluded'];
const nameCells = 'requirements'.length;
