import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { antiphon, echoPack, temporaryFolder } from './antiphon.ts';

/** A folder with the pack in it, in which files of the pack say something else. */
async function folderWithPack(changes: Readonly<Record<string, (text: string) => string>>): Promise<string> {
  const cwd = await temporaryFolder();
  await cp(echoPack, join(cwd, 'echo-pack'), { recursive: true });
  for (const [file, change] of Object.entries(changes)) {
    const path = join(cwd, 'echo-pack', file);
    await writeFile(path, change(await readFile(path, 'utf8')));
  }
  return cwd;
}

const withErrors = {
  'same.yaml': (text: string) => text.replace('send:', 'sent:'),
  'soon.yaml': (text: string) => text.replace('echo.soon', 'echo.son'),
};

describe('lint', () => {
  it('tells all problems of all files at once, with place, excerpt and advice', async () => {
    const cwd = await folderWithPack(withErrors);
    const { code, stdout, stderr } = await antiphon(['lint', 'echo-pack'], { cwd });
    expect(stdout).toContain(`echo-pack/same.yaml:8:5 error unknown-key: unknown key "sent" in `);
    expect(stdout).toContain(`
  7 |   - client: alice
  8 |     sent: { type: line, text: hello }
    |     ^^^^
`);
    expect(stdout).toContain('→ did you mean send?');
    expect(stdout).toContain(
      'echo-pack/soon.yaml:8:22 error unknown-check: expected a known row of the ledger, came echo.son',
    );
    expect(stdout).toContain('→ did you mean echo.soon?');
    expect(stdout).toMatch(/\n4 files of 1 pack: \d errors and 0 warnings\n$/);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  });

  it('tells only of the file that is named', async () => {
    const cwd = await folderWithPack(withErrors);
    const { code, stdout } = await antiphon(['lint', 'echo-pack/same.yaml'], { cwd });
    expect(stdout).toContain('same.yaml:8:5');
    expect(stdout).not.toContain('soon.yaml');
    expect(stdout).toMatch(/\n1 file of 1 pack: /);
    expect(code).toBe(2);
  });

  it('passes warnings', async () => {
    const unused = (text: string) =>
      text.replace('clients: { alice: connected }', 'clients: { alice: connected, bob: connected }');
    const cwd = await folderWithPack({ 'same.yaml': unused });
    const { code, stdout } = await antiphon(['lint', 'echo-pack'], { cwd });
    expect(stdout).toMatch(/^echo-pack\/same\.yaml:5:\d+ warning unused-client: /);
    expect(stdout).toMatch(/\n4 files of 1 pack: 0 errors and 1 warning\n$/);
    expect(code).toBe(0);
  });

  it('finds nothing wrong in a sound pack', async () => {
    expect(await antiphon(['lint', echoPack])).toEqual({
      code: 0,
      stdout: '4 files of 1 pack: no problems\n',
      stderr: '',
    });
  });

  it('finds no errors in the bundled packs', async () => {
    const { code, stdout } = await antiphon(['lint']);
    expect(stdout).not.toContain(' error ');
    expect(code).toBe(0);
  });

  it('speaks JSON', async () => {
    const cwd = await folderWithPack(withErrors);
    const { code, stdout } = await antiphon(['lint', 'echo-pack/same.yaml', '--format', 'json'], { cwd });
    const { antiphon: format, lint, files, packs } = JSON.parse(stdout);
    expect({ format, files, packs }).toEqual({ format: 1, files: 1, packs: 1 });
    expect(lint[0]).toEqual({
      path: 'echo-pack/same.yaml',
      file: 'echo-pack/same.yaml',
      line: 8,
      column: 5,
      endLine: 8,
      endColumn: 9,
      severity: 'error',
      code: 'unknown-key',
      message: expect.stringContaining('unknown key "sent"'),
      suggestion: 'did you mean send?',
    });
    expect(code).toBe(2);
  });

  it('annotates for GitHub', async () => {
    const cwd = await folderWithPack(withErrors);
    const { stdout } = await antiphon(['lint', 'echo-pack/same.yaml', '--format', 'github'], { cwd });
    expect(stdout).toMatch(
      /^::error file=echo-pack\/same\.yaml,line=8,col=5,endLine=8,title=unknown-key::unknown key "sent" in .*: did you mean send\?\n/,
    );
  });

  it('knows packs, and says which', async () => {
    const cwd = await temporaryFolder();
    const { code, stderr } = await antiphon(['lint', 'gradagenda/mesage'], { cwd });
    expect(stderr).toMatch(
      /^error: expected a pack, a scenario file or a topic folder called gradagenda\/mesage, found neither /,
    );
    expect(code).toBe(2);
  });
});
