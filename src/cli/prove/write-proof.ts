import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { AntiphonError, messageOf } from '../../foundation/errors.ts';
import type { ProofReport } from '../../prove/proof-report.ts';
import { visibleJson } from '../../reporters/json.ts';

export function proofJson(report: ProofReport): string {
  return visibleJson(report);
}

/** Whole or not at all: under another name first. */
export function writeProof(path: string, report: ProofReport): void {
  const unfinished = `${path}.unfinished`;
  try {
    writeFileSync(unfinished, proofJson(report));
    renameSync(unfinished, path);
  } catch (thrown) {
    rmSync(unfinished, { force: true });
    const message = `Expected a report that can be written to ${path}, got: ${messageOf(thrown)}. Make its folder writable, or copy the run; the run itself is recorded.`;
    throw new AntiphonError('usage', 'report-not-writable', message, { cause: thrown });
  }
}
