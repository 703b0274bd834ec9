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

/**
 * A socket that never stops talking must not keep a timer from ever being due. What had arrived by then lies in the kernel's
 * buffers, of a few MB for TCP and a few hundred datagrams for UDP; a turn reads 2 MB of each, or 32 datagrams.
 */
const mostDrainRounds = 8;

/**
 * Patience grows by the lag of one wait, then by the lag of that extension, and so on. A stall, however long, needs one; a target that
 * keeps this process busy with what it sends would grow it without end.
 */
const mostExtensions = 4;

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
    arm(entry, key, client, timer, atUs, { lagUs: lag.totalUs(), extensions: 0 });
  }

  function arm(
    entry: { handle?: NodeJS.Timeout; immediate?: NodeJS.Immediate },
    key: string,
    client: string | undefined,
    timer: DueEvent['timer'],
    atUs: number,
    begun: { readonly lagUs: number; readonly extensions: number },
  ): void {
    const delayMs = Math.max(0, Math.ceil((atUs - clock.nowUs()) / 1000));
    entry.handle = setTimeout(() => {
      // Patience grows by what our own loop was late meanwhile.
      const grows = (timer === 'patience' || timer === 'timeout') && begun.extensions < mostExtensions;
      const grownUs = grows ? lag.totalUs() - begun.lagUs : 0;
      const next = { lagUs: begun.lagUs + grownUs, extensions: begun.extensions + 1 };
      if (clock.nowUs() < atUs + grownUs) arm(entry, key, client, timer, atUs + grownUs, next);
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
