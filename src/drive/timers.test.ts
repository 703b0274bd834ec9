import { expect, test } from 'vitest';
import { startClock } from '../foundation/clock.ts';
import { createTimers } from './timers.ts';

const clock = startClock();

/** When a timer that is set for 20 ms is due, with a loop that lags as told and what arrives meanwhile. */
function dueAfterUs(timer: 'patience' | 'until', totalUs: () => number, arrivals: () => number): Promise<number> {
  const beganUs = clock.nowUs();
  return new Promise(resolve => {
    const due = () => resolve(clock.nowUs() - beganUs);
    const timers = createTimers({ clock, lag: { totalUs, hear: () => () => {}, stop() {} }, arrivals, due });
    timers.set('alice', timer, beganUs + 20_000);
  });
}

const none = () => 0;

test('a timer is due in its time, and not before', async () => {
  expect(await dueAfterUs('patience', none, none)).toBeGreaterThanOrEqual(20_000);
});

test('patience grows by a stall, once', async () => {
  let lagUs = 0;
  setTimeout(() => {
    lagUs = 30_000;
  }, 5);
  expect(await dueAfterUs('patience', () => lagUs, none)).toBeGreaterThanOrEqual(50_000);
});

test('a loop that does nothing but lag does not make patience endless', async () => {
  expect(await dueAfterUs('patience', clock.nowUs, none)).toBeGreaterThanOrEqual(80_000);
});

test('a duration does not grow', async () => {
  expect(await dueAfterUs('until', clock.nowUs, none)).toBeGreaterThanOrEqual(20_000);
});

test('a socket that never stops talking does not keep a timer from being due', async () => {
  let arrived = 0;
  expect(await dueAfterUs('patience', none, () => arrived++)).toBeGreaterThanOrEqual(20_000);
});
