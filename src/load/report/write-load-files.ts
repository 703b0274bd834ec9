import { join } from 'node:path';
import type { RunDirectory } from '../../evidence/run-directory.ts';
import { writeReport } from '../../evidence/write-report.ts';
import { type CounterName, createCounters } from '../ledger/counters.ts';
import type { LoadResults, SecondResult } from '../load-results.ts';

/** `results.json` and `metrics.csv`, a line for each second. The event log has been written meanwhile. */
export function writeLoadFiles(results: LoadResults, { path, files }: RunDirectory): void {
  writeReport(files.results, `${JSON.stringify(results, undefined, 2)}\n`);
  writeReport(join(path, 'metrics.csv'), metricsCsv(results.seconds));
}

/** Figures of each second; counters since the begin of hold. */
export function metricsCsv(seconds: readonly SecondResult[]): string {
  const lines = seconds.map(second => {
    const { counters } = second;
    return [...columns.map(name => second[name] ?? ''), ...counterNames.map(name => counters[name])].join(',');
  });
  return `${[[...columns, ...counterNames].join(','), ...lines].join('\n')}\n`;
}

const columns = [
  'second',
  'publishes',
  'deliveries',
  'deliveryP50Us',
  'deliveryP90Us',
  'deliveryP99Us',
  'deliveryMaxUs',
  'sendDelayP99Us',
  'loopDelayP99Us',
  'runQueueShare',
] as const satisfies readonly (keyof SecondResult)[];

const counterNames = Object.keys(createCounters()) as readonly CounterName[];
