import { expect, test } from 'vitest';
import { runShout } from './run-shout.ts';
import { type Door, honest } from './shout-server.ts';

test('who is made to leave, to come back or to stop reading is no loss', async () => {
  const { counters, faults, verdict, reasons } = await runShout('churn');
  expect(faults).toEqual([]);
  expect(counters).toMatchObject({
    intended: 200,
    sent: 200,
    late: 0,
    lost: 0,
    unverified: 0,
    duplicate: 0,
    unexpected: 0,
    corrupt: 0,
    gaps: 0,
    reordered: 0,
    notRejoined: 0,
    cutOff: 0,
  });
  // 100 messages in each of two rooms; four listeners, half of them away for a while, and two who leave after a quarter.
  expect(counters.expected).toBeLessThan(2 * 100 * 6);
  expect(counters.expected).toBeGreaterThan(2 * 100 * 2);
  expect(counters.delivered).toBe(counters.expected);
  // Undecided is what this machine was like.
  if (verdict !== 'pass') expect(reasons.join()).toMatch(/this machine|processor|event loop/);
});

test('several workers disrupt together as many as one would', async () => {
  let entered = 0;
  const door: Door = {
    enter() {
      entered++;
      return true;
    },
  };
  const { counters } = await runShout('few-leave', honest, { workers: 4 }, door);
  // Eight and, of them, one in ten.
  expect(entered).toBe(9);
  expect(counters).toMatchObject({ lost: 0, cutOff: 0, notRejoined: 0 });
});

test('who waits for answers goes on when the connection is back', async () => {
  let entered = 0;
  let saidSince = 0;
  const door: Door = {
    enter() {
      entered++;
      saidSince = 0;
      return true;
    },
    acknowledges() {
      saidSince++;
      return true;
    },
  };
  const { counters } = await runShout('echo-churn', honest, {}, door);
  expect(counters).toMatchObject({ lost: 0, cutOff: 0, notRejoined: 0 });
  expect(entered).toBe(6);
  expect(saidSince).toBeGreaterThan(0);
});

test('whom a target lets wait until the load is over may or may not come back', async () => {
  let entered = 0;
  const door: Door = { enter: () => true, answersEntry: () => ++entered <= 3 };
  const { counters, verdict } = await runShout('echo-churn', honest, {}, door);
  expect(counters).toMatchObject({ stillJoining: 3, notRejoined: 0 });
  expect(verdict).not.toBe('pass');
});

test('who cannot come back is told of, and fails the load', async () => {
  let entries = 0;
  const { counters, faults, verdict } = await runShout('churn', honest, {}, { enter: () => ++entries <= 14 });
  expect(counters.notRejoined).toBeGreaterThan(0);
  expect(faults.some(({ kind }) => kind === 'not-rejoined')).toBe(true);
  expect(verdict).toBe('fail');
});
