/**
 * Lets so many connections begin in a second, evenly, in the order in which they were asked for; and no more at once than a target answers
 * soon: thousands that wait for each other take longer for each, and no less for all.
 */
export interface ConnectGate {
  /** Calls `begin` when its turn has come, at once if it has. */
  pass(begin: () => void): void;
  /** One that has begun is open, or will never be. */
  leave(): void;
  /** When the last one was. */
  settledUs(): number;
}

export function createConnectGate(perSecond: number, nowUs: () => number, mostAtOnce = usualAtOnce): ConnectGate {
  const everyUs = 1e6 / perSecond;
  const waiting: (() => void)[] = [];
  let first = 0;
  let nextUs = 0;
  let underWay = 0;
  let settledUs = 0;
  let timer: NodeJS.Timeout | undefined;

  function letIn(): void {
    while (first < waiting.length && underWay < mostAtOnce && timer === undefined) {
      const waitMs = Math.floor((nextUs - nowUs()) / 1000);
      if (waitMs > 0) {
        timer = setTimeout(() => {
          timer = undefined;
          letIn();
        }, waitMs);
        return;
      }
      nextUs = Math.max(nextUs, nowUs() - mostBehindUs) + everyUs;
      underWay++;
      waiting[first++]!();
    }
    if (first < waiting.length) return;
    waiting.length = 0;
    first = 0;
  }

  return {
    pass(begin) {
      waiting.push(begin);
      letIn();
    },
    leave() {
      underWay--;
      settledUs = nowUs();
      letIn();
    },
    settledUs: () => settledUs,
  };
}

/** Measured: 16 to 128 are as fast as it gets. */
const usualAtOnce = 64;

/** What a busy loop has missed is caught up with, but it is no reason for a burst. */
const mostBehindUs = 10_000;
