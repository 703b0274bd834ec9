import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBundledTarget } from '../../../src/conformance/target/open-target.ts';
import { runLoad } from '../../../src/load/engine/run-load.ts';
import type { LoadResults } from '../../../src/load/load-results.ts';
import { bundledPacks } from '../../../src/packs/find-pack.ts';
import { loadSuite } from '../../../src/suites/load-suite.ts';
import { mainFile } from '../cli/antiphon.ts';
import { root, type ShortWorkload, shortWorkload } from './short-workload.ts';

test.each(bundledPacks())('%s has a workload of each shape', pack => {
  const files = readdirSync(join(root, 'scenarios', pack, 'workloads'));
  expect(files).toEqual(
    expect.arrayContaining(['connect-storm.yaml', 'echo.yaml', 'fan-out.yaml', 'many-to-many.yaml', 'pairs.yaml']),
  );
});

const phases = '{ connect: 500/s, warmUp: 200 ms, hold: 500 ms, drain: 3 s }';

test('on the bundled servers, for half a second, nothing is lost', async () => {
  // With so many who must receive each message.
  const receivers = {
    'gradagenda/pairs': 2,
    'socket-chat/echo': 1,
    'socket-chat/many-to-many': 7,
    'thunder-messenger/echo': 0,
    'tinode-2017/fan-out': 9,
    'tinode/pairs': 2,
    'tinode/pairs-grpc': 2,
  };
  // All at once: most of the time is waiting for what must not come.
  const runs = Object.entries(receivers).map(async ([named, copies]) => {
    const results = await runOnBundled(named, await shortWorkload(named, phases, 8));
    return { named, copies, results };
  });
  for (const { named, copies, results } of await Promise.all(runs)) {
    const { sent, delivered, late } = results.counters;
    expect(results.joinFailures, named).toEqual([]);
    expect(sent, named).toBeGreaterThan(0);
    expect(delivered + late, named).toBe(sent * copies);
    const faults = {
      lost: 0,
      unacknowledged: 0,
      duplicate: 0,
      unexpected: 0,
      corrupt: 0,
      gaps: 0,
      reordered: 0,
      failed: 0,
      cutOff: 0,
    };
    expect(results.counters, named).toMatchObject(faults);
  }
});

test('over HTTP, each request is answered', async () => {
  const named = 'thunder-messenger/post';
  const { counters, replies, joinFailures } = await runOnBundled(named, await shortWorkload(named, phases, 8));
  expect(joinFailures).toEqual([]);
  expect(counters.sent).toBeGreaterThan(0);
  expect(replies!.statuses).toEqual({ 200: counters.sent });
  expect([counters.delivered + counters.late, counters.lost]).toEqual([counters.sent, 0]);
});

/** In this process, for the binary would read and check a whole suite first. */
async function runOnBundled(named: string, { file, folder }: ShortWorkload): Promise<LoadResults> {
  const suite = await loadSuite(file);
  const target = await openBundledTarget({
    pack: suite.packFor({ limits: {}, timers: {}, values: {}, profile: undefined }),
    command: [process.execPath, mainFile, 'serve', suite.pack, '--port', '0', '--quiet', '--parent', `${process.pid}`],
    configuration: suite.configurations[0]!,
    accountMode: suite.accountModes.find(mode => mode !== 'list')!,
  });
  try {
    const { results } = await runLoad({
      suite,
      workload: suite.selectedWorkloads[0]!,
      target,
      reportsFolder: join(folder, 'reports'),
      name: 'short',
      tool: 'antiphon test',
      seed: named,
      workers: 1,
      patienceUs: 30_000_000,
      signal: new AbortController().signal,
    });
    return results;
  } finally {
    await target.stop();
  }
}
