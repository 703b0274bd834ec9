import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { antiphon, echoPack, mainFile, temporaryFolder } from './antiphon.ts';
import { startEchoServer } from './echo-server.ts';

const colorBegins = '\u001b[';

describe('colours', () => {
  it('are not in a pipe, unless they are forced; NO_COLOR and --no-color win', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startEchoServer('echo');
    const args = ['test', echoPack, '--target', url];
    const stdoutWith = async (env: Record<string, string>, ...more: string[]) =>
      (await antiphon([...args, ...more], { cwd, env })).stdout;
    expect(await stdoutWith({})).not.toContain(colorBegins);
    expect(await stdoutWith({ FORCE_COLOR: '1' })).toContain(colorBegins);
    expect(await stdoutWith({ FORCE_COLOR: '1' }, '--no-color')).not.toContain(colorBegins);
    expect(await stdoutWith({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(colorBegins);
  });
});

describe('progress', () => {
  it('is told in plain lines on standard error where that is no terminal', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startEchoServer('echo');
    const { stderr } = await antiphon(['test', echoPack, '--target', url], { cwd });
    expect(stderr).toMatch(/^2\/2, 0 failed, \d+(\.\d+)? m?s\n$/);
  });

  it('is not told with --quiet, which leaves one line', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startEchoServer('echo');
    const { stdout, stderr } = await antiphon(['test', echoPack, '--target', url, '--quiet'], { cwd });
    expect(stdout).toMatch(/^echo-pack: PASSED, 2 of 2 executions passed; reports: reports\/\S+\n$/);
    expect(stderr).toBe('');
  });
});

describe('what is run', () => {
  const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['a piece of an id', ['--filter', 'sam'], ['echo-pack/same']],
    ['a glob', ['--filter', 's*n'], ['echo-pack/soon']],
    ['several filters', ['--filter', 'same', '--filter', 'soon'], ['echo-pack/same', 'echo-pack/soon']],
    ['a tag', ['--tag', 'quick'], ['echo-pack/same']],
    ['all but a tag', ['--tag', '!quick'], ['echo-pack/soon']],
    ['a level', ['--level', 'must'], ['echo-pack/same']],
    ['a part', ['--shard', '2/2'], ['echo-pack/soon']],
    ['repetitions', ['--filter', 'same', '--repeat', '2'], ['echo-pack/same*1', 'echo-pack/same*2']],
  ];
  for (const [name, options, ids] of rows) {
    it(name, async () => {
      const cwd = await temporaryFolder();
      const { url } = await startEchoServer('echo');
      const { code, stdout } = await antiphon(['test', echoPack, '--target', url, '--reporter', 'json', ...options], {
        cwd,
      });
      expect(JSON.parse(stdout).executions.map(({ id }: { id: string }) => id)).toEqual(ids);
      expect(code).toBe(0);
    });
  }

  it('one scenario file', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startEchoServer('echo');
    const { stdout } = await antiphon(['test', join(echoPack, 'soon.yaml'), '--target', url, '--quiet'], { cwd });
    expect(stdout).toContain('1 of 1 execution passed');
  });

  it('the same with the same seed', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startEchoServer('echo');
    const args = [
      'test',
      echoPack,
      '--target',
      url,
      '--reporter',
      'json',
      '--shuffle',
      '--repeat',
      '5',
      '--seed',
      'abc',
    ];
    const order = async () =>
      JSON.parse((await antiphon(args, { cwd })).stdout).executions.map(({ id }: { id: string }) => id);
    expect(await order()).toEqual(await order());
  });
});

describe('reports', () => {
  it('go where a reporter is told, with the name of the pack if there are several', async () => {
    const cwd = await temporaryFolder();
    await cp(echoPack, join(cwd, 'second'), { recursive: true });
    for (const file of await readdir(join(cwd, 'second'))) {
      const path = join(cwd, 'second', file);
      await writeFile(path, (await readFile(path, 'utf8')).replaceAll('echo-pack', 'second'));
    }
    const { url } = await startEchoServer('echo');
    const args = [
      'test',
      echoPack,
      './second',
      '--target',
      url,
      '--reporter',
      'junit=out/junit.xml',
      '--reporter',
      'console=out/report.txt',
    ];
    const { code, stdout } = await antiphon(args, { cwd });
    expect((await readdir(join(cwd, 'out'))).sort()).toEqual([
      'junit-echo-pack.xml',
      'junit-second.xml',
      'report-echo-pack.txt',
      'report-second.txt',
    ]);
    expect(stdout).toContain('echo-pack\n  2 executions: 2 passed');
    expect(stdout).toMatch(/\n2 of 2 packs: PASSED, 4 of 4 executions passed; reports: reports\n$/);
    expect(code).toBe(0);
  });

  it('cannot go where nothing can be written', async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'file'), '');
    const { url } = await startEchoServer('echo');
    const { code, stderr } = await antiphon(
      ['test', echoPack, '--target', url, '--reporter', 'json=file/out.json', '--quiet'],
      { cwd },
    );
    expect(stderr).toMatch(
      /^error: Expected a report that can be written to file\/out\.json, got: .*\. Name another path; the run itself is recorded\.\n/,
    );
    expect(code).toBe(2);
  });
});

describe('targets', () => {
  it('the bundled server, in a process of its own', async () => {
    const cwd = await temporaryFolder();
    const { code, stdout } = await antiphon(['test', 'gradagenda/message', '--quiet'], { cwd });
    expect(stdout).toMatch(/^gradagenda: PASSED, /);
    expect(code).toBe(0);
  });

  it('a file that starts the server; a fault turns the suite red', async () => {
    const cwd = await temporaryFolder();
    const command = JSON.stringify([
      process.execPath,
      mainFile,
      'serve',
      'gradagenda',
      '--demo',
      '--port',
      '$(vars.port)',
      '--fault',
      'broadcast-twice',
    ]);
    const port = 20_000 + (process.pid % 20_000);
    await writeFile(
      join(cwd, 'target.yaml'),
      `antiphon: 1
target: A server with a fault
protocol: gradagenda
endpoints: { websocket: "ws://127.0.0.1:$(vars.port)/" }
start: { command: ${command}, ready: { output: "^ready$" } }
accounts: { mode: token }
`,
    );
    const args = ['test', 'gradagenda/message', '--target', 'target.yaml', '--var', `port=${port}`];
    const { code, stdout } = await antiphon(args, { cwd });
    expect(stdout).toContain('A server with a fault (file)');
    expect(stdout).toContain('message.once (must)');
    expect(code).toBe(1);
  });

  it('a file with names that the pack does not have', async () => {
    const cwd = await temporaryFolder();
    await writeFile(
      join(cwd, 'target.yaml'),
      'antiphon: 1\ntarget: A server\nprotocol: gradagenda\nendpoints: { websokcet: "ws://127.0.0.1:1/" }\naccounts: { mode: token }\n',
    );
    const { code, stderr } = await antiphon(['test', '--target', 'target.yaml'], { cwd });
    expect(stderr).toMatch(
      /^error: Expected a target file, got one with mistakes\. Correct them:\n\ntarget\.yaml:4:14 error unknown-transport: /,
    );
    expect(stderr).toContain('did you mean websocket?');
    expect(code).toBe(2);
  });

  it('none, where the pack has no bundled server', async () => {
    const cwd = await temporaryFolder();
    expect(await antiphon(['test', echoPack], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: Expected a target for echo-pack: it has no bundled server. Name one with --target.\n',
    });
  });
});
