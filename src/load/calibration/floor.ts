/** What a load takes of this machine and this tool themselves: the same against a server that does nothing but hand on. */
import type { PayloadSize } from '../../scenario/workload-plan.ts';
import type { TimingName } from '../ledger/timings.ts';
import type { LoadResults, TimingResult } from '../load-results.ts';

export type Floor = MeasuredFloor | NoFloor;

export interface NoFloor {
  readonly measured: false;
  readonly why: string;
}

export interface MeasuredFloor {
  readonly measured: true;
  readonly holdUs: number;
  readonly connections: number;
  /** Messages sent in hold. */
  readonly messages: number;
  readonly publishesPerSecond: number;
  readonly deliveriesPerSecond: number;
  /** What a delivery has: the shortest and the longest. */
  readonly frameFromBytes: number;
  readonly frameToBytes: number;
  readonly timings: Readonly<Partial<Record<TimingName, TimingResult>>>;
  /** Left out if nothing was delivered. */
  readonly cpuUsPerDelivery: number | undefined;
  /** Why this machine could not even keep up with that; empty if it could. */
  readonly reasons: readonly string[];
}

export const floorNotMeasured: NoFloor = { measured: false, why: 'not measured: --calibrate does' };

/** What a run against the bare server says. */
export function floorOf(results: LoadResults, { fromBytes, toBytes }: PayloadSize): Floor {
  const { ended, reasons, holdUs, connections, counters, perSecond, timings, cpuUsPerDelivery } = results;
  if (ended !== 'completed') {
    const [reason = ended] = ended === 'not-joined' ? reasons : [];
    return { measured: false, why: `the bare server was not measured to the end: ${reason}` };
  }
  return {
    measured: true,
    holdUs,
    connections,
    messages: counters.sent,
    publishesPerSecond: perSecond.publishes,
    deliveriesPerSecond: perSecond.deliveries,
    frameFromBytes: fromBytes,
    frameToBytes: toBytes,
    timings,
    cpuUsPerDelivery,
    reasons,
  };
}
