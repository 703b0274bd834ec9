import type { CoverageRow } from '../../conformance/coverage.ts';
import type { Results } from '../../evidence/results.ts';
import type { Suite } from '../../suites/suite.ts';
import { columns } from '../columns.ts';

/** Every row under what became of it; gaps come last, where they are seen. Ends with a newline. */
export function coverageText(rows: readonly CoverageRow[]): string {
  const sections = states.flatMap(({ state, title, tell }) => {
    const some = rows.filter(row => row.state === state);
    if (some.length === 0) return [];
    const lines = columns(
      some.map(row => [row.id, row.level, ...tell(row)]),
      '  ',
    );
    return [`${[title, ...lines].join('\n')}\n`];
  });
  const counts = states.map(({ state, word }) => `${rows.filter(row => row.state === state).length} ${word}`);
  return [...sections, `${rows.length} requirements: ${counts.join(', ')}\n`].join('\n');
}

export function coverageJson({ pack }: Suite, runs: readonly Results[], rows: readonly CoverageRow[]): string {
  const about = runs.map(({ results, target, startedAt }) => ({ name: results, target: target.title, startedAt }));
  return `${JSON.stringify({ antiphon: 1, coverage: pack, runs: about, requirements: rows }, null, 2)}\n`;
}

interface StateWords {
  readonly state: CoverageRow['state'];
  readonly title: string;
  readonly word: string;
  readonly tell: (row: CoverageRow) => readonly string[];
}

const states: readonly StateWords[] = [
  { state: 'decided', title: 'Decided', word: 'decided', tell: row => [row.verdict ?? 'none', whereText(row)] },
  { state: 'excluded', title: 'Excluded', word: 'excluded', tell: ({ excluded = '' }) => [excluded] },
  {
    state: 'not-applicable',
    title: 'Not applicable to any target that was run on',
    word: 'not applicable anywhere',
    tell: ({ text }) => [text],
  },
  { state: 'nothing', title: 'Decided by nothing', word: 'decided by nothing', tell: ({ text }) => [text] },
];

/** The runs that decided it, if there are several, and the first execution of the first. */
function whereText({ where }: CoverageRow): string {
  const [first = '', ...others] = where[0]?.executions ?? [];
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const runs = where.length > 1 ? `${where.map(({ configuration }) => configuration).join(', ')}: ` : '';
  return `${runs}${first}${more}`;
}
