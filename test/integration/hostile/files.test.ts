import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { antiphon, temporaryFolder } from './run-antiphon.ts';
import { askingOn, writePack } from './small-pack.ts';

const asking = askingOn('lines');
const good = { 'ask.yaml': asking };
const header = 'antiphon: 1\nscenario: Something else\nprotocol: small\n';

/** Each name stands for nine of the one before: the last for a billion values. */
const bomb = [...'abcdefghij']
  .map((name, k, all) => `${name}: &${name} [${Array(9).fill(k === 0 ? 'x' : `*${all[k - 1]}`)}]\n`)
  .join('');

/** A sound pack with something at a path in it that is made by other means. */
function packWith(path: string, make: (path: string) => void): string {
  const folder = writePack(good);
  make(join(folder, path));
  return folder;
}

const pipe = (path: string) => void execFileSync('mkfifo', [path]);

const packs: Readonly<Record<string, readonly [make: () => string, told: string]>> = {
  'an alias bomb': [() => writePack({ ...good, 'bomb.yaml': header + bomb }), 'bomb.yaml:7:8 error alias-limit:'],
  'an alias bomb in pack.yaml': [
    () => writePack({ ...good, 'pack.yaml': `antiphon: 1\npack: small\n${bomb}` }),
    'pack.yaml:6:8 error alias-limit:',
  ],
  tabs: [
    () => writePack({ ...good, 'tabs.yaml': `${header}clients:\n\talice: connected\n` }),
    'tabs.yaml:5:1 error tab: a tab stands between values',
  ],
  'two documents': [
    () => writePack({ 'ask.yaml': `${asking}---\n${asking}` }),
    'ask.yaml:10:1 error several-documents: expected one document, came a second one',
  ],
  'ten megabytes': [
    () => writePack({ 'ask.yaml': asking + '# filler filler\n'.repeat(655_360) }),
    'ask.yaml:1:1 error file-too-large: a file has at most 1 MB',
  ],
  'three gigabytes': [
    () => packWith('ask.yaml', path => truncateSync(path, 3 * 2 ** 30)),
    'ask.yaml, which cannot be read: it has 3221225472 bytes',
  ],
  'a NUL byte': [
    () => writePack({ 'ask.yaml': asking.replace('What', 'Wh\0t') }),
    'ask.yaml, which cannot be read: it has NUL bytes',
  ],
  'UTF-16': [
    () => writePack({ 'ask.yaml': Buffer.from(`\ufeff${asking}`, 'utf16le') }),
    'ask.yaml, which cannot be read: its bytes are not UTF-8',
  ],
  'depth of 20,000': [
    () => writePack({ ...good, 'deep.yaml': `${header}vars: { a: ${'['.repeat(20_000)}${']'.repeat(20_000)} }\n` }),
    'error too-deep: lists and maps are nested too deep to be read',
  ],
  'an empty scenario': [() => writePack({ ...good, 'empty.yaml': '' }), 'empty.yaml:1:1 error empty-file:'],
  'an empty pack.yaml': [() => writePack({ ...good, 'pack.yaml': '' }), 'pack.yaml:1:1 error empty-file:'],
  'an empty ledger': [() => writePack({ ...good, 'requirements.yaml': '' }), 'error ledger-missing: expected a ledger'],
  'a client called __proto__': [
    () => writePack({ 'ask.yaml': asking.replaceAll('alice', '__proto__') }),
    'error bad-name: expected a name of letters, digits, _ and -, came the key "__proto__"',
  ],
  'a link to nowhere': [
    () => packWith('gone.yaml', path => symlinkSync('nowhere', path)),
    'gone.yaml, which cannot be read: ENOENT: no such file or directory',
  ],
  'a link to itself': [
    () => packWith('loop.yaml', path => symlinkSync('loop.yaml', path)),
    'loop.yaml, which cannot be read: ELOOP: too many symbolic links',
  ],
  'a link to a device': [
    () => packWith('zero.yaml', path => symlinkSync('/dev/zero', path)),
    'zero.yaml, which cannot be read: it is no plain file',
  ],
  'a pipe': [() => packWith('pipe.yaml', pipe), 'pipe.yaml, which cannot be read: it is no plain file'],
  'a schema that is a pipe': [
    () => packWith('schemas/received/pipe.schema.json', pipe),
    'pipe.schema.json, which cannot be read: it is no plain file',
  ],
  'a schema that is empty': [
    () => writePack({ ...good, 'schemas/received/answer.schema.json': '' }),
    'answer.schema.json, but at character 1: expected a value, the end came',
  ],
  'a schema of depth 5,000': [
    () => writePack({ ...good, 'schemas/received/answer.schema.json': '{"not":'.repeat(5_000) }),
    'expected at most 512 levels, one more came',
  ],
};

describe('the lint says what is wrong with a pack, and ends', () => {
  test.concurrent.each(Object.keys(packs))('%s', async name => {
    const [make, told] = packs[name]!;
    const { code, stdout, stderr } = await antiphon(['lint', make()]);
    expect({ code, said: stdout + stderr }).toEqual({ code: 2, said: expect.stringContaining(told) });
  });
});

test('a file that cannot be read is one problem among the others of its pack', async () => {
  const folder = writePack({
    ...good,
    'bytes.yaml': Uint8Array.of(0xe4),
    'fragments/bytes.yaml': Uint8Array.of(0xe4),
    'more.yaml': asking.replace('scenario:', 'tag: [x]\nscenario:'),
  });
  const { code, stdout } = await antiphon(['lint', folder]);
  const told = [...stdout.matchAll(/^\S*\/(\w+\.yaml:\d+:\d+ \w+ [\w-]+)/gm)].map(([, place]) => place);
  expect(told).toEqual([
    'bytes.yaml:1:1 error file-unreadable',
    'bytes.yaml:1:1 error file-unreadable',
    'more.yaml:2:1 error unknown-key',
    'more.yaml:3:1 error key-order',
  ]);
  expect(code).toBe(2);
});

describe('a path that is not what it should be', () => {
  test('a folder called pack.yaml is no pack', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'pack.yaml'));
    const { code, stderr } = await antiphon(['lint', folder]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('with no pack.yaml in it') });
  });

  test('a scenario file without a pack around it is not run', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'ask.yaml'), asking);
    const { code, stderr } = await antiphon(['test', join(folder, 'ask.yaml'), '--target', 'tcp://127.0.0.1:1']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('with no pack.yaml in it or above') });
  });

  test('a folder as target file is said to be none', async () => {
    const folder = temporaryFolder();
    const { code, stderr } = await antiphon(['test', writePack(good), '--target', folder]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`Expected a target as a URL (ws://host:port/, or host:port) or as a file`),
    });
  });

  test('an alias bomb as target file is refused', async () => {
    const target = join(temporaryFolder(), 'target.yaml');
    writeFileSync(target, `antiphon: 1\ntarget: A bomb\nprotocol: small\n${bomb}`);
    const { code, stderr } = await antiphon(['test', writePack(good), '--target', target]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('alias-limit') });
  });

  test.each([
    ['a folder without a log', () => temporaryFolder(), 'could not be read: ENOENT'],
    ['an empty log', () => '/dev/null', 'the event log has no whole line'],
    ['something else', () => import.meta.filename, ':1: this line of the event log is broken'],
  ])('judge says that there is no log: %s', async (_, make, told) => {
    const { code, stderr } = await antiphon(['judge', make()]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(told) });
  });
});

test('nothing is run if a file is wrong', async () => {
  const folder = writePack({ ...good, 'bomb.yaml': header + bomb });
  const reports = join(temporaryFolder(), 'reports');
  const { code, stderr } = await antiphon(['test', folder, '--target', 'tcp://127.0.0.1:1', '--reports', reports]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('nothing was run') });
  expect(existsSync(reports)).toBe(false);
});
