import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isFolder } from './is-folder.ts';

/**
 * Makes a folder and those above it that are not there yet, one by one: `mkdirSync` with `recursive` never returns where the system
 * says ENOENT in a folder that exists, as in /proc.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (thrown) {
    // Another process was faster.
    if (isFolder(path)) return;
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
    throw new Error(`ENOENT: the system lets nobody make a folder in ${above}`, { cause: thrown });
  }
}
