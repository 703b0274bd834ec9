import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readTextFile } from './read-text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'antiphon-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('reads what is UTF-8', () => {
  writeFileSync(join(folder, 'good.yaml'), 'title: Ä ☃\n');
  expect(readTextFile(join(folder, 'good.yaml'))).toBe('title: Ä ☃\n');
});

test.each<[string, (path: string) => void, string]>([
  ['folder', path => mkdirSync(path), 'it is no plain file'],
  ['pipe', path => void execFileSync('mkfifo', [path]), 'it is no plain file'],
  ['device', path => symlinkSync('/dev/zero', path), 'it is no plain file'],
  ['dangling', path => symlinkSync('nowhere', path), 'ENOENT: no such file or directory'],
  ['loop', path => symlinkSync('loop', path), 'ELOOP: too many symbolic links'],
  ['latin1', path => writeFileSync(path, Uint8Array.of(0x61, 0xe4)), 'its bytes are not UTF-8'],
  ['nul', path => writeFileSync(path, 'a\0b'), 'it has NUL bytes'],
])('says why it cannot read: %s', (name, make, why) => {
  const path = join(folder, name);
  make(path);
  expect(() => readTextFile(path)).toThrow(
    expect.objectContaining({
      faultOf: 'scenario',
      code: 'file-unreadable',
      message: expect.stringContaining(`expected a text file in UTF-8 at ${path}, which cannot be read: ${why}`),
    }),
  );
});
