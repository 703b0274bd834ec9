// Imported, though it is global as well: there it is looked up each time, and this is read with every read of a socket.
import { performance } from 'node:perf_hooks';

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

/** A clock in plain data: what another thread or process of this machine needs to read the same one. */
export interface ClockOrigin {
  /** Its instant 0 on the monotonic clock of the system, which all processes share; `performance.timeOrigin` follows the wall clock. */
  readonly zeroNs: bigint;
  readonly epochMs: number;
}

export function originOf({ nowUs, epochMs }: Clock): ClockOrigin {
  return { zeroNs: instantOfZeroNs(nowUs), epochMs };
}

export function clockFrom({ zeroNs, epochMs }: ClockOrigin): Clock {
  const ownZeroNs = instantOfZeroNs(() => performance.now() * 1000);
  const zero = Number(zeroNs - ownZeroNs) / 1e6;
  return { epochMs, nowUs: () => Math.round((performance.now() - zero) * 1000) };
}

/**
 * Where a clock begins on the monotonic clock of the system: the best of some samples. It is the greatest, for what comes between the two
 * readings of a sample makes it smaller.
 */
export function instantOfZeroNs(nowUs: () => number): bigint {
  let best = process.hrtime.bigint() - BigInt(Math.round(nowUs() * 1000));
  for (let k = 0; k < samples; k++) {
    const zero = process.hrtime.bigint() - BigInt(Math.round(nowUs() * 1000));
    if (zero > best) best = zero;
  }
  return best;
}

const samples = 200;
