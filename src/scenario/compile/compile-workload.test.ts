import { expect, test } from 'vitest';
import type { Diagnostic } from '../../foundation/diagnostic.ts';
import { createPack } from '../../packs/create-pack.ts';
import { readWorkloadFile } from '../files/read-file.ts';
import { compileWorkload } from './compile-workload.ts';
import { openSuite } from './open-suite.ts';
import { loadSample } from './testing/sample-suite.ts';

/** A workload with this schedule, and more keys. */
function compiled(schedule: string, more = '', phases = '{ hold: 5 s }', counts = {}) {
  const text = `antiphon: 1
workload: One room
protocol: chat
vars: { users: 3, pace: 30/min, length: 200 bytes }
roles: { member: { as: guest, count: $(users) } }
publish:
  - { by: member, send: { type: say, body: $payload }, to: member, schedule: ${schedule} }
phases: ${phases}
${more}`;
  const loaded = loadSample({});
  const packFile = loaded.packFile!;
  const pack = createPack(packFile, loaded.schemas, loaded.digest);
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void found.push(diagnostic);
  const { file, diagnostics } = readWorkloadFile(text, 'chat/load.yaml');
  expect(diagnostics).toEqual([]);
  const source = openSuite({ ...loaded, packFile, pack }, 'token', report);
  return { workload: compileWorkload(file!, source, report, counts), found };
}

test.each([
  ['{ rate: 50/s }', { kind: 'rate', perSecond: 50 }],
  ['{ rate: $(pace) }', { kind: 'rate', perSecond: 0.5 }],
  ['{ poisson: 7.5/s }', { kind: 'poisson', perSecond: 7.5 }],
  ['{ ramp: { from: 1/s, to: 9/s } }', { kind: 'ramp', fromPerSecond: 1, toPerSecond: 9, overUs: 5_000_000 }],
  [
    '{ ramp: { from: 1/s, to: 9/s, over: 2 s } }',
    { kind: 'ramp', fromPerSecond: 1, toPerSecond: 9, overUs: 2_000_000 },
  ],
  [
    '{ stairs: { from: 10/s, step: 5/s, every: 1 s } }',
    { kind: 'stairs', fromPerSecond: 10, stepPerSecond: 5, everyUs: 1_000_000, toPerSecond: Number.POSITIVE_INFINITY },
  ],
  [
    '{ stairs: { from: 10/s, step: 5/s, every: 1 s, to: 90/s } }',
    { kind: 'stairs', fromPerSecond: 10, stepPerSecond: 5, everyUs: 1_000_000, toPerSecond: 90 },
  ],
  ['{ burst: { count: 20, every: 500 ms } }', { kind: 'burst', count: 20, everyUs: 500_000 }],
  ['{ inFlight: 4 }', { kind: 'inFlight', messages: 4 }],
])('settles the schedule %s', (schedule, pace) => {
  const { workload, found } = compiled(schedule);
  expect(found).toEqual([]);
  expect(workload.publish[0]!.pace).toEqual(pace);
});

test('fills in what a workload does not say', () => {
  const { workload } = compiled('{ rate: 1/s }');
  expect(workload.phases).toEqual({
    connectPerSecond: 500,
    warmUpUs: 2_000_000,
    holdUs: 5_000_000,
    drainUs: 2_000_000,
  });
  expect(workload).toMatchObject({ channels: 1, disrupt: [], thresholds: [], abortOnFailAfterUs: undefined });
  expect(workload.publish[0]).toMatchObject({ payload: { fromBytes: 0, toBytes: 0 }, copy: true });
});

test('settles users, phases, disruptions and thresholds', () => {
  const { workload, found } = compiled(
    '{ rate: 1/s }',
    `channels: 4
disrupt: { at: 1 s, role: member, share: 12.5 %, do: stop-reading, for: 300 ms }
thresholds: [ lost == 0 ]
abortOnFail: 5 s`,
    '{ connect: 90/min, warmUp: 1 s, hold: 2 min, drain: 300 ms }',
  );
  expect(found).toEqual([]);
  const members = ['member-1', 'member-2', 'member-3'];
  expect(workload.plan.clients.map(({ name }) => name)).toEqual(members);
  expect(workload).toMatchObject({
    channels: 4,
    phases: { connectPerSecond: 1.5, warmUpUs: 1_000_000, holdUs: 120_000_000, drainUs: 300_000 },
    disrupt: [{ atUs: 1_000_000, clients: members, share: 12.5, act: 'stop-reading', forUs: 300_000, join: [] }],
    thresholds: ['lost == 0'],
    abortOnFailAfterUs: 5_000_000,
  });
});

test('reports what only the run could know', () => {
  const { found } = compiled('{ rate: $(unique) }');
  expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'not-settled: $(unique) has to be known when the file is read',
  ]);
});

test('takes as many users of a role as it is told', () => {
  const { workload, found } = compiled('{ rate: 1/s }', '', '{ hold: 5 s }', { member: 5 });
  expect(found).toEqual([]);
  expect(workload.roles).toEqual(['member']);
  expect(workload.publish[0]!.by).toEqual(['member-1', 'member-2', 'member-3', 'member-4', 'member-5']);
});
