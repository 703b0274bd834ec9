import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askSource } from './source-supply.ts';

describe('a source of facts', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'antiphon-source-'));
    writeFileSync(join(folder, 'otp.log'), 'ann@x.example 1111\nben@x.example 2222\nann@x.example 3333\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a fixed value', async () => {
    expect(await askSource('otp', { kind: 'fixed', value: '0000' }, {}, folder)).toBe('0000');
  });

  test('the newest match in a file beside the target file, for what was asked', async () => {
    const supply = { kind: 'file', path: 'otp.log', pattern: '^$(email) ([0-9]{4})$', withinUs: 1e6 } as const;
    expect(await askSource('otp', supply, { email: 'ann@x.example' }, folder)).toBe('3333');
    expect(await askSource('otp', supply, { email: 'ben@x.example' }, folder)).toBe('2222');
  });

  test('what a program prints, run in the folder of the target file', async () => {
    const print = 'console.log(process.cwd(), "otp", process.argv[1])';
    const supply = {
      kind: 'command',
      command: [process.execPath, '-e', print, '$(email)'],
      pattern: 'otp (\\S+)',
      withinUs: 5e6,
    } as const;
    expect(await askSource('otp', supply, { email: 'ann@x.example' }, folder)).toBe('ann@x.example');
  });

  test('one that gives nothing says so, with what it was', async () => {
    const supply = { kind: 'file', path: 'none.log', withinUs: 1 } as const;
    await expect(askSource('otp', supply, {}, folder)).rejects.toThrow(
      'The source `otp` was expected to give a value; its file none.log gave none',
    );
  });
});
