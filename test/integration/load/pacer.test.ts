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
