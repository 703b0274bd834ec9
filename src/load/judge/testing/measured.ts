/** For tests: what a run might have measured. */
import { type Counters, createCounters } from '../../ledger/counters.ts';
import { type TimingName, timingNames } from '../../ledger/timings.ts';
import { createHistogram, fold, recordUs } from '../../metrics/histogram.ts';
import type { MachineReport } from '../../metrics/machine.ts';
import type { RigReport } from '../../metrics/rig.ts';
import type { Measured } from '../figures.ts';

export function measuredOf(
  counters: Partial<Counters>,
  timed: Partial<Record<TimingName, readonly number[]>> = {},
  receiversP99Us: readonly number[] = [],
): Measured {
  const timings = Object.fromEntries(
    timingNames.map(name => {
      const histogram = createHistogram();
      for (const valueUs of timed[name] ?? []) recordUs(histogram, valueUs);
      fold(histogram);
      return [name, histogram.total];
    }),
  ) as unknown as Measured['timings'];
  return {
    counters: { ...createCounters(), ...counters },
    timings,
    receiversP99Us,
    holdUs: 2_000_000,
    rigs: [healthyRig],
    machine: quietMachine,
  };
}

export const healthyRig: RigReport = {
  cpuShare: 0.1,
  spinShare: 0.02,
  loopDelayP99Us: 300,
  gcShare: 0.001,
  gcLongestUs: 900,
  runQueueShare: 0.01,
  memoryBytes: 90_000_000,
};

export const quietMachine: MachineReport = {
  processors: 2,
  ownCpuShare: 0.12,
  ownMemoryBytes: 90_000_000,
  othersCpuShare: 0.2,
  target: { cpuShare: 0.3, memoryBytes: 60_000_000 },
};
