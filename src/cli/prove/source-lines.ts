import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Suite } from '../../suites/suite.ts';

/** The lines of a file of a pack by its logical name; none if it is not there. Read once. */
export type SourceLines = (file: string) => readonly string[];

export function readSourceLines(suites: Iterable<Suite>): SourceLines {
  const folders = new Map([...suites].map(({ folder }) => [basename(folder), folder]));
  const read = new Map<string, readonly string[]>();
  return file => {
    let lines = read.get(file);
    if (!lines) {
      lines = linesOf(file, folders);
      read.set(file, lines);
    }
    return lines;
  };
}

function linesOf(file: string, folders: ReadonlyMap<string, string>): readonly string[] {
  const [first = '', ...below] = file.split('/');
  const folder = folders.get(first);
  const path = folder === undefined ? '' : join(folder, ...below);
  return existsSync(path) ? readFileSync(path, 'utf8').split(/\r?\n/) : [];
}
