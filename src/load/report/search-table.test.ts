import { expect, test } from 'vitest';
import type { LoadStep } from '../search/load-step.ts';
import type { CapacityResults, SweepResults } from '../search/search-results.ts';
import { capacityTable, sweepTable, worstOf } from './search-table.ts';
import { stepsCsv } from './write-search-files.ts';

const header = {
  format: 1,
  tool: 'antiphon 0.1.0',
  workload: 'tincan/workloads/room.yaml',
  title: 'One speaker and three listeners',
  startedAt: '2026-11-30T20:00:00.000Z',
  seed: 'abc',
  target: { title: 'The chat server', kind: 'file' },
} as const;

const held: LoadStep = {
  value: 1_250,
  run: 'steps/20261130T200000Z-1250',
  ended: 'completed',
  verdict: 'pass',
  reasons: [],
  connections: 4,
  publishesPerSecond: 1_249.875,
  deliveriesPerSecond: 3_749.6,
  lost: 0,
  late: 0,
  deliveryP50Us: 850,
  deliveryP99Us: 2_345,
  deliveryP999Us: 12_345,
};

const { deliveryP50Us: _, deliveryP99Us: __, deliveryP999Us: ___, ...untimed } = held;
const gone: LoadStep = {
  ...untimed,
  value: 2_500,
  ended: 'target-gone',
  verdict: 'fail',
  reasons: ['the target ended 4 connections', 'lost == 0: 3'],
  lost: 3,
};

test('a capacity as a person reads it', () => {
  const results: CapacityResults = {
    ...header,
    kind: 'capacity',
    objective: ['delivery.p99 < 100 ms', 'lost == 0'],
    verdict: 'pass',
    finding: 'holds at 1,250/s, fails at 2,500/s',
    bracket: { passedPerSecond: 1_250, failedPerSecond: 2_500 },
    steps: [held, gone],
  };
  expect(capacityTable(results)).toBe(`CAPACITY: holds at 1,250/s, fails at 2,500/s

- workload:  tincan/workloads/room.yaml
- target:    The chat server
- objective: delivery.p99 < 100 ms && lost == 0

|    rate |                   | published/s | delivered/s |    p50 |     p99 |   p99.9 | lost | late |
| ------- | ----------------- | ----------- | ----------- | ------ | ------- | ------- | ---- | ---- |
| 1,250/s | pass              |       1,250 |       3,750 | 850 us | 2.35 ms | 12.3 ms |    0 |    0 |
| 2,500/s | fail, target-gone |       1,250 |       3,750 |      - |       - |       - |    3 |    0 |
`);
});

test('a sweep as a person reads it, with the first reason of each point that did not pass', () => {
  const results: SweepResults = {
    ...header,
    kind: 'sweep',
    over: 'listener',
    unit: 'users',
    complete: false,
    verdict: 'fail',
    steps: [held, gone],
  };
  expect(sweepTable(results)).toBe(`FAILED: One speaker and three listeners (not all points were run)

- workload: tincan/workloads/room.yaml
- target:   The chat server

| listener, users |                   | published/s | delivered/s |    p50 |     p99 |   p99.9 | lost | late |
| --------------- | ----------------- | ----------- | ----------- | ------ | ------- | ------- | ---- | ---- |
|           1,250 | pass              |       1,250 |       3,750 | 850 us | 2.35 ms | 12.3 ms |    0 |    0 |
|           2,500 | fail, target-gone |       1,250 |       3,750 |      - |       - |       - |    3 |    0 |

- 2,500: the target ended 4 connections
`);
});

test('the worst point decides', () => {
  expect(worstOf([])).toBe('pass');
  expect(worstOf([held, { ...held, verdict: 'inconclusive' }])).toBe('inconclusive');
  expect(worstOf([held, gone, { ...held, verdict: 'inconclusive' }])).toBe('fail');
});

test('the data of the curve', () => {
  expect(stepsCsv([held, gone])).toBe(
    `value,verdict,ended,connections,publishesPerSecond,deliveriesPerSecond,lost,late,deliveryP50Us,deliveryP99Us,deliveryP999Us,run
1250,pass,completed,4,1249.875,3749.6,0,0,850,2345,12345,steps/20261130T200000Z-1250
2500,fail,target-gone,4,1249.875,3749.6,3,0,,,,steps/20261130T200000Z-1250
`,
  );
});
