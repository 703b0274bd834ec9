import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type Ajv2020 from 'ajv/dist/2020.js';
import { expect, onTestFinished, test } from 'vitest';
import type { LoadResults } from '../../../src/load/load-results.ts';
import type { CapacityResults, SweepResults } from '../../../src/load/search/search-results.ts';
import { antiphon, startAntiphon, temporaryFolder } from '../cli/antiphon.ts';
import { shoutPack } from './run-shout.ts';
import { honest, type Manner, startShout } from './shout-server.ts';

const { default: Ajv } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof Ajv2020;
function published(name: string) {
  const schema = readFileSync(new URL(`../../../schemas/${name}.schema.json`, import.meta.url), 'utf8');
  const validate = new Ajv({ strict: true, allErrors: true }).compile(JSON.parse(schema));
  return (value: unknown) => (validate(value) ? [] : validate.errors);
}

const problemsOfRun = published('load-results');

async function argsFor(manner: Manner, ...more: readonly string[]) {
  const { url, stop } = await startShout(manner);
  onTestFinished(stop);
  const reports = join(await temporaryFolder(), 'reports');
  const workload = join(shoutPack, 'workloads/capacity.yaml');
  return { args: ['load', workload, '--target', url, '--reports', reports, ...more], reports };
}

/** The folder of the search, the file of that name in it, and how many lines its data has. */
function resultsIn<T>(
  reports: string,
  name: string,
): { readonly folder: string; readonly results: T; readonly lines: number } {
  const [first, ...others] = readdirSync(reports);
  expect(others).toEqual([]);
  const folder = join(reports, first!);
  const csv = readFileSync(join(folder, `${name}.csv`), 'utf8');
  const results = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as T;
  expect(published(name)(results)).toEqual([]);
  return { folder, results, lines: csv.trimEnd().split('\n').length - 1 };
}

// In half a second at 200/s one hundred messages are said; those behind are lost, however fast either side is.
test('the capacity of a server that delivers a hundred messages of a room', { timeout: 120_000 }, async () => {
  const firstHundred: Manner = ({ n, deliver }) => (n <= 100 ? deliver() : undefined);
  const { args, reports } = await argsFor(firstHundred, '--find-capacity', 'lost == 0 && duplicate == 0');
  const { code, stdout, stderr } = await antiphon(args);
  const { folder, results, lines } = resultsIn<CapacityResults>(reports, 'capacity');
  expect(results).toMatchObject({ kind: 'capacity', objective: ['lost == 0', 'duplicate == 0'] });
  expect(stdout).toContain(`: ${results.finding}\n`);
  expect(stdout).toContain(`reports: ${folder}\n`);
  expect(stderr).toContain('step 1: 100/s: ');
  expect(lines).toBe(results.steps.length);
  // A busy machine may leave steps undecided, but none may be decided wrongly.
  expect(results.steps.filter(({ value, verdict }) => verdict === (value > 200 ? 'pass' : 'fail'))).toEqual([]);
  const { passedPerSecond = 0, failedPerSecond = Number.POSITIVE_INFINITY } = results.bracket;
  expect(passedPerSecond).toBeLessThanOrEqual(200);
  expect(failedPerSecond).toBeGreaterThan(200);
  expect(code).toBe(results.verdict === 'pass' ? 0 : 4);
  if (results.verdict === 'pass') expect(results.finding).toMatch(/^holds at \d+\/s, fails at \d+\/s$/);
  for (const { run, verdict } of results.steps) {
    const own = JSON.parse(readFileSync(join(folder, run, 'results.json'), 'utf8')) as LoadResults;
    expect(own.verdict).toBe(verdict);
    expect(problemsOfRun(own)).toEqual([]);
  }
});

test('a sweep over the users of a role', async () => {
  const { args, reports } = await argsFor(honest, '--sweep', 'listeners=1,5', '--quiet');
  const { code, stdout, stderr } = await antiphon(args);
  const { results, lines } = resultsIn<SweepResults>(reports, 'sweep');
  expect(results).toMatchObject({ kind: 'sweep', over: 'listener', unit: 'users', complete: true });
  expect(results.steps.map(({ value, connections, lost }) => [value, connections, lost])).toEqual([
    [1, 2, 0],
    [5, 6, 0],
  ]);
  expect(stdout).toContain('| listener, users |');
  expect(lines).toBe(2);
  expect([code, stderr]).toEqual([results.verdict === 'pass' ? 0 : 4, '']);
});

test('an interrupted search keeps what is known, with exit code 130', async () => {
  const { args, reports } = await argsFor(honest, '--sweep', 'rate=20/s,30/s');
  const running = startAntiphon(args);
  let told = '';
  await new Promise<void>(resolve => {
    running.process.stderr!.on('data', text => {
      told += String(text);
      if (told.includes('hold')) resolve();
    });
  });
  running.process.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  const { results } = resultsIn<SweepResults>(reports, 'sweep');
  expect([results.complete, results.steps.length, results.steps[0]!.ended]).toEqual([false, 1, 'interrupted']);
});

test.each([
  [
    ['--sweep', 'listner=1,2'],
    'rate, payload, or a role of the workload (speaker, listener); listner is none: did you mean listener?',
  ],
  [
    ['--sweep', 'rate=1'],
    'Expected after --sweep a name and several values, such as subscribers=10,100,1000; got rate=1.',
  ],
  [['--find-capacity', 'losst == 0'], 'losst is none: did you mean lost?'],
  [['--find-capacity', 'lost == 0', '--sweep', 'rate=1,2'], 'Expected --find-capacity or --sweep, got both'],
])('%s is refused before anything runs', async (options, message) => {
  const { args, reports } = await argsFor(honest, ...options);
  const { code, stderr } = await antiphon(args);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
  expect(existsSync(reports)).toBe(false);
});
