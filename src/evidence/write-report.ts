import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AntiphonError, messageOf } from '../foundation/errors.ts';
import { makeFolder } from './make-folder.ts';

/** Writes a report of what has run, with the folders above it. */
export function writeReport(path: string, text: string): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, text);
  } catch (thrown) {
    const message = `Expected a report that can be written to ${path}, got: ${messageOf(thrown)}. Name another path; the run itself is recorded.`;
    throw new AntiphonError('usage', 'report-not-writable', message, { cause: thrown });
  }
}
