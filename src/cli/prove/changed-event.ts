import type { LogEvent } from '../../evidence/events.ts';
import type { Mutant } from '../../prove/mutant.ts';

/** The event that a mutant changes, as the log has it. */
export function changedEvent(events: Iterable<LogEvent>, { execution, event }: Mutant): LogEvent | undefined {
  let x: number | undefined;
  let number = 0;
  for (const each of events) {
    if (each.event === 'begin' && each.id === execution) x = each.x;
    else if (x !== undefined && 'x' in each && each.x === x && number++ === event) return each;
  }
  return undefined;
}
