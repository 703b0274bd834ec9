import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { antiphon, echoPack, temporaryFolder } from './antiphon.ts';
import { type Behaviour, startEchoServer } from './echo-server.ts';

/** A run of a copy of the pack, so that its files can be changed. */
async function recordRun(behaviour: Behaviour): Promise<{ readonly cwd: string; readonly run: string }> {
  const cwd = await temporaryFolder();
  await cp(echoPack, join(cwd, 'echo-pack'), { recursive: true });
  const { url } = await startEchoServer(behaviour);
  await antiphon(['test', './echo-pack', '--target', url, '--timeout', '200ms', '--quiet'], { cwd });
  const [name = ''] = await readdir(join(cwd, 'reports'));
  return { cwd, run: join('reports', name) };
}

async function readRun(cwd: string, run: string): Promise<readonly string[]> {
  return Promise.all(['results.json', 'junit.xml'].map(file => readFile(join(cwd, run, file), 'utf8')));
}

describe('judge', () => {
  for (const [behaviour, wanted] of [
    ['echo', 0],
    ['alter', 1],
  ] as const) {
    it(`makes the same bytes and the same exit code again: ${wanted}`, async () => {
      const { cwd, run } = await recordRun(behaviour);
      const before = await readRun(cwd, run);
      for (const file of ['results.json', 'junit.xml']) await rm(join(cwd, run, file));
      const { code, stdout, stderr } = await antiphon(['judge', run], { cwd });
      expect(await readRun(cwd, run)).toEqual(before);
      expect(stdout).toContain(`Reports: ${run}`);
      expect({ code, stderr }).toEqual({ code: wanted, stderr: '' });
    });
  }

  it('says which files have changed, and judges with them', async () => {
    const { cwd, run } = await recordRun('echo');
    const path = join(cwd, 'echo-pack', 'same.yaml');
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace(
        'frame: { type: line, text: hello }',
        'frame: { type: line }, verify: { check: echo.same, frame: { text: other } }',
      ),
    );
    const { code, stdout, stderr } = await antiphon(['judge', run], { cwd });
    expect(stderr).toMatch(
      /^changed since the run: echo-pack\/same\.yaml \(sha256:[0-9a-f]{12}, now sha256:[0-9a-f]{12}\)\n$/,
    );
    expect(stdout).toContain('Changed since the run, and judged as they are now: echo-pack/same.yaml');
    expect(code).toBe(1);
  });

  it('takes a log alone with a pack that is named, and writes nothing', async () => {
    const { cwd, run } = await recordRun('echo');
    await cp(join(cwd, run, 'events.jsonl'), join(cwd, 'log', 'events.jsonl'));
    const { code, stdout } = await antiphon(['judge', 'log/events.jsonl', '--pack', './echo-pack', '--quiet'], { cwd });
    expect(stdout).toBe('echo-pack: PASSED, 2 of 2 executions passed\n');
    expect(await readdir(join(cwd, 'log'))).toEqual(['events.jsonl']);
    expect(code).toBe(0);
  });

  it('of a log that was cut short is incomplete', async () => {
    const { cwd, run } = await recordRun('echo');
    const path = join(cwd, run, 'events.jsonl');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    await writeFile(path, `${lines.slice(0, -1).join('\n')}\n`);
    const { code, stdout } = await antiphon(['judge', run], { cwd });
    expect(stdout).toContain('Cut short: the event log ends without a footer');
    expect(code).toBe(4);
  });
});
