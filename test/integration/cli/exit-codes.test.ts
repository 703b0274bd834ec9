import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { antiphon, echoPack, startAntiphon, temporaryFolder } from './antiphon.ts';
import { startEchoServer } from './echo-server.ts';

describe('exit codes of the real binary', () => {
  it('0: the gate is passed', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startEchoServer('echo');
    const { code, stdout } = await antiphon(['test', echoPack, '--target', url], { cwd });
    expect(stdout).toContain('2 executions: 2 passed');
    expect(stdout.trimEnd().endsWith('PASSED')).toBe(true);
    expect(code).toBe(0);
    const [run = ''] = await readdir(join(cwd, 'reports'));
    expect(run).toMatch(/^\d{8}T\d{6}Z-echo-pack$/);
    expect((await readdir(join(cwd, 'reports', run))).sort()).toEqual(['events.jsonl', 'junit.xml', 'results.json']);
  });

  it('1: a requirement failed', async () => {
    const { url } = await startEchoServer('alter');
    const cwd = await temporaryFolder();
    const { code, stdout } = await antiphon(['test', echoPack, '--target', url, '--timeout', '200ms'], { cwd });
    expect(stdout).toContain('echo.same');
    expect(stdout.trimEnd().endsWith('FAILED')).toBe(true);
    expect(code).toBe(1);
  });

  it('2: an option is wrong', async () => {
    const { code, stdout, stderr } = await antiphon(['test', '--jobs', 'many']);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      "error: option '--jobs <n>' argument 'many' is invalid. Expected a whole number from 1 to 1000000, such as 4.\n(--help lists what there is)\n",
    );
    expect(code).toBe(2);
  });

  it('2: a file of the suite has errors, and nothing is run', async () => {
    const cwd = await temporaryFolder();
    await cp(echoPack, join(cwd, 'broken'), { recursive: true });
    const broken = (await readFile(join(echoPack, 'same.yaml'), 'utf8')).replace('steps:', 'stepz:');
    await writeFile(join(cwd, 'broken', 'same.yaml'), broken);
    const { code, stderr } = await antiphon(['test', './broken', '--target', '127.0.0.1:1'], { cwd });
    expect(stderr).toContain('broken/same.yaml:6:1 error unknown-key');
    expect(stderr).toContain('did you mean steps?');
    expect(stderr).toMatch(
      /error: Expected files without errors, found \d errors? and \d warnings?, listed above\. Correct them; nothing was run\.\n$/,
    );
    expect(await readdir(cwd)).toEqual(['broken']);
    expect(code).toBe(2);
  });

  it('3: the target cannot be reached', async () => {
    const cwd = await temporaryFolder();
    const { code, stderr } = await antiphon(['test', echoPack, '--target', 'tcp://127.0.0.1:1'], { cwd });
    expect(stderr).toBe(
      'error: The target was expected to listen at 127.0.0.1:1; a connection to it failed: ECONNREFUSED. Start the server, or give its address with --target.\n',
    );
    expect(code).toBe(3);
  });

  it('4: nothing ran', async () => {
    const { url } = await startEchoServer('echo');
    const cwd = await temporaryFolder();
    const { code, stdout } = await antiphon(['test', echoPack, '--target', url, '--filter', 'no-such-scenario'], {
      cwd,
    });
    expect(stdout).toContain('0 executions: nothing ran');
    expect(code).toBe(4);
  });

  it('4: nothing is left for this part of the run', async () => {
    const { url } = await startEchoServer('echo');
    const cwd = await temporaryFolder();
    expect((await antiphon(['test', echoPack, '--target', url, '--shard', '3/3'], { cwd })).code).toBe(4);
  });

  it('70: a defect of our own', async () => {
    const { url } = await startEchoServer('echo');
    const cwd = await temporaryFolder();
    const preloaded = join(cwd, 'break-the-clock.cjs');
    await writeFile(preloaded, 'Date.prototype.toISOString = () => { throw new Error("the clock is broken"); };');
    const env = { NODE_OPTIONS: `--require ${preloaded}` };
    const { code, stderr } = await antiphon(['test', echoPack, '--target', url], { cwd, env });
    expect(stderr).toContain('error: the clock is broken\n    at ');
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      'This is a defect of Antiphon, not of the target or a scenario. Please report it with the text above, and with the newest folder in reports.',
    );
    expect(code).toBe(70);
  });

  it('130: interrupted once, and what ran is reported', async () => {
    const cwd = await temporaryFolder();
    const { url, spokenTo } = await startEchoServer('keep-silent');
    const running = startAntiphon(['test', echoPack, '--target', url, '--timeout', '50s'], { cwd });
    await spokenTo;
    running.process.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect(stderr).toContain('Interrupted: reporting what ran. Once more ends it at once.');
    expect(stdout).toContain('the run was interrupted');
    expect(code).toBe(130);
    const [run = ''] = await readdir(join(cwd, 'reports'));
    const results = JSON.parse(await readFile(join(cwd, 'reports', run, 'results.json'), 'utf8'));
    expect(results).toMatchObject({ complete: false, verdict: 'inconclusive', cut: 'the run was interrupted' });
    const judged = await antiphon(['judge', join('reports', run)], { cwd });
    expect(judged.code).toBe(130);
  });

  it('130: interrupted twice, and the process ends at once', async () => {
    const { url, spokenTo } = await startEchoServer('keep-silent');
    const cwd = await temporaryFolder();
    const running = startAntiphon(['test', echoPack, '--target', url, '--timeout', '50s'], { cwd });
    await spokenTo;
    running.process.kill('SIGINT');
    running.process.kill('SIGTERM');
    expect((await running.ended).code).toBe(130);
  });
});
