import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { nullBehaviours } from '../../../reference-server/index.ts';
import type { Results } from '../../../src/evidence/results.ts';
import { antiphon, startAntiphon, temporaryFolder } from '../cli/antiphon.ts';

/** Refusals, silence, and what is no must: what a server that does nothing would get by with, if anything. */
const scenarios = ['status/failures', 'status/unknown-type', 'mutable/number-ids', 'mutable/outsider'].map(
  name => `gradagenda/${name}.yaml`,
);

test.each(Object.keys(nullBehaviours))('nothing passes against a server that is %s', async behaviour => {
  const server = startAntiphon(['serve', 'gradagenda', '--null', behaviour, '--quiet']);
  const [, url] = (await server.line(/^websocket /)).split(' ');
  const reports = await temporaryFolder();
  const options = ['--target', url!, '--timeout', '300ms', '--reports', reports, '--quiet'];
  const { code, stdout } = await antiphon(['test', ...scenarios, ...options]);
  const [folder] = await readdir(reports);
  const results: Results = JSON.parse(await readFile(join(reports, folder!, 'results.json'), 'utf8'));
  expect(results.executions.filter(({ verdict }) => verdict !== 'fail').map(({ id }) => id)).toEqual([]);
  expect(results.executions.length, stdout).toBeGreaterThanOrEqual(scenarios.length);
  expect(code).toBe(1);
});

const measured = {
  on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  tool: expect.stringMatching(/^antiphon \d/),
  node: process.version,
  digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
};

test('the proof names what it ran, and that nothing passed', async () => {
  const out = await temporaryFolder();
  const script = fileURLToPath(new URL('../../../scripts/prove-null.mjs', import.meta.url));
  const args = ['gradagenda', '--behaviour', 'close', '--configuration', 'open', '--timeout', '200ms', '--out', out];
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args]);
  expect(stdout).toMatch(/^gradagenda {2}open +close +0 of \d+ passed +[\d.]+ s {2}\d+ MB\nnothing passed\n$/);
  const proof = JSON.parse(await readFile(join(out, 'gradagenda', 'null.json'), 'utf8'));
  expect(proof).toEqual({
    pack: 'gradagenda',
    measured,
    servers: [
      {
        behaviour: 'close',
        configuration: 'open',
        executions: expect.any(Number),
        passed: 0,
        passing: [],
        seconds: expect.any(Number),
        peakMemoryMb: expect.any(Number),
        ended: 'in time',
      },
    ],
  });
});

test.each([
  [['--behaviour', 'mute'], 2, 'Expected --behaviour as one of silent, '],
  [['--configuration', 'closed'], 1, 'gradagenda: nothing ran'],
])('what proves nothing is no proof: %s', async (options, code, told) => {
  const script = fileURLToPath(new URL('../../../scripts/prove-null.mjs', import.meta.url));
  const args = [script, 'gradagenda', ...options, '--out', await temporaryFolder()];
  const ended = promisify(execFile)(process.execPath, args);
  await expect(ended).rejects.toMatchObject({ code });
  const { stdout, stderr } = await ended.catch(error => error);
  expect(stdout + stderr).toContain(told);
});
