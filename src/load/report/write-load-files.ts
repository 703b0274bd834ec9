import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunDirectory } from '../../evidence/run-directory.ts';
import type { LoadResults, SecondResult } from '../load-results.ts';

/** `results.json` and `metrics.csv`, a line for each second. The event log has been written meanwhile. */
export function writeLoadFiles(results: LoadResults, { path, files }: RunDirectory): void {
  writeFileSync(files.results, `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(join(path, 'metrics.csv'), metricsCsv(results.seconds));
}

export function metricsCsv(seconds: readonly SecondResult[]): string {
  const lines = seconds.map(each => columns.map(name => each[name] ?? '').join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

const columns: readonly (keyof SecondResult)[] = [
  'second',
  'publishes',
  'deliveries',
  'lost',
  'late',
  'duplicate',
  'deliveryP50Us',
  'deliveryP99Us',
  'sendDelayP99Us',
];
