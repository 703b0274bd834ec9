import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LoadResults } from '../../../src/load/load-results.ts';
import { antiphon, startAntiphon, temporaryFolder } from '../cli/antiphon.ts';
import { shoutPack } from './run-shout.ts';
import { shortWorkload } from './short-workload.ts';
import { startShout } from './shout-server.ts';

const workload = join(shoutPack, 'workloads/capacity.yaml');

function resultsIn(reports: string, ...path: readonly string[]): { folder: string; results: LoadResults } {
  const [first, ...others] = readdirSync(reports);
  expect(others).toEqual([]);
  const folder = join(reports, first!, ...path);
  return { folder, results: JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as LoadResults };
}

test('a load with its floor: the same users and messages, and the run on the bare server beside it', async () => {
  const { url, stop } = await startShout();
  onTestFinished(stop);
  const reports = join(await temporaryFolder(), 'reports');
  const { code, stdout, stderr } = await antiphon([
    'load',
    workload,
    '--target',
    url,
    '--calibrate',
    '--reports',
    reports,
  ]);
  expect([0, 4]).toContain(code);
  const { results, folder } = resultsIn(reports);
  const { floor } = results;
  if (!floor.measured) throw new Error(floor.why);
  expect(floor.connections).toBe(results.connections);
  expect(floor.timings.delivery!.count).toBe(floor.messages * (results.connections - 1));
  expect(floor.timings.ack!.count).toBe(floor.messages);
  expect(floor.cpuUsPerDelivery).toBeGreaterThan(0);
  expect(stdout).toContain('| - floor ');
  expect(stdout).toContain('- floor:            a bare server on this machine for ');
  expect(stderr).toContain('floor: a bare server on this machine, ');
  const own = resultsIn(reports, 'floor').results;
  expect(own).toMatchObject({ target: { title: 'bare server' }, counters: { lost: 0, duplicate: 0, unexpected: 0 } });
  expect(own.timings.delivery).toEqual(floor.timings.delivery);
  expect(existsSync(join(folder, 'floor/bare/pack.yaml'))).toBe(true);
});

test('a long load has its floor measured unasked, and an interruption meanwhile is one of the load', async () => {
  const { url, stop } = await startShout();
  onTestFinished(stop);
  const reports = join(await temporaryFolder(), 'reports');
  const long = join(shoutPack, 'workloads/lost.yaml');
  const running = startAntiphon(['load', long, '--target', url, '--reports', reports]);
  let told = '';
  await new Promise<void>(resolve => {
    running.process.stderr!.on('data', text => {
      told += String(text);
      if (told.includes('published')) resolve();
    });
  });
  running.process.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  expect(told).toContain('floor: a bare server on this machine, 11 s\n');
  const { results } = resultsIn(reports);
  expect(results).toMatchObject({
    ended: 'interrupted',
    counters: { intended: 0 },
    floor: { measured: false, why: 'the bare server was not measured to the end: interrupted' },
  });
});

test('the floor in several workers is that of as many workers', async () => {
  const reports = join(await temporaryFolder(), 'reports');
  const { file } = await shortWorkload('tinode-2017/fan-out', '{ connect: 500/s, hold: 500 ms, drain: 3 s }', 8);
  const { code } = await antiphon(['calibrate', file, '--workers', '2', '--reports', reports, '--quiet']);
  expect([0, 4]).toContain(code);
  const { counters, rigs } = resultsIn(reports).results;
  expect(rigs.length).toBe(2);
  expect(counters).toMatchObject({ delivered: counters.expected, corrupt: 0, gaps: 0 });
  expect(counters.sent).toBeGreaterThan(0);
});

test.each(['gradagenda/many-to-many', 'socket-chat/fan-out', 'tinode-2017/echo'])(
  'the floor of %s, without a target: nothing is lost between us and us',
  async named => {
    const reports = join(await temporaryFolder(), 'reports');
    const phases = '{ connect: 500/s, warmUp: 100 ms, hold: 500 ms, drain: 3 s }';
    const { file } = await shortWorkload(named, phases, 8);
    const { code, stdout } = await antiphon(['calibrate', file, '--reports', reports, '--quiet']);
    expect([0, 4]).toContain(code);
    expect(stdout).toContain('The floor of ');
    const { results } = resultsIn(reports);
    expect(results.counters.sent).toBeGreaterThan(0);
    const { sent, underrun, expected } = results.counters;
    expect(results.counters).toMatchObject({ intended: sent + underrun, delivered: expected, corrupt: 0, gaps: 0 });
  },
);
