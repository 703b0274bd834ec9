import type { Results } from '../evidence/results.ts';
import { type Verdict, worst } from '../foundation/verdict.ts';
import { sourceText } from '../judging/failure-report.ts';
import type { Ledger, Requirement } from '../packs/file-types.ts';

/** One ledger row, and what runs say of it (language, section 13). */
export interface CoverageRow {
  readonly id: string;
  readonly level: Requirement['level'];
  readonly text: string;
  readonly source: string;
  readonly state: 'decided' | 'not-applicable' | 'excluded' | 'nothing';
  /** Of a decided row: the worst of all runs. */
  readonly verdict?: Verdict;
  readonly excluded?: string;
  /** Configuration and execution that decided it, each run's worst first. */
  readonly where: readonly {
    readonly configuration: string;
    readonly executions: readonly string[];
    readonly verdict: Verdict;
  }[];
}

/** A row counts as checked only if a check decided it in a run. */
export function coverageOf(runs: readonly Results[], ledger: Ledger): readonly CoverageRow[] {
  return ledger.requirements.map(requirement => {
    const { id, level, text, source, excluded } = requirement;
    const rows = runs.flatMap(run => {
      const suite = run.suites.find(({ requirements }) => requirements.some(row => row.id === id));
      const row = suite?.requirements.find(each => each.id === id);
      return row ? [{ configuration: run.results, row }] : [];
    });
    const where = rows.flatMap(({ configuration, row }) =>
      row.verdict === 'none' || row.verdict === 'not-applicable'
        ? []
        : [{ configuration, executions: row.decidedBy, verdict: row.verdict }],
    );
    const base = { id, level, text, source: sourceText(ledger, source), where };
    if (where.length > 0) return { ...base, state: 'decided', verdict: worst(where.map(({ verdict }) => verdict)) };
    if (excluded !== undefined) return { ...base, state: 'excluded', excluded };
    return { ...base, state: rows.some(({ row }) => row.verdict === 'not-applicable') ? 'not-applicable' : 'nothing' };
  });
}
