import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunDirectory } from './run-directory.ts';

let reports = '';
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'antiphon-reports-'));
});
afterEach(() => rmSync(reports, { recursive: true }));

const startedAt = new Date('2026-11-30T17:48:59.321Z');

test('names a folder by time and name, and the files in it', () => {
  const path = join(reports, 'deep', '20261130T174859Z-gradagenda');
  expect(createRunDirectory(join(reports, 'deep'), 'gradagenda', startedAt)).toEqual({
    path,
    files: {
      events: join(path, 'events.jsonl'),
      results: join(path, 'results.json'),
      junit: join(path, 'junit.xml'),
      proof: join(path, 'prove.json'),
    },
  });
});

test('gives each of several runs of one second a folder of its own', () => {
  for (let k = 0; k < 3; k++) createRunDirectory(reports, 'all', startedAt);
  expect(readdirSync(reports).sort()).toEqual([
    '20261130T174859Z-all',
    '20261130T174859Z-all-2',
    '20261130T174859Z-all-3',
  ]);
});

test.each([
  ['../../etc/passwd', 'etc-passwd'],
  ['Tinode & Café', 'Tinode-Cafe'],
  ['a\u0000b\u001b[31m', 'a-b-31m'],
  ['..', 'run'],
  ['', 'run'],
  ['日本', 'run'],
  ['x'.repeat(300), 'x'.repeat(60)],
])('makes a name safe: %j', (name, safe) => {
  expect(createRunDirectory(reports, name, startedAt).path).toBe(join(reports, `20261130T174859Z-${safe}`));
});

test('says that it cannot be created before anything runs', () => {
  const file = join(reports, 'file');
  writeFileSync(file, '');
  const wanted = join(file, '20261130T174859Z-all');
  expect(() => createRunDirectory(file, 'all', startedAt)).toThrow(
    expect.objectContaining({
      faultOf: 'usage',
      code: 'reports-not-writable',
      message: `The folder ${wanted} for this run could not be created: EEXIST: file already exists, mkdir '${file}'. Name a folder that can be written; nothing was run.`,
    }),
  );
});

test('says that it cannot be created in a folder that takes none, and does not hang', () => {
  expect(() => createRunDirectory('/proc/reports', 'all', startedAt)).toThrow(
    expect.objectContaining({
      faultOf: 'usage',
      code: 'reports-not-writable',
      message:
        'The folder /proc/reports/20261130T174859Z-all for this run could not be created: ENOENT: the system lets nobody make a folder in /proc. Name a folder that can be written; nothing was run.',
    }),
  );
});
