import { expect, test } from 'vitest';
import { startPacer } from '../../../src/load/engine/pacer.ts';

function nowUs(): number {
  return Math.round(performance.now() * 1_000);
}

test('wakes the loop when something is due: never before, once for each, the earlier one first', async () => {
  const woken: number[] = [];
  const wanted: number[] = [];
  await new Promise<void>(resolve => {
    const pacer = startPacer(nowUs, () => {
      woken.push(nowUs());
      if (woken.length === 20) {
        void pacer.stop().then(resolve);
        return;
      }
      const nextUs = nowUs() + 500 + 700 * (woken.length % 3);
      wanted.push(nextUs);
      pacer.wakeAt(nextUs);
    });
    const firstUs = nowUs() + 20_000;
    wanted.push(firstUs);
    pacer.wakeAt(firstUs + 10_000_000);
    pacer.wakeAt(firstUs);
  });
  expect(woken.length).toBe(wanted.length);
  for (const [k, atUs] of woken.entries()) expect(atUs).toBeGreaterThanOrEqual(wanted[k]!);
});

test('tells of what is due a little before, once, or not at all if it is late itself', async () => {
  const wanted: number[] = [];
  const told: number[] = [];
  await new Promise<void>(resolve => {
    const next = () => {
      const nextUs = nowUs() + 5_000;
      wanted.push(nextUs);
      pacer.wakeAt(nextUs);
    };
    const due = () => (wanted.length === 20 ? void pacer.stop().then(resolve) : next());
    const soon = () => {
      told[wanted.length - 1] = (told[wanted.length - 1] ?? 0) + 1;
    };
    const pacer = startPacer(nowUs, due, soon);
    next();
  });
  expect(Object.values(told).every(times => times === 1)).toBe(true);
});

test('what is due already is done at once, and nothing is done that is no longer wanted', async () => {
  await new Promise<void>(resolve => {
    const pacer = startPacer(nowUs, () => void pacer.stop().then(resolve));
    pacer.wakeAt(nowUs() - 5);
  });
  let woken = 0;
  const idle = startPacer(nowUs, () => woken++);
  idle.wakeAt(nowUs() + 1_000);
  idle.wakeAt(Number.POSITIVE_INFINITY);
  await idle.stop();
  expect(woken).toBe(0);
});

test('what is due is done, even if the thread takes it for earlier than it is', async () => {
  let behindUs = 0;
  let woken = 0;
  await new Promise<void>(resolve => {
    const ownUs = () => nowUs() - behindUs;
    const pacer = startPacer(ownUs, () => {
      if (woken++ === 1) return void pacer.stop().then(resolve);
      // The thread runs by now.
      behindUs = 50_000;
      pacer.wakeAt(ownUs() + 20_000);
    });
    pacer.wakeAt(ownUs() + 1_000);
  });
  expect(woken).toBe(2);
});

test('what is due is done, even if the two clocks were held against each other on a busy machine', async () => {
  let reads = 0;
  let woken = 0;
  await new Promise<void>(resolve => {
    const interruptedUs = () => {
      const resumesUs = nowUs() + 50_000;
      while (reads === 50 && nowUs() < resumesUs);
      reads++;
      return nowUs();
    };
    const pacer = startPacer(interruptedUs, () => {
      if (woken++ === 1) return void pacer.stop().then(resolve);
      reads = 1_000;
      pacer.wakeAt(nowUs() + 20_000);
    });
    pacer.wakeAt(nowUs() + 1_000);
  });
  expect(woken).toBe(2);
});
