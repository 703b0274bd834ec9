import { expect, test } from 'vitest';
import { type Floor, floorNotMeasured } from '../calibration/floor.ts';
import { healthyRig, quietMachine } from '../judge/testing/measured.ts';
import { createCounters } from '../ledger/counters.ts';
import type { LoadResults } from '../load-results.ts';
import { finalTable } from './final-table.ts';
import { metricsCsv } from './write-load-files.ts';

const timing = {
  count: 300,
  never: 0,
  minUs: 100,
  meanUs: 900,
  p50Us: 850,
  p90Us: 1_200,
  p95Us: 1_500,
  p99Us: 2_345,
  p999Us: 12_345,
  maxUs: 15_000,
  hdr: '',
};

const results: LoadResults = {
  format: 1,
  kind: 'load',
  tool: 'antiphon 0.1.0',
  workload: 'tincan/workloads/room.yaml',
  title: 'One speaker and three listeners',
  startedAt: '2026-11-30T20:00:00.000Z',
  seed: 'abc',
  target: { title: 'The chat server', kind: 'file', endpoints: {} },
  transport: { name: 'lines', kind: 'lines', fast: false },
  ended: 'completed',
  verdict: 'fail',
  reasons: ['lost == 0: 2'],
  thresholds: [
    { threshold: 'lost == 0', verdict: 'fail', actual: '2' },
    { threshold: 'delivery.p50 < 10 ms', verdict: 'pass', actual: '850 us' },
  ],
  channels: 1,
  connections: 1_204,
  openedInUs: 1_000_000,
  connectedInUs: 1_230_000,
  holdUs: 2_000_000,
  measuredUs: 2_000_000,
  deadlineUs: 1_000_000,
  counters: {
    ...createCounters(),
    intended: 101,
    sent: 100,
    saturated: 1,
    expected: 302,
    delivered: 299,
    late: 1,
    lost: 2,
    gaps: 2,
    sampled: 1,
  },
  timings: { delivery: timing, sendDelay: { ...timing, count: 100 } },
  deliveryRatio: 299 / 302,
  fairness: 1.234,
  perSecond: { publishes: 50, deliveries: 150, sentBytes: 3_300, receivedBytes: 1_234_567 },
  machine: quietMachine,
  rigs: [healthyRig],
  cpuUsPerDelivery: 666.7,
  floor: floorNotMeasured,
  seconds: [],
  faults: [],
  joinFailures: [],
};

test('a run as a person reads it', () => {
  expect(finalTable(results)).toBe(`FAILED: One speaker and three listeners

- workload:    tincan/workloads/room.yaml
- target:      The chat server
- transport:   lines
- connections: 1,204 in 1 channel, opened in 1 s, all joined after 1.23 s
- measured:    2 s

|                    |    p50 |    p90 |       p99 |     p99.9 |   max | count |
| ------------------ | ------ | ------ | --------- | --------- | ----- | ----- |
| delivery, from due | 850 us | 1.2 ms | (2.35 ms) | (12.3 ms) | 15 ms |   300 |
| send delay (ours)  | 850 us | 1.2 ms | (2.35 ms) | (12.3 ms) | 15 ms |   100 |

In parentheses: a percentile of too few messages, for ten must lie beyond it.

- published:       100 of 101, 50/s, 1 saturated
- delivered:       299 of 302 (99.0066 %), 150/s
- lost:            2, 1 late, 2 gaps
- fairness:        1.23 (p99 of the worst receiver by that of the median one)
- bytes:           3.3 kB/s sent, 1.2 MB/s received
- checked in full: 1 messages, 0 invalid

- CPU:              this tool 12 % (2 % only waiting awake), target 30 %, all others 20 %, 100 % is one of 2 processors
- memory:           this tool 90.0 MB, target 60.0 MB
- CPU per delivery: 666.7 us
- event loop:       late 300 us at p99, garbage 0.1 %, longest 900 us, waiting for a processor 1 %
- floor:            not measured: --calibrate does

|      | threshold            | was    |
| ---- | -------------------- | ------ |
| fail | lost == 0            | 2      |
| pass | delivery.p50 < 10 ms | 850 us |

- FAILED: lost == 0: 2
`);
});

test('a run that did not begin says why, and nothing else', () => {
  const reason = 'ada could not join (tincan/fragments/enter.yaml:7): the connection was refused';
  const text = finalTable({ ...results, measuredUs: 0, ended: 'not-joined', thresholds: [], reasons: [reason] });
  expect(text).toContain('- measured:    0 us of 2 s: somebody could not join\n\n- FAILED: ada could not join');
  expect(text).not.toContain('| delivery');
});

test('the floor stands next to what it is the floor of', () => {
  const figures = { publishesPerSecond: 50, deliveriesPerSecond: 150, frameFromBytes: 90, frameToBytes: 900 };
  const floor: Floor = {
    measured: true,
    ...{ holdUs: 2_000_000, connections: 4, messages: 100, cpuUsPerDelivery: 333.31, reasons: [] },
    ...figures,
    timings: { delivery: { ...timing, p50Us: 120 }, sendDelay: { ...timing, count: 100, p50Us: 90 } },
  };
  const lines = finalTable({ ...results, floor }).split('\n');
  const below = (text: string) => lines[lines.findIndex(line => line.includes(text)) + 1];
  expect(below('| delivery, from due')).toMatch(/^\| - floor +\| 120 us /);
  expect(below('| send delay')).toMatch(/^\| - floor +\| +90 us /);
  expect(lines).toContain('- CPU per delivery: 666.7 us (floor: 333.3 us)');
  expect(lines).toContain(
    '- floor:            a bare server on this machine for 2 s: 4 connections, 50/s to 150/s of 90 to 900 bytes',
  );
});

test('what some messages never had is never, from where they begin', () => {
  const timeToLast = { ...timing, count: 9_000, never: 1_000, p99Us: undefined, p999Us: undefined, maxUs: undefined };
  const text = finalTable({ ...results, counters: { ...results.counters, sent: 10_000 }, timings: { timeToLast } });
  expect(text).toContain('| to the last | 850 us | 1.2 ms | never | never | never | 9,000 |\n\n- published');
});

test('what nobody can say is said to be so', () => {
  const machine = { ...quietMachine, othersCpuShare: undefined, target: undefined };
  const text = finalTable({ ...results, machine, rigs: [{ ...healthyRig, runQueueShare: undefined }] });
  expect(text).toContain('this tool 12 % (2 % only waiting awake), all others unknown on this system, ');
  expect(text).toContain('waiting for a processor unknown on this system\n');
});

test('a second in which nothing came has no latency, and every counter is a column', () => {
  const second = { second: 0, publishes: 3, deliveries: 0, counters: { ...createCounters(), intended: 4, lost: 1 } };
  const none = { deliveryP50Us: undefined, deliveryP90Us: undefined, deliveryP99Us: undefined };
  const rig = { deliveryMaxUs: undefined, sendDelayP99Us: 250, loopDelayP99Us: 90, runQueueShare: 0.01 };
  const [head, line] = metricsCsv([{ ...second, ...none, ...rig }]).split('\n');
  expect(head).toMatch(/^second,publishes,deliveries,deliveryP50Us,deliveryP90Us,.*,runQueueShare,intended,sent,/);
  expect(line).toMatch(/^0,3,0,,,,,250,90,0.01,4,0,0,0,0,0,0,0,0,1,/);
  expect(head!.split(',').length).toBe(line!.split(',').length);
});
