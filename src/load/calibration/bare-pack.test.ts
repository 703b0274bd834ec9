import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundledPacks, findPack } from '../../packs/find-pack.ts';
import { loadPack } from '../../packs/load-pack.ts';
import { lintSuite } from '../../scenario/lint/lint-suite.ts';
import type { Pace, WorkloadPlan } from '../../scenario/workload-plan.ts';
import { loadSuite } from '../../suites/load-suite.ts';
import type { Suite } from '../../suites/suite.ts';
import { settleWorkload } from '../engine/read-workload.ts';
import { streamsOfChannel } from '../engine/streams.ts';
import { barePackOf } from './bare-pack.ts';

const plain = { limits: {}, timers: {}, values: {}, profile: undefined };

function settled(suite: Suite, workload: string): WorkloadPlan {
  return settleWorkload({ suite, workload, accountMode: suite.accountModes[0]!, pack: suite.packFor(plain) });
}

/** The bare workload of another one, read as any workload is. */
async function bareOf(workload: WorkloadPlan, suite: Suite, acknowledges = true) {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-bare-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const settings = { acknowledges, holdUs: 2_000_000 };
  const bare = barePackOf(workload, suite.packFor(plain), 'websocket', settings);
  for (const [path, text] of Object.entries(bare.files)) {
    const file = join(folder, 'bare', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const loaded = await loadPack(findPack(join(folder, 'bare')));
  const errors = lintSuite(loaded).filter(({ severity }) => severity === 'error');
  const bareSuite = await loadSuite(join(folder, 'bare'));
  const { load } = bareSuite;
  return { ...bare, errors, load, plan: settled(bareSuite, bareSuite.selectedWorkloads[0]!) };
}

test.each(bundledPacks())(
  'every workload of %s has a bare one: sound, with the same users, streams and rates',
  async pack => {
    const suite = await loadSuite(pack);
    for (const name of suite.selectedWorkloads) {
      const workload = settled(suite, name);
      const { errors, plan, topology } = await bareOf(workload, suite);
      expect(errors, name).toEqual([]);
      expect([plan.channels, plan.plan.clients.length], name).toEqual([
        workload.channels,
        workload.plan.clients.length,
      ]);
      expect(streamsOfChannel(plan), name).toEqual(streamsOfChannel(workload));
      expect(plan.publish.map(({ pace }) => pace)).toEqual(workload.publish.map(({ pace }) => pace));
      // Who the server sends to is whom the ledger expects.
      const receivers = workload.publish.map(({ to }) =>
        to.map(client => workload.plan.clients.findIndex(each => each.name === client)),
      );
      expect(topology.audiences.map(({ to }) => to)).toEqual(receivers);
    }
  },
);

test('an acknowledgement is awaited only where there is one', async () => {
  const suite = await loadSuite('gradagenda');
  const workload = settled(suite, 'gradagenda/workloads/fan-out.yaml');
  const [known, unknown] = [await bareOf(workload, suite), await bareOf(workload, suite, false)];
  expect(known.load).toHaveProperty('ack');
  expect(unknown.load).not.toHaveProperty('ack');
});

test('messages are as long as those of the workload', async () => {
  const suite = await loadSuite('gradagenda');
  const workload = settled(suite, 'gradagenda/workloads/fan-out.yaml');
  const { frames, plan } = await bareOf(workload, suite);
  const [payload] = plan.publish.map(each => each.payload);
  const longest = JSON.stringify({ is: 'said', entry: 0, text: 'x'.repeat(payload!.toBytes), id: 'r1000' });
  expect(longest.length).toBe(frames.toBytes);
  expect(frames.toBytes).toBeGreaterThan(workload.publish[0]!.payload.toBytes + 20);
});

test.each<Pace>([
  { kind: 'rate', perSecond: 0.1 },
  { kind: 'poisson', perSecond: 1_234.5 },
  { kind: 'ramp', fromPerSecond: 1, toPerSecond: 500, overUs: 10_000_000 },
  { kind: 'stairs', fromPerSecond: 1, stepPerSecond: 5, everyUs: 500_000, toPerSecond: 50 },
  { kind: 'stairs', fromPerSecond: 1, stepPerSecond: 5, everyUs: 500_000, toPerSecond: Number.POSITIVE_INFINITY },
  { kind: 'burst', count: 7, everyUs: 250_000 },
  { kind: 'inFlight', messages: 3 },
])('a schedule of kind $kind stays what it is', async pace => {
  const suite = await loadSuite('gradagenda');
  const workload = settled(suite, 'gradagenda/workloads/fan-out.yaml');
  const { plan } = await bareOf({ ...workload, publish: [{ ...workload.publish[0]!, pace }] }, suite);
  expect(plan.publish[0]!.pace).toEqual(pace);
});
