import type { DueEvent } from '../evidence/events.ts';
import type { Clock } from '../foundation/clock.ts';
import type { LagMonitor } from './lag-monitor.ts';

export interface TimersOptions {
  readonly clock: Clock;
  readonly lag: LagMonitor;
  /** Events that have arrived so far: a timer fires only after a turn of the loop that brought none. */
  readonly arrivals: () => number;
  readonly due: (client: string | undefined, timer: DueEvent['timer']) => void;
}

/** The timers of one execution. */
export interface Timers {
  set(client: string | undefined, timer: DueEvent['timer'], atUs: number | undefined): void;
  clear(): void;
}

/** A socket that never stops talking must not keep a timer from ever being due. */
const mostDrainRounds = 64;

export function createTimers({ clock, lag, arrivals, due }: TimersOptions): Timers {
  const armed = new Map<string, { handle?: NodeJS.Timeout; immediate?: NodeJS.Immediate }>();

  function set(client: string | undefined, timer: DueEvent['timer'], atUs: number | undefined): void {
    const key = `${timer} ${client ?? ''}`;
    const before = armed.get(key);
    if (before) {
      clearTimeout(before.handle);
      clearImmediate(before.immediate);
      armed.delete(key);
    }
    if (atUs === undefined) return;
    const entry: { handle?: NodeJS.Timeout; immediate?: NodeJS.Immediate } = {};
    armed.set(key, entry);
    arm(entry, key, client, timer, atUs, lag.totalUs());
  }

  function arm(
    entry: { handle?: NodeJS.Timeout; immediate?: NodeJS.Immediate },
    key: string,
    client: string | undefined,
    timer: DueEvent['timer'],
    atUs: number,
    lagUs: number,
  ): void {
    const delayMs = Math.max(0, Math.ceil((atUs - clock.nowUs()) / 1000));
    entry.handle = setTimeout(() => {
      // Patience grows by what our own loop was late meanwhile.
      const grownUs = timer === 'patience' || timer === 'timeout' ? lag.totalUs() - lagUs : 0;
      if (clock.nowUs() < atUs + grownUs) arm(entry, key, client, timer, atUs + grownUs, lagUs + grownUs);
      else fireWhenDrained(entry, key, client, timer, arrivals(), 0);
    }, delayMs);
  }

  /** One turn of the event loop reads every readable socket: fire after the first turn that brought nothing. */
  function fireWhenDrained(
    entry: { immediate?: NodeJS.Immediate },
    key: string,
    client: string | undefined,
    timer: DueEvent['timer'],
    seen: number,
    round: number,
  ): void {
    entry.immediate = setImmediate(() => {
      if (armed.get(key) !== entry) return;
      if (arrivals() !== seen && round < mostDrainRounds) {
        fireWhenDrained(entry, key, client, timer, arrivals(), round + 1);
        return;
      }
      armed.delete(key);
      due(client, timer);
    });
  }

  return {
    set,
    clear() {
      for (const { handle, immediate } of armed.values()) {
        clearTimeout(handle);
        clearImmediate(immediate);
      }
      armed.clear();
    },
  };
}
