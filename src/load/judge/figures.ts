/** The figures that thresholds name, from what a run has counted and timed. */
import type { CounterName, Counters } from '../ledger/counters.ts';
import { fairnessOf } from '../ledger/fairness.ts';
import type { TimingName } from '../ledger/timings.ts';
import { type Distribution, distributionOf, type Percentile, rankOf, readPercentile } from '../metrics/distribution.ts';
import type { MachineReport } from '../metrics/machine.ts';
import type { RigReport } from '../metrics/rig.ts';

export interface Measured {
  readonly counters: Counters;
  readonly timings: Readonly<Record<TimingName, ArrayLike<number>>>;
  readonly receiversP99Us: readonly number[];
  /** How long was measured. */
  readonly holdUs: number;
  /** One for each worker. */
  readonly rigs: readonly RigReport[];
  readonly machine: MachineReport | undefined;
}

/** A figure in the unit of its metric, or why there is none. */
export type Figure = { readonly value: number } | { readonly missing: string };

/** Messages that a percentile must have beyond it before it says something. */
const leastBeyond = 10;

export function figureOf(metric: string, measured: Measured): Figure {
  const { counters, receiversP99Us, holdUs } = measured;
  const count = countOf(metric, counters);
  if (count !== undefined) return { value: count };
  if (metric === 'fairness') {
    const fairness = fairnessOf(receiversP99Us);
    return fairness === undefined ? { missing: 'nothing was delivered' } : { value: fairness };
  }
  if (metric === 'deliveryRatio')
    return counters.expected === 0
      ? { missing: 'nobody was to receive anything' }
      : { value: counters.delivered / counters.expected };
  if (metric === 'throughput.publishes') return { value: counters.sent / (holdUs / 1e6) };
  if (metric === 'throughput.deliveries') return { value: (counters.delivered + counters.late) / (holdUs / 1e6) };
  const ofRig = rigFigures[metric];
  if (ofRig) return figureOrMissing(ofRig(measured));
  const [, timing, statistic] = /^(\w+)\.(.+)$/.exec(metric)!;
  return statisticOf(timing as TimingName, statistic!, measured);
}

/** Undefined if it is no count. */
export function countOf(metric: string, counters: Counters): number | undefined {
  const counter = counterOf[metric] ?? (Object.hasOwn(counters, metric) ? (metric as CounterName) : undefined);
  return counter && counters[counter];
}

/** How many messages a figure needs before it says something: ten beyond its percentile, none if it is no percentile. */
export function messagesNeeded(metric: string): number {
  const percentile = readPercentile(/\.p(.+)$/.exec(metric)?.[1] ?? '');
  return percentile === undefined ? 0 : Math.ceil((leastBeyond * 10_000) / (10_000 - percentile));
}

const counterOf: Readonly<Record<string, CounterName>> = {
  'order.gaps': 'gaps',
  'order.reordered': 'reordered',
  'order.displacement': 'displacement',
};

/** Of several workers the worst. */
const rigFigures: Readonly<Record<string, (measured: Measured) => number | undefined>> = {
  'rig.loopDelayP99': ({ rigs }) => greatest(rigs.map(({ loopDelayP99Us }) => loopDelayP99Us)),
  'rig.runQueue': ({ rigs }) => greatest(rigs.map(({ runQueueShare }) => runQueueShare)),
  'rig.gc': ({ rigs }) => greatest(rigs.map(({ gcShare }) => gcShare)),
  'rig.gcLongest': ({ rigs }) => greatest(rigs.map(({ gcLongestUs }) => gcLongestUs)),
  'rig.ownCpu': ({ machine }) => machine?.ownCpuShare,
  'rig.othersCpu': ({ machine }) => machine?.othersCpuShare,
  'rig.cpuPerDelivery': cpuUsPerDelivery,
  'rig.memory': ({ machine }) => machine?.ownMemoryBytes,
  'target.cpu': ({ machine }) => machine?.target?.cpuShare,
  'target.memory': ({ machine }) => machine?.target?.memoryBytes,
};

/** Undefined where one of them cannot say. */
function greatest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length < values.length || known.length === 0 ? undefined : Math.max(...known);
}

function figureOrMissing(value: number | undefined): Figure {
  return value === undefined ? { missing: 'nobody can say here' } : { value };
}

/** Processor time of this tool by deliveries; to wait awake for an instant is no work. */
export function cpuUsPerDelivery({ counters, holdUs, rigs, machine }: Measured): number | undefined {
  const deliveries = counters.delivered + counters.late + counters.duplicate + counters.unexpected;
  if (!machine || deliveries === 0) return undefined;
  const spinShare = rigs.reduce((sum, rig) => sum + rig.spinShare, 0);
  return (Math.max(0, machine.ownCpuShare - spinShare) * holdUs) / deliveries;
}

function statisticOf(timing: TimingName, statistic: string, measured: Measured): Figure {
  const distribution = distributionOf(measured.timings[timing]);
  const never = neverOf(timing, measured);
  if (!distribution) return never > 0 ? { value: Number.POSITIVE_INFINITY } : { missing: 'nothing was timed' };
  if (statistic === 'min') return { value: distribution.minUs };
  if (statistic === 'mean' || statistic === 'max')
    return { value: never > 0 ? Number.POSITIVE_INFINITY : distribution[statistic === 'mean' ? 'meanUs' : 'maxUs'] };
  const percentile = readPercentile(statistic.slice(1));
  if (percentile === undefined) return { missing: 'a percentile has at most two decimals' };
  const messages = Math.min(measured.counters.sent, distribution.count + never);
  if (!areEnough(messages, percentile))
    return { missing: `${messages} messages are too few: ten must lie beyond ${statistic}` };
  return { value: percentileWith(distribution, percentile, never) ?? Number.POSITIVE_INFINITY };
}

/**
 * Whether a percentile of so many messages says something. The deliveries of one message are no independent samples, so messages count; but
 * no more of them than were timed.
 */
export function areEnough(messages: number, percentile: Percentile): boolean {
  return Math.floor((messages * (10_000 - percentile)) / 10_000) >= leastBeyond;
}

/**
 * Of what has a time for each message only if enough of its receivers had it, or if it was acknowledged: those that never had one count as
 * infinitely late.
 */
export function neverOf(timing: TimingName, { counters, timings }: Measured): number {
  if (timing === 'ack') return counters.unacknowledged;
  if (!timing.startsWith('timeTo')) return 0;
  const [complete, timed] = [timings.timeToLast, timings[timing]].map(each => distributionOf(each)?.count ?? 0);
  return Math.max(0, complete! + counters.incomplete - timed!);
}

/** Undefined if it is infinite: so many messages never had a time. */
export function percentileWith(distribution: Distribution, percentile: Percentile, never: number): number | undefined {
  const rank = rankOf(percentile, distribution.count + never);
  return rank > distribution.count ? undefined : distribution.atRankUs(rank);
}
