import { expect, test } from 'vitest';
import { holdNeededUs, readObjective } from './objective.ts';

const texts = (objective: string) => readObjective(objective).map(({ text }) => text);

test('an objective is thresholds', () => {
  expect(texts('delivery.p99 < 100 ms && lost == 0')).toEqual(['delivery.p99 < 100 ms', 'lost == 0']);
  expect(texts('timeToLast.p95<1 s&&lost < 5')).toEqual(['timeToLast.p95<1 s', 'lost < 5']);
});

test('loss is allowed only in so many words', () => {
  expect(texts('delivery.p99 < 100 ms')).toEqual(['delivery.p99 < 100 ms', 'lost == 0']);
});

test.each([
  [
    'delivery.p99 < 100 ms &&',
    "Expected as objective thresholds with && between them, such as 'delivery.p99 < 100 ms && lost == 0'; got 'delivery.p99 < 100 ms &&'.",
  ],
  [
    'delivry.p99 < 100 ms && lost == 0',
    'Expected in the threshold `delivry.p99 < 100 ms` a known figure; delivry.p99 is none: did you mean delivery.p99?',
  ],
])('refuses %s', (text, message) => {
  expect(() => readObjective(text)).toThrow(message);
});

test.each([
  ['delivery.p99 < 1 s', 50, 22_000_000],
  ['delivery.p99.9 < 1 s', 1_000, 11_000_000],
  ['delivery.p50 < 1 s', 10, 2_200_000],
  ['lost == 0', 10, 0],
  ['delivery.max < 1 s && order.gaps == 0', 10, 0],
])('%s at %d/s needs so long a hold', (text, perSecond, expected) => {
  expect(holdNeededUs(readObjective(text), perSecond)).toBe(expected);
});
