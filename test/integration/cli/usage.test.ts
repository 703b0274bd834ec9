import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { referenceProtocols } from '../../../reference-server/index.ts';
import { bundledPacks } from '../../../src/packs/find-pack.ts';
import { antiphon } from './antiphon.ts';

const commands = ['test', 'load', 'calibrate', 'serve', 'judge', 'lint', 'list', 'show', 'coverage', 'prove'];

describe('help', () => {
  it('of antiphon', async () => {
    const { code, stdout, stderr } = await antiphon(['--help']);
    await expect(stdout).toMatchFileSnapshot('samples/help.txt');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  for (const command of commands) {
    it(`of ${command}, with examples`, async () => {
      const { code, stdout } = await antiphon([command, '--help']);
      await expect(stdout).toMatchFileSnapshot(`samples/help-${command}.txt`);
      expect(stdout).toContain(`Examples:\n  antiphon ${command}`);
      expect(code).toBe(0);
    });
  }

  it('is no wider than 100 characters', async () => {
    for (const command of commands) {
      const { stdout } = await antiphon([command, '--help']);
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
    }
  });

  it('is what comes without a command, as an error', async () => {
    const { code, stdout, stderr } = await antiphon([]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Usage: antiphon \[options\] \[command\]\n/);
    expect(code).toBe(2);
  });
});

describe('the version', () => {
  it('is that of the package', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'));
    expect(await antiphon(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('what nobody knows', () => {
  const hint = '(--help lists what there is)\n';
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['tset'], `error: unknown command 'tset'\n(Did you mean test?)\n${hint}`],
    [['test', '--jbos', '3'], `error: unknown option '--jbos'\n(Did you mean --jobs?)\n${hint}`],
    [
      ['test', '--reporter', 'junti'],
      `error: option '--reporter <name[=path]>' argument 'junti' is invalid. Expected one of console, json, junit, github. Did you mean junit?\n${hint}`,
    ],
    [
      ['test', '--shard', '4/3'],
      `error: option '--shard <k/n>' argument '4/3' is invalid. Expected k/n with k from 1 to n, such as 2/3.\n${hint}`,
    ],
    [
      ['test', '--timeout', '5'],
      `error: option '--timeout <duration>' argument '5' is invalid. Expected a duration with its unit (us, ms, s, min, h), such as 500ms or 5s.\n${hint}`,
    ],
    [
      ['test', '--var', 'host'],
      `error: option '--var <name=value>' argument 'host' is invalid. Expected name=value.\n${hint}`,
    ],
    [
      ['test', '--level', 'shall'],
      `error: option '--level <level>' argument 'shall' is invalid. Allowed choices are must, should, may.\n${hint}`,
    ],
    [
      ['test', 'gradagenda', '--target', 'no-such.yaml'],
      'error: Expected a target as a URL (ws://host:port/, or host:port) or as a file, got no-such.yaml, which is neither. Check its path.\n',
    ],
    [
      ['show', 'mesage.once'],
      `error: Expected a scenario or a requirement of ${bundledPacks().join(', ')}, got mesage.once. Did you mean message.once?\n`,
    ],
    [
      ['serve', 'gradagena'],
      `error: Expected a protocol that has a reference server, got "gradagena". Did you mean "gradagenda"? Known are: ${referenceProtocols.join(', ')}.\n`,
    ],
  ];
  for (const [args, wanted] of rows) {
    it(`antiphon ${args.join(' ')}`, async () => {
      expect(await antiphon(args)).toEqual({ code: 2, stdout: '', stderr: wanted });
    });
  }
});

describe('--verbose', () => {
  it('adds code, causes and stacks', async () => {
    const args = ['judge', 'no-such-run'];
    const brief = await antiphon(args);
    const verbose = await antiphon([...args, '--verbose']);
    expect(brief.stderr).toMatch(/^error: .*no-such-run.*\n\(--verbose shows the cause\)\n$/);
    expect(verbose.stderr).toMatch(/\n {2}code: log-not-readable\n {4}at /);
    expect(verbose.stderr).toContain('  caused by: ENOENT');
    expect([brief.code, verbose.code]).toEqual([2, 2]);
  });
});
