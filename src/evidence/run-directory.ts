import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AntiphonError, messageOf } from '../foundation/errors.ts';
import { makeFolder } from './make-folder.ts';

/** The files of a run, by what they hold. */
export const fileNames = {
  events: 'events.jsonl',
  results: 'results.json',
  junit: 'junit.xml',
  proof: 'prove.json',
} as const;

export interface RunDirectory {
  readonly path: string;
  readonly files: Readonly<Record<keyof typeof fileNames, string>>;
}

/** Creates `<reports>/<time>-<name>/`, a folder that no other run has, also not one of the same second in another process. */
export function createRunDirectory(reports: string, name: string, startedAt: Date): RunDirectory {
  const wanted = join(reports, `${timeOf(startedAt)}-${safeName(name)}`);
  try {
    makeFolder(reports);
    for (let k = 1; ; k++) {
      const path = k === 1 ? wanted : `${wanted}-${k}`;
      if (tryCreate(path)) return runDirectoryOf(path);
    }
  } catch (thrown) {
    const message = `The folder ${wanted} for this run could not be created: ${messageOf(thrown)}. Name a folder that can be written; nothing was run.`;
    throw new AntiphonError('usage', 'reports-not-writable', message, { cause: thrown });
  }
}

/** The paths of a run directory that exists. */
export function runDirectoryOf(path: string): RunDirectory {
  const files = {
    events: join(path, fileNames.events),
    results: join(path, fileNames.results),
    junit: join(path, fileNames.junit),
    proof: join(path, fileNames.proof),
  };
  return { path, files };
}

function tryCreate(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}

// 2026-11-30T17:48:59.123Z to 20261130T174859Z: sorts by time, and is a file name everywhere.
function timeOf(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function safeName(name: string): string {
  const safe = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .slice(0, nameLength)
    .replace(/^[-.]+|[-.]+$/g, '');
  return safe === '' ? 'run' : safe;
}

const nameLength = 60;
