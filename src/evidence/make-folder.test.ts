import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antiphon-folders-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['below nothing yet', () => join(folder, 'a/b/c')],
  ['that is there', () => folder],
  ['with a slash at its end', () => `${join(folder, 'a')}/`],
  ['by a relative path', () => relative(process.cwd(), join(folder, 'a/b'))],
  ['the working folder', () => '.'],
  ['the root', () => '/'],
])('makes a folder %s', (_, path) => {
  makeFolder(path());
  makeFolder(path());
  expect(statSync(path()).isDirectory()).toBe(true);
});

test('names the file that is in the way', () => {
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('nowhere', join(folder, 'link'));
  expect(() => makeFolder(join(folder, 'file/below/deeper'))).toThrow(
    `EEXIST: file already exists, mkdir '${join(folder, 'file')}'`,
  );
  expect(() => makeFolder(join(folder, 'link/below'))).toThrow(
    `EEXIST: file already exists, mkdir '${join(folder, 'link')}'`,
  );
});

test('ends where the system lets nobody make a folder', () => {
  expect(() => makeFolder('/proc/reports/below')).toThrow('ENOENT: the system lets nobody make a folder in /proc');
});
