import { createRequire } from 'node:module';
import type Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { findCapacity } from './search/find-capacity.ts';
import type { LoadStep } from './search/load-step.ts';
import { readObjective } from './search/objective.ts';
import type { CapacityResults, SearchHeader, SweepResults } from './search/search-results.ts';
import { capacitySchema, sweepSchema } from './search-schemas.ts';

const { default: Ajv } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof Ajv2020;
const compiled = (schema: object) => new Ajv({ strict: true, allErrors: true }).compile(schema);

const header: SearchHeader = {
  ...{ format: 1, tool: 'antiphon 0.1.0', workload: 'tincan/workloads/room.yaml', title: 'One speaker' },
  ...{ startedAt: '2026-11-30T20:00:00.000Z', seed: 'abc', target: { title: 'The chat server', kind: 'file' } },
};
const figures = { connections: 4, publishesPerSecond: 49.5, deliveriesPerSecond: 148.5, lost: 2, late: 0 };
const step: LoadStep = {
  value: 50,
  run: 'steps/50',
  ended: 'completed',
  verdict: 'fail',
  reasons: ['lost'],
  ...figures,
};
const timed: LoadStep = { ...step, deliveryP50Us: 1, deliveryP99Us: 2, deliveryP999Us: 3 };

const capacity: CapacityResults = {
  ...header,
  ...{ kind: 'capacity', objective: ['lost == 0'], verdict: 'pass', finding: 'holds at 50/s, fails at 52/s' },
  ...{ bracket: { passedPerSecond: 50, failedPerSecond: 52 }, steps: [step, timed] },
};
const sweep: SweepResults = {
  ...header,
  ...{ kind: 'sweep', over: 'listener', unit: 'users', complete: true, verdict: 'fail', steps: [step, timed] },
};

describe.each([
  ['capacity', capacitySchema, capacity],
  ['sweep', sweepSchema, sweep],
] as const)('the schema of a %s', (_, schema, results) => {
  const validate = compiled(schema() as object);

  test('takes what is written', () => {
    expect(validate(results) ? [] : validate.errors).toEqual([]);
  });

  test.each(Object.keys(results))('misses %s, and knows no other', name => {
    const { [name]: value, ...others } = results as unknown as Record<string, unknown>;
    expect(validate(others)).toBe(false);
    expect(validate({ ...others, [name]: value, [`${name}x`]: value })).toBe(false);
    expect(validate({ ...others, [name]: null })).toBe(false);
  });

  test.each(Object.keys(timed))('knows %s of a step', name => {
    const { [name]: value, ...others } = timed as unknown as Record<string, unknown>;
    expect(validate({ ...results, steps: [others] })).toBe(name.startsWith('deliveryP'));
    expect(validate({ ...results, steps: [{ ...timed, [`${name}x`]: value }] })).toBe(false);
  });
});

test('whatever is known of a capacity, at whatever step, fits its schema', async () => {
  const validate = compiled(capacitySchema() as object);
  const objective = readObjective('lost == 0');
  const verdicts = ['pass', 'fail', 'inconclusive', 'pass', 'inconclusive', 'inconclusive', 'fail'] as const;
  let k = 0;
  const run = async (value: number) => ({ ...step, value, verdict: verdicts[k++ % verdicts.length]! });
  await findCapacity(objective, 50, run, known => {
    expect(validate({ ...capacity, ...known }) ? [] : validate.errors).toEqual([]);
  });
  expect(k).toBeGreaterThan(5);
});
