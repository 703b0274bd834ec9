/** The run's clock: whole microseconds since the run began, monotonic. */
export interface Clock {
  nowUs(): number;
  /** Wall clock of instant 0, milliseconds since the UNIX epoch. */
  readonly epochMs: number;
}

export function startClock(): Clock {
  const zero = performance.now();
  const epochMs = Date.now();
  return { epochMs, nowUs: () => Math.round((performance.now() - zero) * 1000) };
}
