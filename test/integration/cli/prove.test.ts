import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import type { ProofReport } from '../../../src/prove/proof-report.ts';
import { antiphon, echoPack, startAntiphon, temporaryFolder } from './antiphon.ts';
import { type Behaviour, startEchoServer } from './echo-server.ts';

interface Recorded {
  readonly cwd: string;
  readonly run: string;
}

/** A run that passed and its pack, in a folder of the test's own, so that files can be changed. Recorded once. */
async function passingRun(): Promise<Recorded> {
  if (!passing) {
    const { cwd, run } = await recordRun('echo');
    const kept = await mkdtemp(join(tmpdir(), 'antiphon-prove-'));
    await cp(cwd, kept, { recursive: true });
    passing = { cwd: kept, run };
  }
  const cwd = await temporaryFolder();
  await cp(passing.cwd, cwd, { recursive: true });
  return { cwd, run: passing.run };
}

let passing: Recorded | undefined;
afterAll(async () => {
  if (passing) await rm(passing.cwd, { recursive: true });
});

async function recordRun(behaviour: Behaviour): Promise<Recorded> {
  const cwd = await temporaryFolder();
  await cp(echoPack, join(cwd, 'echo-pack'), { recursive: true });
  const { url } = await startEchoServer(behaviour);
  await antiphon(['test', './echo-pack', '--target', url, '--timeout', '200ms', '--quiet'], { cwd });
  const [name = ''] = await readdir(join(cwd, 'reports'));
  return { cwd, run: join('reports', name) };
}

async function readReport(cwd: string, run: string): Promise<ProofReport> {
  return JSON.parse(await readFile(join(cwd, run, 'prove.json'), 'utf8')) as ProofReport;
}

describe('prove', () => {
  it('reports on a run, and leaves prove.json as its schema says', async () => {
    const { cwd, run } = await passingRun();
    const { code, stdout, stderr } = await antiphon(['prove', run], { cwd });
    expect(stdout).toContain('Operators\n');
    expect(stdout).toMatch(
      /\necho-pack: \d+\.\d % of \d+ mutants killed, \d+ survived, \d+ diverged, \d+\.\d % excluded\n$/,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = await readReport(cwd, run);
    const schema = JSON.parse(await readFile(new URL('../../../schemas/prove.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    validate(report);
    expect(validate.errors).toBeNull();
    expect(report.executions).toBe(2);
    expect(report.counts.killed).toBeGreaterThan(10);
  });

  it('makes the same bytes again, and prints them with --json', async () => {
    const { cwd, run } = await passingRun();
    await antiphon(['prove', run], { cwd });
    const before = await readFile(join(cwd, run, 'prove.json'), 'utf8');
    const { stdout } = await antiphon(['prove', run, '--json'], { cwd });
    expect(stdout).toBe(before);
    expect(await readFile(join(cwd, run, 'prove.json'), 'utf8')).toBe(before);
  });

  it('finds the hole that a weakened scenario has, with its place', async () => {
    const { cwd, run } = await passingRun();
    await weaken(cwd);
    await antiphon(['prove', run], { cwd });
    const { survivors } = await readReport(cwd, run);
    const hole = survivors.find(({ member, operator }) => member === '/text' && operator === 'other-value')!;
    expect(hole.line.slice(hole.span.column - 1)).toMatch(/^\{ .*frame: \{ type: line \}/);
    const { code, stdout } = await antiphon(['prove', run, '--explain', hole.example], { cwd });
    expect(stdout).toMatch(/^SURVIVED: nothing noticed it\n/);
    expect(stdout).toContain(`\nA check would belong here: echo-pack/same.yaml:${hole.span.line}:`);
    expect(code).toBe(0);
  });

  it('explains a killed mutant as a run would have reported it', async () => {
    const { cwd, run } = await passingRun();
    const { stdout } = await antiphon(['prove', run, '--explain', await killedMutant(cwd, run)], { cwd });
    expect(stdout).toMatch(/^KILLED by echo\.same\n/);
    expect(stdout).toMatch(/\nFAIL {2}echo\.same \(must\): /);
  });

  it('names the mutant that was meant', async () => {
    const { cwd, run } = await passingRun();
    const id = await killedMutant(cwd, run);
    const wrong = id.replace('drop', 'drpo');
    expect(await antiphon(['prove', run, '--explain', wrong], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: Expected the id of a mutant of ${run}, got ${wrong}. Did you mean ${id}?\n`,
    });
  });

  it('gates on a score', async () => {
    const { cwd, run } = await passingRun();
    expect((await antiphon(['prove', run, '--min-score', '1', '--quiet'], { cwd })).code).toBe(0);
    await weaken(cwd);
    const { code, stdout, stderr } = await antiphon(['prove', run, '--min-score', '100', '--quiet'], { cwd });
    expect(stdout).toMatch(/^echo-pack: \d+\.\d % of .*\n$/);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'echo-pack: less than 100 % of the mutants were killed\n' });
  });

  it('judges a sample, the same for the same seed', async () => {
    const { cwd, run } = await passingRun();
    const sample = ['prove', run, '--sample', '10', '--seed', 's', '--json'];
    const first = await antiphon(sample, { cwd });
    expect(await antiphon(sample, { cwd })).toEqual(first);
    const report = JSON.parse(first.stdout) as ProofReport;
    expect(report.sample).toEqual({ seed: 's', count: 10 });
    expect(report.counts.mutants).toBeLessThan(report.possible);
  });

  it('of a log alone writes nothing', async () => {
    const { cwd, run } = await passingRun();
    await cp(join(cwd, run, 'events.jsonl'), join(cwd, 'log', 'events.jsonl'));
    const { code } = await antiphon(['prove', 'log/events.jsonl', '--pack', './echo-pack', '--quiet'], { cwd });
    expect(await readdir(join(cwd, 'log'))).toEqual(['events.jsonl']);
    expect(code).toBe(0);
  });

  it('has nothing to say where nothing passed', async () => {
    const { cwd, run } = await recordRun('keep-silent');
    const { code, stdout, stderr } = await antiphon(['prove', run], { cwd });
    expect(stdout).toBe('');
    expect(stderr).toBe(
      `error: Expected an execution that passes in ${run}, for only what passes can be mutated; got none, and 1 that did not, such as echo-pack/same (fail). \`antiphon judge ${run}\` says why.\n`,
    );
    expect(await readdir(join(cwd, run))).not.toContain('prove.json');
    expect(code).toBe(4);
  });

  it('ended by a signal writes nothing', async () => {
    const cwd = await temporaryFolder();
    const { process: child, ended } = startAntiphon(['prove', 'gradagenda/message'], { cwd });
    child.stderr!.on('data', text => {
      if (/\b(\d+)\/\1,/.test(String(text))) child.kill('SIGINT');
    });
    const { code, stderr } = await ended;
    expect(stderr).toContain('Interrupted: nothing more is judged.');
    expect(code).toBe(130);
    const [run = ''] = await readdir(join(cwd, 'reports'));
    expect((await readdir(join(cwd, 'reports', run))).filter(name => name.startsWith('prove'))).toEqual([]);
  });
});

/** A row of the ledger names a member, and the scenario does not look at it any more. */
async function weaken(cwd: string): Promise<void> {
  const edits = [
    ['same.yaml', 'frame: { type: line, text: hello }', 'frame: { type: line }'],
    ['requirements.yaml', 'unchanged.,', 'unchanged., members: [{ kind: line, at: /text }],'],
  ] as const;
  for (const [file, before, after] of edits) {
    const path = join(cwd, 'echo-pack', file);
    await writeFile(path, (await readFile(path, 'utf8')).replace(before, after));
  }
}

async function killedMutant(cwd: string, run: string): Promise<string> {
  const log = await readFile(join(cwd, run, 'events.jsonl'), 'utf8');
  const events = log
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
  const { x } = events.find(({ event, id }) => event === 'begin' && id === 'echo-pack/same');
  const own = events.filter(event => event.x === x && event.event !== 'begin');
  return `echo-pack/same~${own.findIndex(({ event }) => event === 'item')}.drop`;
}
