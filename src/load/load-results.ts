import type { Floor } from './calibration/floor.ts';
import type { JoinFailure, NamedFault } from './engine/worker-protocol.ts';
import type { Replies } from './http/exchanges.ts';
import type { LoadVerdict, ThresholdResult } from './judge/verdict.ts';
import type { Counters } from './ledger/counters.ts';
import type { TimingName } from './ledger/timings.ts';
import type { MachineReport } from './metrics/machine.ts';
import type { RigReport } from './metrics/rig.ts';

/** What came of a load run: `results.json`. Times in whole microseconds. */
export interface LoadResults {
  readonly format: 1;
  readonly kind: 'load';
  /** `antiphon 0.1.0`. */
  readonly tool: string;
  readonly workload: string;
  readonly title: string;
  readonly startedAt: string;
  readonly seed: string;
  readonly target: {
    readonly title: string;
    readonly kind: string;
    readonly endpoints: Readonly<Record<string, string>>;
  };
  /** `fast`: messages are read without parsing. */
  readonly transport: { readonly name: string; readonly kind: string; readonly fast: boolean };
  readonly ended: LoadEnd;
  readonly verdict: LoadVerdict;
  readonly reasons: readonly string[];
  readonly thresholds: readonly ThresholdResult[];
  readonly channels: number;
  readonly connections: number;
  readonly openedInUs: number;
  readonly connectedInUs: number;
  /** How long hold was meant to be, and how much of it was measured. */
  readonly holdUs: number;
  readonly measuredUs: number;
  readonly deadlineUs: number;
  readonly counters: Counters;
  readonly timings: Readonly<Partial<Record<TimingName, TimingResult>>>;
  readonly deliveryRatio: number | undefined;
  /** Over HTTP only: a good reply counts as delivered, any other one as lost. */
  readonly replies?: Replies;
  /** Left out if nothing was delivered, and over HTTP. */
  readonly fairness: number | undefined;
  readonly perSecond: {
    readonly publishes: number;
    readonly deliveries: number;
    readonly sentBytes: number;
    readonly receivedBytes: number;
  };
  /** Left out if hold never began. */
  readonly machine: MachineReport | undefined;
  /** One for each worker. */
  readonly rigs: readonly RigReport[];
  /** Processor time of this tool, but for what it only waited awake; left out if nothing was delivered. */
  readonly cpuUsPerDelivery: number | undefined;
  /** What of all this is this machine and this tool. */
  readonly floor: Floor;
  readonly seconds: readonly SecondResult[];
  /** The first of each kind. */
  readonly faults: readonly NamedFault[];
  readonly joinFailures: readonly JoinFailure[];
}

/**
 * `interrupted`: by a signal. `aborted`: a threshold was missed for good. `not-joined`: nothing was measured. `worker-gone`: a worker of
 * ours ended, and what it had measured is missing.
 */
export const loadEnds = ['completed', 'interrupted', 'aborted', 'not-joined', 'target-gone', 'worker-gone'] as const;

export type LoadEnd = (typeof loadEnds)[number];

export interface TimingResult {
  readonly count: number;
  /** Messages that should have a time and never had: they count as greater than all others, so that a figure may be left out. */
  readonly never: number;
  readonly minUs: number;
  readonly meanUs: number | undefined;
  readonly p50Us: number | undefined;
  readonly p90Us: number | undefined;
  readonly p95Us: number | undefined;
  readonly p99Us: number | undefined;
  readonly p999Us: number | undefined;
  readonly maxUs: number | undefined;
  /** HDR histogram, V2 compressed, base64. */
  readonly hdr: string;
}

/** One second of hold, of all workers. */
export interface SecondResult {
  readonly second: number;
  readonly publishes: number;
  readonly deliveries: number;
  /** Since the begin of hold. */
  readonly counters: Counters;
  /** Of this second; undefined if nothing came. */
  readonly deliveryP50Us: number | undefined;
  readonly deliveryP90Us: number | undefined;
  readonly deliveryP99Us: number | undefined;
  readonly deliveryMaxUs: number | undefined;
  readonly sendDelayP99Us: number | undefined;
  /** Of the worst worker. */
  readonly loopDelayP99Us: number;
  readonly runQueueShare: number | undefined;
}
