import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeReport } from './write-report.ts';

test('a report is written with the folders above it; one that cannot be is told of with what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-report-'));
  const path = join(folder, 'a', 'b', 'report.txt');
  writeReport(path, 'all is well\n');
  expect(readFileSync(path, 'utf8')).toBe('all is well\n');
  expect(() => writeReport(join(path, 'report.txt'), '')).toThrow(
    expect.objectContaining({ faultOf: 'usage', code: 'report-not-writable' }),
  );
});
