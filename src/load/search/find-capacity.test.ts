import { describe, expect, test } from 'vitest';
import type { Variation } from '../engine/vary-workload.ts';
import { type Capacity, findCapacity, type RunStep } from './find-capacity.ts';
import type { LoadStep } from './load-step.ts';
import { readObjective } from './objective.ts';
import { runSweep } from './run-sweep.ts';
import { readSweep, settleSweep } from './sweep.ts';

const objective = readObjective('delivery.p99 < 100 ms');

function step(value: number, verdict: LoadStep['verdict'], more: Partial<LoadStep> = {}): LoadStep {
  const figures = { connections: 9, publishesPerSecond: value, deliveriesPerSecond: 9 * value, lost: 0, late: 0 };
  return { value, run: `steps/${value}`, ended: 'completed', verdict, reasons: [], ...figures, ...more };
}

async function search(runStep: (perSecond: number, variation: Variation) => LoadStep, own = 100) {
  const told: Capacity[] = [];
  const run: RunStep = async (perSecond, variation) => runStep(perSecond, variation);
  const capacity = await findCapacity(objective, own, run, known => told.push(known));
  return { ...capacity, told };
}

const holdsTo = (most: number) => (perSecond: number) => step(perSecond, perSecond <= most ? 'pass' : 'fail');

test.each<[string, (perSecond: number) => LoadStep, LoadStep['verdict'], string]>([
  ['is found', holdsTo(330), 'pass', 'holds at 325/s, fails at 338/s'],
  ['is more than can be tried', holdsTo(1e9), 'pass', 'holds at 102,400/s, the greatest rate that was tried'],
  // 1,100 messages are needed; slower, a step would take longer than three minutes.
  ['is less than can be tried', holdsTo(0), 'fail', 'fails at 6.111/s, the least rate that was tried'],
  [
    'is more than this machine can show',
    rate => (rate > 250 ? step(rate, 'inconclusive', { reasons: ['this machine was behind'] }) : step(rate, 'pass')),
    'inconclusive',
    'holds at 250/s; inconclusive from 263/s on: this machine was behind',
  ],
])('a capacity that %s', async (_, runStep, verdict, finding) => {
  const found = await search(runStep);
  expect([found.verdict, found.finding]).toEqual([verdict, finding]);
  expect(found.told.length).toBe(found.steps.length);
});

test('each step is judged by the objective, and holds until its percentiles say something', async () => {
  const variations: Variation[] = [];
  await search((rate, variation) => {
    variations.push(variation);
    return holdsTo(330)(rate);
  });
  expect(variations.slice(0, 2)).toEqual([
    { perSecond: 100, holdAtLeastUs: 11_000_000, thresholds: ['delivery.p99 < 100 ms', 'lost == 0'] },
    { perSecond: 200, holdAtLeastUs: 5_500_000, thresholds: ['delivery.p99 < 100 ms', 'lost == 0'] },
  ]);
});

describe('a step that was cut short ends the search and decides nothing', () => {
  test.each(['interrupted', 'not-joined'] as const)('%s', async ended => {
    const found = await search(rate => (rate === 400 ? step(rate, 'fail', { ended }) : step(rate, 'pass')));
    expect(found.steps.map(({ value }) => value)).toEqual([100, 200, 400]);
    expect(found.bracket).toEqual({ passedPerSecond: 200, undecidedPerSecond: 400 });
    expect([found.verdict, found.finding]).toEqual(['inconclusive', 'holds at 200/s; the search was not ended']);
  });
});

test('a target that is gone has failed', async () => {
  const found = await search(rate => (rate > 330 ? step(rate, 'fail', { ended: 'target-gone' }) : step(rate, 'pass')));
  expect(found.finding).toBe('holds at 325/s, fails at 338/s');
});

describe('a sweep', () => {
  const sweep = settleSweep(readSweep('listeners=1,10,100'), ['listener']);

  test('goes on whatever becomes of a point', async () => {
    const told: number[] = [];
    const run: RunStep = async users => step(users, users === 10 ? 'fail' : 'pass', { ended: 'not-joined' });
    const steps = await runSweep(sweep, run, known => told.push(known.length));
    expect(steps.map(({ value, verdict }) => [value, verdict])).toEqual([
      [1, 'pass'],
      [10, 'fail'],
      [100, 'pass'],
    ]);
    expect(told).toEqual([1, 2, 3]);
  });

  test('ends when it is interrupted', async () => {
    const steps = await runSweep(
      sweep,
      async users => step(users, 'inconclusive', { ended: 'interrupted' }),
      () => {},
    );
    expect(steps.length).toBe(1);
  });
});
