import { describe, expect, test } from 'vitest';
import { createEarliness } from './earliness.ts';

/** Wakes by instants so far apart, where waking takes as long as `takesUs` says; gives how early the loop was, once that is learnt. */
function wake(intervalUs: number, takesUs: (k: number) => number): readonly number[] {
  const earliness = createEarliness();
  const sparesUs = Array.from({ length: 4_000 }, (_, k) => {
    const spareUs = earliness.earlyUs(intervalUs) - takesUs(k);
    earliness.note(spareUs);
    return spareUs;
  });
  return sparesUs.slice(2_000);
}

const share = (sparesUs: readonly number[], is: (spareUs: number) => boolean) => sparesUs.filter(is).length / 2_000;

describe('how early a loop is woken', () => {
  test.each([60, 120, 250, 400])('where that takes %i us it is in time, and not by much', takesUs => {
    const sparesUs = wake(10_000, () => takesUs);
    expect(share(sparesUs, spareUs => spareUs < 0)).toBe(0);
    expect(Math.max(...sparesUs)).toBeLessThan(30);
  });

  test('where that takes now 80 us and now 200 us it is in time nineteen times of twenty', () => {
    const sparesUs = wake(10_000, k => ((k * 7_919) % 100) + 80 + (k % 25 === 0 ? 120 : 0));
    expect(share(sparesUs, spareUs => spareUs < 0)).toBeLessThan(0.06);
  });

  test('not more than an eighth of the time is spent awake, however long waking takes', () => {
    const earliness = createEarliness();
    for (let k = 0; k < 1_000; k++) earliness.note(-5_000);
    expect(earliness.earlyUs(1_000)).toBe(125);
    expect(earliness.earlyUs(1_000_000)).toBe(500);
    expect(earliness.earlyUs(0)).toBe(50);
  });
});
