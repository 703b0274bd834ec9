import { expect, test } from 'vitest';
import { judge, play, type StageOptions } from './stage.ts';
import { checks, failures } from './told.ts';

/** A row of a table: what a scenario makes of what the target does. */
export interface Row extends StageOptions {
  readonly it: string;
  readonly scenario: string;
  /** Lines of `script.ts`. */
  readonly script?: readonly string[];
  readonly checks: string;
  readonly failures?: string;
  /** What was asked of the driver, where that is the point. */
  readonly asked?: readonly string[];
  readonly notes?: readonly string[];
}

/** Plays every row, and judges each log again: nothing may differ. */
export function playRows(rows: readonly Row[]): void {
  test.each(rows)('$it', row => {
    const { outcome, asked, log, machine } = play(row.scenario, row.script, row);
    expect({ checks: checks(outcome), failures: failures(outcome) }).toEqual({
      checks: row.checks,
      failures: row.failures ?? '',
    });
    if (row.asked) expect(asked).toEqual(row.asked);
    if (row.notes) expect(outcome.notes).toEqual(row.notes);
    if (!row.cut) expect(outcome.complete).toBe(true);
    expect(outcome.diverged).toBe(false);
    expect(judge(machine, log)).toEqual(outcome);
  });
}

/** A scenario of one connected client. */
export function alice(steps: string): string {
  return `clients: { alice: connected }\nsteps:\n${steps}`;
}

/** A scenario of two connected clients. */
export function both(steps: string): string {
  return `clients: { alice: connected, bob: connected }\nsteps:\n${steps}`;
}
