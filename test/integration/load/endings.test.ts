import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LoadResults } from '../../../src/load/load-results.ts';
import { antiphon, startAntiphon, temporaryFolder } from '../cli/antiphon.ts';
import { runShout, shoutPack } from './run-shout.ts';
import { shortWorkload } from './short-workload.ts';
import { honest, startShout } from './shout-server.ts';

function filesOf(reports: string): {
  readonly results: LoadResults;
  readonly events: readonly { event: string }[];
  readonly csv: string;
} {
  const [folder] = readdirSync(reports);
  const read = (name: string) => readFileSync(join(reports, folder!, name), 'utf8');
  return {
    results: JSON.parse(read('results.json')) as LoadResults,
    events: read('events.jsonl')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as { event: string }),
    csv: read('metrics.csv'),
  };
}

test.each([
  ['one worker', 1],
  ['more workers than users in a room', 5],
])('a target that ends every connection ends the load: %s', async (_, workers) => {
  const { ended, verdict, reasons, counters } = await runShout(
    'liars',
    ({ n, deliver, cutOff }) => {
      if (n < 10) deliver();
      else cutOff();
    },
    { workers },
  );
  expect([ended, verdict]).toEqual(['target-gone', 'fail']);
  expect(reasons[0]).toBe('the target ended 8 connections');
  expect(counters.lost).toBe(0);
});

test('a target that ends half of the connections: what the others had counts, and what the ended ones missed proves nothing', async () => {
  const { ended, verdict, reasons, counters } = await runShout('liars', ({ n, receiver, deliver, cutOff }) => {
    if (n > 25 && (receiver === 1 || receiver === 2)) cutOff();
    else deliver();
  });
  expect([ended, verdict]).toEqual(['completed', 'fail']);
  expect(reasons[0]).toBe('the target ended 4 connections');
  const { sent, expected } = counters;
  expect(counters).toMatchObject({ cutOff: 4, expected: 3 * sent, delivered: 200, unverified: 100, lost: 0, late: 0 });
  expect(expected).toBe(300);
});

test.each([
  ['the caller says so', 'lost', { abortOnFailAfterUs: 1_000_000 }],
  ['the workload says so', 'abort', {}],
])('what a count has missed for good ends the load, when its grace is over: %s', async (_, workload, more) => {
  const nobody = () => {};
  const { ended, verdict, seconds } = await runShout(workload, nobody, more);
  expect([ended, verdict]).toEqual(['aborted', expect.not.stringMatching('pass')]);
  expect(seconds.length).toBeLessThan(60);
});

test('a target that ends connections because users leave has done nothing wrong', async () => {
  const { ended, counters } = await runShout('leaving');
  expect(ended).toBe('completed');
  expect(counters).toMatchObject({ intended: 50, expected: 150, cutOff: 0 });
});

test('a target that lets nobody in: that is the result, with the place in the workload', async () => {
  const { ended, verdict, reasons, joinFailures } = await runShout('liars', honest, {}, { enter: () => false });
  expect([ended, verdict]).toEqual(['not-joined', 'fail']);
  expect(joinFailures[0]).toMatchObject({ client: 'speaker', at: 'shout/fragments/enter.yaml:10' });
  expect(reasons[0]).toContain('speaker could not join (shout/fragments/enter.yaml:10)');
});

test('a message that cannot be built ends the load as a fault of the workload', async () => {
  await expect(runShout('broken')).rejects.toMatchObject({
    code: 'publish-value-missing',
    faultOf: 'scenario',
    message: expect.stringContaining('shout/workloads/broken.yaml:11'),
  });
});

test('a target that does not read any more: our buffers stay bounded, and what could not be written is counted', async () => {
  const { counters } = await runShout('heavy', ({ deliver, stopReading }) => {
    deliver();
    stopReading();
  });
  expect(counters.saturated).toBeGreaterThan(0);
  expect(counters.sent + counters.saturated).toBe(counters.intended);
  // Two connections, with a megabyte of ours and some of the system's each.
  expect(counters.sentBytes).toBeLessThan(25_000_000);
});

test('an interruption while users join: nothing was measured, with exit code 130', async () => {
  const { url, stop } = await startShout();
  const reports = join(await temporaryFolder(), 'reports');
  const running = startAntiphon([
    'load',
    join(shoutPack, 'workloads', 'slow-join.yaml'),
    '--target',
    url,
    '--reports',
    reports,
  ]);
  await new Promise<void>(resolve => {
    running.process.stderr!.on('data', text => {
      if (/join/.test(String(text))) resolve();
    });
  });
  running.process.kill('SIGINT');
  const { code } = await running.ended;
  stop();
  expect(code).toBe(130);
  expect(filesOf(reports).results).toMatchObject({ ended: 'interrupted', counters: { intended: 0 } });
});

test('an interruption in hold: what was measured is reported, with exit code 130', async () => {
  const { url, stop } = await startShout();
  const reports = join(await temporaryFolder(), 'reports');
  const workload = join(shoutPack, 'workloads', 'lost.yaml');
  const args = ['load', workload, '--target', url, '--reports', reports, '--no-calibrate'];
  const running = startAntiphon(args);
  await new Promise<void>(resolve => {
    running.process.stderr!.on('data', text => {
      if (/published/.test(String(text))) resolve();
    });
  });
  running.process.kill('SIGINT');
  const { code, stdout } = await running.ended;
  stop();
  expect(code).toBe(130);
  expect(stdout).toMatch(/- measured: +\S+ m?s of 60 s: interrupted\n/);
  const { results, events } = filesOf(reports);
  expect(results.ended).toBe('interrupted');
  expect(results.counters.sent).toBeGreaterThan(0);
  expect(results.counters.intended).toBeLessThan(3_000);
  expect(events.at(-1)).toMatchObject({ event: 'end', ended: 'interrupted' });
});

test('a whole run on the bundled server leaves its files, and a table that can be pasted', async () => {
  const reports = join(await temporaryFolder(), 'reports');
  const { file } = await shortWorkload(
    'gradagenda/fan-out',
    '{ connect: 500/s, warmUp: 200 ms, hold: 2 s, drain: 2 s }',
  );
  const { code, stdout } = await antiphon(['load', file, '--reports', reports, '--quiet']);
  // 1 and 4 are for slow machines: the thresholds of this workload are about time.
  expect([0, 1, 4]).toContain(code);
  expect(stdout).toContain('| delivery, from due |');
  const { results, events, csv } = filesOf(reports);
  expect(results.counters).toMatchObject({
    intended: 100,
    lost: 0,
    duplicate: 0,
    unexpected: 0,
    corrupt: 0,
    gaps: 0,
  });
  expect(results.counters.expected).toBe(results.counters.sent * 201);
  expect(results.transport).toEqual({ name: 'websocket', kind: 'websocket', fast: true });
  expect(events.filter(({ event }) => event === 'second').length).toBe(results.seconds.length);
  expect(csv.split('\n')[0]).toBe(
    [
      'second,publishes,deliveries,deliveryP50Us,deliveryP90Us,deliveryP99Us,deliveryMaxUs,sendDelayP99Us',
      'loopDelayP99Us,runQueueShare',
      Object.keys(results.counters).join(','),
    ].join(','),
  );
  expect(csv.trimEnd().split('\n').length).toBe(results.seconds.length + 1);
});

test.each([
  [
    'a pack without a workload',
    'gradagenda/message',
    'Expected one workload of gradagenda under gradagenda/message; there is none.',
  ],
  [
    'a pack with several',
    'gradagenda',
    'there are gradagenda/workloads/connect-storm.yaml, gradagenda/workloads/echo.yaml, ',
  ],
])('%s is refused before anything runs', async (_, named, message) => {
  const reports = join(await temporaryFolder(), 'reports');
  const { code, stderr } = await antiphon(['load', named, '--reports', reports]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(reports)).toBe(false);
});
