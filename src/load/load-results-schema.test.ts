import { createRequire } from 'node:module';
import type Ajv2020 from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { healthyRig, quietMachine } from './judge/testing/measured.ts';
import { createCounters } from './ledger/counters.ts';
import type { LoadResults } from './load-results.ts';
import { loadResultsSchema } from './load-results-schema.ts';

const { default: Ajv } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof Ajv2020;
const validate = new Ajv({ strict: true, allErrors: true }).compile(loadResultsSchema() as object);

const timing = {
  count: 1,
  never: 0,
  minUs: 1,
  meanUs: 1,
  p50Us: 1,
  p90Us: 1,
  p95Us: 1,
  p99Us: 1,
  p999Us: 1,
  maxUs: 1,
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
  target: { title: 'The chat server', kind: 'file', endpoints: { lines: '127.0.0.1:7000' } },
  transport: { name: 'lines', kind: 'lines', fast: false },
  ended: 'completed',
  verdict: 'fail',
  reasons: ['lost == 0: 2'],
  thresholds: [{ threshold: 'lost == 0', verdict: 'fail', actual: '2' }],
  channels: 1,
  connections: 4,
  openedInUs: 1_000_000,
  connectedInUs: 1_230_000,
  holdUs: 2_000_000,
  measuredUs: 1_900_000,
  deadlineUs: 1_000_000,
  counters: createCounters(),
  timings: { delivery: timing },
  deliveryRatio: undefined,
  fairness: 1.234,
  perSecond: { publishes: 50, deliveries: 150, sentBytes: 3_300.5, receivedBytes: 1_234_567 },
  machine: quietMachine,
  rigs: [healthyRig, { ...healthyRig, cpuShare: undefined, runQueueShare: undefined }],
  cpuUsPerDelivery: 4.7,
  floor: {
    ...{ measured: true, holdUs: 2_000_000, connections: 4, messages: 100, publishesPerSecond: 50 },
    ...{ deliveriesPerSecond: 150, frameFromBytes: 90, frameToBytes: 900, timings: { delivery: timing } },
    ...{ cpuUsPerDelivery: undefined, reasons: [] },
  },
  seconds: [
    {
      ...{ second: 0, publishes: 50, deliveries: 150, counters: createCounters() },
      ...{ deliveryP50Us: undefined, deliveryP90Us: 8, deliveryP99Us: 9, deliveryMaxUs: 10, sendDelayP99Us: 1 },
      ...{ loopDelayP99Us: 0, runQueueShare: 0.01 },
    },
  ],
  faults: [{ kind: 'lost', channel: 0, receiver: 'listener-1', sender: 'speaker', sequence: 3, dueUs: 7 }],
  joinFailures: [{ channel: 0, client: 'listener-2', at: 'tincan/fragments/enter.yaml:7', message: 'refused' }],
};

/** As results.json has it: members that are undefined are not there. */
const written = JSON.parse(JSON.stringify(results)) as Record<string, unknown>;

test('the schema takes what is written', () => {
  expect(validate(written) ? [] : validate.errors).toEqual([]);
});

test('what nobody can say is left out', () => {
  const { cpuUsPerDelivery, machine, fairness, ...others } = written;
  expect(validate(others)).toBe(true);
  expect(validate({ ...others, floor: { measured: false, why: 'not asked for' } })).toBe(true);
  expect(validate({ ...others, machine: { ...quietMachine, othersCpuShare: null } })).toBe(false);
});

const optional = ['machine', 'cpuUsPerDelivery', 'fairness'];

test.each(Object.keys(written).filter(name => !optional.includes(name)))(
  'the schema misses %s, and knows no other',
  name => {
    const { [name]: value, ...others } = written;
    expect(validate(others)).toBe(false);
    expect(validate({ ...others, [`${name}x`]: value, [name]: value })).toBe(false);
    expect(validate({ ...others, [name]: null })).toBe(false);
  },
);
