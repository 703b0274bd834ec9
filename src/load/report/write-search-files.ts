import { join } from 'node:path';
import { writeReport } from '../../evidence/write-report.ts';
import type { LoadStep } from '../search/load-step.ts';
import type { CapacityResults, SweepResults } from '../search/search-results.ts';

/** `capacity.json` or `sweep.json`, and the same steps as lines of a `.csv`. Written again after each step. */
export function writeSearchFiles(results: CapacityResults | SweepResults, folder: string): void {
  writeReport(join(folder, `${results.kind}.json`), `${JSON.stringify(results, undefined, 2)}\n`);
  writeReport(join(folder, `${results.kind}.csv`), stepsCsv(results.steps));
}

export function stepsCsv(steps: readonly LoadStep[]): string {
  const lines = steps.map(step => columns.map(name => step[name] ?? '').join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

const columns = [
  'value',
  'verdict',
  'ended',
  'connections',
  'publishesPerSecond',
  'deliveriesPerSecond',
  'lost',
  'late',
  'deliveryP50Us',
  'deliveryP99Us',
  'deliveryP999Us',
  'run',
] as const;
