import type { Stalled } from '../evidence/events.ts';
import type { LogWriter } from '../evidence/log-writer.ts';

/**
 * A stall is seen outside of every execution, where nobody could catch the error of a full disk: it is left to the next event of an
 * execution, which meets it too.
 */
export function logStall(log: LogWriter, stall: Stalled): void {
  try {
    log.write(stall);
  } catch {
    // See above.
  }
}
