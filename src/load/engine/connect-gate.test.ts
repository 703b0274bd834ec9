import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createConnectGate } from './connect-gate.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('connections begin at their rate, in the order in which they were asked for', () => {
  const begunMs = Date.now();
  const gate = createConnectGate(100, () => (Date.now() - begunMs) * 1_000);
  const begun: (readonly [number, number])[] = [];
  for (let k = 0; k < 5; k++) gate.pass(() => void begun.push([k, Date.now() - begunMs]));
  vi.advanceTimersByTime(100);
  expect(begun).toEqual([
    [0, 0],
    [1, 10],
    [2, 20],
    [3, 30],
    [4, 40],
  ]);
});

test('who comes later does not wait for what is over', () => {
  const gate = createConnectGate(10, () => Date.now() * 1_000);
  const begin = vi.fn();
  gate.pass(begin);
  vi.advanceTimersByTime(5_000);
  gate.pass(begin);
  expect(begin).toHaveBeenCalledTimes(2);
});

test('no more are under way at once than may be; who is settled makes room for the next', () => {
  const gate = createConnectGate(1_000_000, () => Date.now() * 1_000, 2);
  const begun: number[] = [];
  for (let k = 0; k < 4; k++) gate.pass(() => void begun.push(k));
  vi.advanceTimersByTime(1_000);
  expect(begun).toEqual([0, 1]);
  gate.leave();
  expect(begun).toEqual([0, 1, 2]);
  gate.leave();
  expect(begun).toEqual([0, 1, 2, 3]);
});

test('when the last one was settled is known', () => {
  const gate = createConnectGate(1_000_000, () => Date.now() * 1_000, 2);
  gate.pass(() => {});
  vi.advanceTimersByTime(1_000);
  gate.leave();
  const settledUs = Date.now() * 1_000;
  vi.advanceTimersByTime(1_000);
  expect(gate.settledUs()).toBe(settledUs);
});
