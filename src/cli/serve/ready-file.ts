import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { AntiphonError, messageOf } from '../../foundation/errors.ts';

/** What a ready file says. Whoever waits for it finds it whole or not at all. */
export interface Ready {
  readonly protocol: string;
  readonly pid: number;
  /** By transport. */
  readonly endpoints: Readonly<Record<string, string>>;
}

export function writeReadyFile(path: string, ready: Ready): void {
  // Beside it, for a file cannot be renamed into another file system.
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(ready, null, 2)}\n`);
    renameSync(draft, path);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw notWritable(path, thrown);
  }
}

/** Before the server starts: one of an earlier server would be believed. When it has ended: it is ready no more. */
export function removeReadyFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (thrown) {
    throw notWritable(path, thrown);
  }
}

function notWritable(path: string, thrown: unknown): AntiphonError {
  const message = `Expected a ready file that can be written at ${path}, got: ${messageOf(thrown)}. Name another with --ready-file.`;
  return new AntiphonError('usage', 'ready-file-not-writable', message, { cause: thrown });
}
