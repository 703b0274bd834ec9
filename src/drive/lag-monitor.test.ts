import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Stalled } from '../evidence/events.ts';
import { startLagMonitor } from './lag-monitor.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a stall goes to the log, then to all who hear', () => {
  let nowUs = 0;
  const told: (readonly [string, Stalled])[] = [];
  const lag = startLagMonitor({ nowUs: () => nowUs, epochMs: 0 }, stall => told.push(['log', stall]));
  const hearNoMore = lag.hear(stall => told.push(['execution', stall]));
  const tickAt = (atUs: number) => {
    nowUs = atUs;
    vi.advanceTimersByTime(20);
  };

  tickAt(21_000);
  tickAt(121_000);
  const stall = { event: 'stalled', t: 121_000, lagUs: 80_000 } as const;
  expect(told).toEqual([
    ['log', stall],
    ['execution', stall],
  ]);

  hearNoMore();
  tickAt(241_000);
  expect(told.slice(2).map(([who]) => who)).toEqual(['log']);
  expect(lag.totalUs()).toBe(180_000);
  lag.stop();
});
