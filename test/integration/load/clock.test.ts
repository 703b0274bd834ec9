import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LoadResults } from '../../../src/load/load-results.ts';
import { antiphon, temporaryFolder } from '../cli/antiphon.ts';
import { shoutPack } from './run-shout.ts';
import { startShout } from './shout-server.ts';

test.each(['threads', 'processes'])(
  'a wall clock that jumps by hours moves no figure of workers in %s',
  async place => {
    const { url, stop } = await startShout();
    onTestFinished(stop);
    const reports = join(await temporaryFolder(), 'reports');
    const workload = join(shoutPack, 'workloads/liars.yaml');
    const args = ['load', workload, '--target', url, '--workers', '2', '--workers-in', place, '--reports', reports];
    const preload = new URL('jumping-clock.mjs', import.meta.url).href;
    await antiphon([...args, '--quiet'], { env: { NODE_OPTIONS: `--import ${preload}` } });
    const [folder] = readdirSync(reports);
    const results = JSON.parse(readFileSync(join(reports, folder!, 'results.json'), 'utf8')) as LoadResults;
    expect(results.ended).toBe('completed');
    expect(results.counters).toMatchObject({ intended: 100, delivered: results.counters.expected, late: 0, lost: 0 });
    expect(results.counters.sent).toBeGreaterThan(0);
    expect([results.holdUs, results.measuredUs]).toEqual([1_000_000, 1_000_000]);
    // Hold and drain take eleven.
    expect(results.seconds.length).toBeLessThan(13);
    // None of them is an hour, which is the most that a histogram holds.
    for (const { maxUs } of Object.values(results.timings)) expect(maxUs).toBeLessThan(results.deadlineUs);
    expect(results.connectedInUs).toBeLessThan(60_000_000);
  },
);
