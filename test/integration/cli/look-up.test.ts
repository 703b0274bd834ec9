import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledPacks } from '../../../src/packs/find-pack.ts';
import { loadSuite } from '../../../src/suites/load-suite.ts';
import { antiphon, echoPack, temporaryFolder } from './antiphon.ts';
import { startEchoServer } from './echo-server.ts';

describe('list', () => {
  it('lists packs', async () => {
    const { code, stdout } = await antiphon(['list']);
    expect(stdout).toMatch(/^gradagenda +\d+ scenarios +\d+ requirements +GradAgenda chat protocol, 2014-07-27\n/m);
    expect(code).toBe(0);
  });

  it('lists the executions of a pack', async () => {
    const { stdout } = await antiphon(['list', echoPack]);
    expect(stdout).toBe(`echo-pack/same
    A line comes back unchanged
    tags: quick
    checks: echo.same
echo-pack/soon
    A line comes back soon
    checks: echo.soon
`);
  });

  it('lists them as JSON', async () => {
    const { stdout } = await antiphon(['list', join(echoPack, 'same.yaml'), '--json']);
    expect(JSON.parse(stdout)).toEqual({
      antiphon: 1,
      executions: [
        {
          id: 'echo-pack/same',
          pack: 'echo-pack',
          scenario: 'echo-pack/same.yaml',
          title: 'A line comes back unchanged',
          transport: 'lines',
          tags: ['quick'],
          needs: [],
          checks: ['steps.done', 'frames.valid', 'frames.unasked', 'echo.same'],
        },
      ],
    });
  });
});

describe('show', () => {
  it('explains a scenario, by its name or its path', async () => {
    const wanted = `echo-pack/soon.yaml
  A line comes back soon
  at most  60 s

clients
  alice  connected  lines

before the steps: what the clients bring
  1. alice connects (line 4)

steps
  1. alice sends { type: line, text: hello } (line 6)
     expects frame { type: line, text: hello } [echo.soon], within 2 s

checks
  steps.done      must    A step gets what it waits for.
  frames.valid    must    Every line is JSON.
  frames.unasked  must    Nothing comes that nobody asked for.
  echo.soon       should  A line comes back soon.
`;
    for (const name of ['soon', 'echo-pack/soon', 'echo-pack/soon.yaml', join(echoPack, 'soon.yaml')])
      expect(await antiphon(['show', name, '--pack', echoPack])).toEqual({ code: 0, stdout: wanted, stderr: '' });
  });

  it('explains a requirement', async () => {
    const { code, stdout } = await antiphon(['show', 'echo.same', '--pack', echoPack]);
    expect(stdout).toBe(`echo.same (must)
  A line comes back unchanged.

  source  The echo protocol, section 1
  ledger  echo-pack/requirements.yaml:10

  checked by
    echo-pack/same  echo.same
`);
    expect(code).toBe(0);
  });
});

describe('coverage', () => {
  it('ends with 1 if a requirement is neither decided nor excluded', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startEchoServer('echo');
    await antiphon(['test', join(echoPack, 'same.yaml'), '--target', url, '--quiet'], { cwd });
    const [run = ''] = await readdir(join(cwd, 'reports'));
    const { code, stdout } = await antiphon(['coverage', echoPack, '--run', join('reports', run)], { cwd });
    expect(stdout).toBe(`Decided
  steps.done      must  pass  echo-pack/same
  frames.valid    must  pass  echo-pack/same
  frames.unasked  must  pass  echo-pack/same
  echo.same       must  pass  echo-pack/same

Decided by nothing
  echo.soon  should  A line comes back soon.

5 requirements: 4 decided, 0 excluded, 0 not applicable anywhere, 1 decided by nothing
`);
    expect(code).toBe(1);
  });

  it('reads several runs, as JSON too', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startEchoServer('echo');
    for (const name of ['same', 'soon'])
      await antiphon(['test', join(echoPack, `${name}.yaml`), '--target', url, '--quiet', '--name', name], { cwd });
    const runs = (await readdir(join(cwd, 'reports'))).flatMap(run => ['--run', join('reports', run)]);
    const { code, stdout } = await antiphon(['coverage', echoPack, ...runs, '--json'], { cwd });
    const { coverage, requirements } = JSON.parse(stdout);
    expect(coverage).toBe('echo-pack');
    expect(requirements.map(({ id, state }: { id: string; state: string }) => `${id} ${state}`)).toEqual([
      'steps.done decided',
      'frames.valid decided',
      'frames.unasked decided',
      'echo.same decided',
      'echo.soon decided',
    ]);
    expect(code).toBe(0);
  });

  // Three configurations over three transports take their time where the machine has other things to do.
  it.each(bundledPacks())(
    'runs every configuration of the bundled server, green and without a gap: %s',
    async pack => {
      const cwd = await temporaryFolder();
      const { code, stdout } = await antiphon(['coverage', pack], { cwd });
      const folders = await readdir(join(cwd, 'reports'));
      const runs = folders.map(run => run.slice('20261130T174859Z-'.length)).sort();
      for (const folder of folders) {
        const { verdict } = JSON.parse(await readFile(join(cwd, 'reports', folder, 'results.json'), 'utf8'));
        expect({ folder, verdict }).toEqual({ folder, verdict: 'pass' });
      }
      const { configurations } = await loadSuite(pack);
      const names = configurations.map(({ name }) => `${pack} ${name}`);
      expect(runs).toEqual(names.map(name => name.replace(' ', '-')).sort());
      if (names.length > 1) expect(stdout).toContain(` ${names.join(', ')}: ${pack}/`);
      expect(stdout).toMatch(/ 0 not applicable anywhere, 0 decided by nothing\n$/);
      expect(code).toBe(0);
    },
    300_000,
  );

  it('wants runs of the pack', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startEchoServer('echo');
    await antiphon(['test', echoPack, '--target', url, '--quiet'], { cwd });
    const [run = ''] = await readdir(join(cwd, 'reports'));
    expect(await antiphon(['coverage', 'gradagenda', '--run', join('reports', run)], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: Expected a run of gradagenda, got one of echo-pack (echo-pack). Name another with --run.\n',
    });
  });
});
