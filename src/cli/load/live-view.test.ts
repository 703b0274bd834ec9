import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCounters } from '../../load/ledger/counters.ts';
import type { SecondResult } from '../../load/load-results.ts';
import { createPaint } from '../../reporters/paint.ts';
import { createLiveView } from './live-view.ts';
import { createScreen } from './testing/screen.ts';

const second: SecondResult = {
  ...{ second: 3, publishes: 50, deliveries: 25_050, counters: createCounters() },
  ...{ deliveryP50Us: 5_640, deliveryP90Us: 9_000, deliveryP99Us: 15_800, deliveryMaxUs: 20_000 },
  ...{ sendDelayP99Us: 290, loopDelayP99Us: 100, runQueueShare: 0.01 },
};
const lossy: SecondResult = { ...second, counters: { ...createCounters(), lost: 3, late: 2 }, sendDelayP99Us: 46_000 };

function viewOn(cells: number, color = false) {
  const screen = createScreen(cells);
  let written = '';
  const write = (text: string) => {
    written += text;
    screen.write(text);
  };
  const view = createLiveView({ write, widthCells: () => screen.cells, paint: createPaint(color) });
  return { screen, view, written: () => written };
}

describe('the live view', () => {
  test('of a wide terminal is one line, with what is left of the phase', () => {
    const { screen, view } = viewOn(120);
    view.phase('join', undefined, 0, 0);
    view.tick(2_400);
    expect(screen.lines()).toEqual(['join 2 s']);
    view.phase('hold', 90_000_000, 501, 5_000);
    expect(screen.lines()).toEqual(['hold, 1 min 30 s left   501 connections']);
    view.second(second, 85_000);
    expect(screen.lines()).toEqual([
      'hold, 10 s left   501 connections   50/s sent   25,050/s received   p50 5.64 ms   p99 15.8 ms   0 lost',
      'this machine: ok',
    ]);
    view.end();
    expect(screen.lines()).toEqual(['']);
  });

  test('of a narrow one is several lines, and nothing is left out', () => {
    const { screen, view } = viewOn(34);
    view.phase('hold', 10_000_000, 501, 0);
    view.second(lossy, 4_000);
    expect(screen.lines()).toEqual([
      'hold, 6 s left   501 connections',
      '50/s sent   25,050/s received',
      'p50 5.64 ms   p99 15.8 ms',
      '3 lost   2 late',
      'this machine: 46 ms behind',
    ]);
  });

  test('leaves what was there before, and what is written in between', () => {
    const { screen, view } = viewOn(40);
    screen.write('step 1: 100/s\n');
    view.phase('hold', 10_000_000, 501, 0);
    view.second(second, 1_000);
    view.clear();
    screen.write('Interrupted.\n');
    view.phase('drain', 2_000_000, 501, 2_000);
    view.end();
    screen.write('the table\n');
    expect(screen.lines()).toEqual(['step 1: 100/s', 'Interrupted.', 'the table', '']);
  });

  test('is drawn in its place whatever the widths that the terminal takes meanwhile', () => {
    const cells = fc.integer({ min: 12, max: 140 });
    fc.assert(
      fc.property(cells, fc.array(fc.tuple(cells, fc.boolean()), { minLength: 1, maxLength: 12 }), (first, changes) => {
        const { screen, view } = viewOn(first);
        screen.write('before\n');
        view.phase('hold', 10_000_000, 501, 0);
        for (const [to, bad] of changes) {
          screen.resize(to);
          view.second(bad ? lossy : second, 1_000);
          expect(screen.lines().filter(line => line.startsWith('hold')).length).toBe(1);
        }
        view.end();
        expect(screen.lines()).toEqual(['before', '']);
      }),
    );
  });

  test('has colours only if they are wanted', () => {
    const plain = viewOn(80);
    const colored = viewOn(80, true);
    for (const { view } of [plain, colored]) {
      view.phase('hold', 10_000_000, 501, 0);
      view.second(lossy, 1_000);
    }
    expect(plain.written()).not.toContain('\u001b[31m');
    expect(colored.written()).toContain('\u001b[31m3 lost');
    expect(colored.screen.lines()).toEqual(plain.screen.lines());
  });

  test('says nothing of a second in which nothing came', () => {
    const { screen, view } = viewOn(160);
    view.phase('hold', 10_000_000, 2, 0);
    view.second({ ...second, deliveries: 0, deliveryP50Us: undefined, deliveryP99Us: undefined }, 1_000);
    expect(screen.lines()).toEqual([
      'hold, 9 s left   2 connections   50/s sent   0/s received   0 lost   this machine: ok',
    ]);
  });
});
