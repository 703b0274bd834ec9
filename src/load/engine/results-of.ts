import { AntiphonError } from '../../foundation/errors.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import type { Floor } from '../calibration/floor.ts';
import { addReplies, createReplies } from '../http/exchanges.ts';
import { cpuUsPerDelivery, figureOf, type Measured, neverOf, percentileWith } from '../judge/figures.ts';
import type { Threshold } from '../judge/threshold.ts';
import { type Judgement, judgeLoad } from '../judge/verdict.ts';
import { addCounters, brokenIdentities, createCounters } from '../ledger/counters.ts';
import { fairnessOf } from '../ledger/fairness.ts';
import { type TimingName, timingNames } from '../ledger/timings.ts';
import type { LoadResults, TimingResult } from '../load-results.ts';
import { distributionOf, encodeDistribution } from '../metrics/distribution.ts';
import { addCounts, createHistogram } from '../metrics/histogram.ts';
import type { MachineReport } from '../metrics/machine.ts';
import type { ControlledRun } from './control.ts';
import type { LoadHeader } from './run-load.ts';

export interface WatchedRun extends ControlledRun {
  readonly machine: MachineReport | undefined;
  readonly floor: Floor;
}

/** Puts the parts of all workers together and judges them. Throws if they contradict themselves: that is a defect of ours. */
export function resultsOf(
  header: LoadHeader,
  workload: WorkloadPlan,
  thresholds: readonly Threshold[],
  run: WatchedRun,
): LoadResults {
  const measured = measuredOf(run);
  const { counters, timings, receiversP99Us } = measured;
  const broken = brokenIdentities(counters);
  if (broken.length > 0)
    throw new AntiphonError(
      'ours',
      'ledger-contradiction',
      `The counts of a load run were expected to agree; they do not: ${broken.join('; ')}.`,
    );
  const { verdict, reasons, thresholds: judged } = judgementOf(run, thresholds, measured);
  const perSecond = (amount: number) => (run.measuredUs === 0 ? 0 : amount / (run.measuredUs / 1e6));
  const ratio = figureOf('deliveryRatio', measured);
  return {
    ...header,
    transport: run.results[0]?.transport ?? { name: workload.plan.transport, kind: '', fast: false },
    ended: run.ended,
    verdict,
    reasons,
    thresholds: judged,
    connections: run.connections,
    openedInUs: run.openedInUs,
    connectedInUs: run.connectedInUs,
    measuredUs: run.measuredUs,
    counters,
    timings: Object.fromEntries(
      timingNames.flatMap(name => {
        const timing = timingOf(timings[name], neverOf(name, measured));
        return timing ? [[name, timing]] : [];
      }),
    ),
    ...repliesOf(run),
    deliveryRatio: 'value' in ratio ? ratio.value : undefined,
    fairness: fairnessOf(receiversP99Us),
    perSecond: {
      publishes: perSecond(counters.sent),
      deliveries: perSecond(counters.delivered + counters.late),
      sentBytes: perSecond(counters.sentBytes),
      receivedBytes: perSecond(counters.receivedBytes),
    },
    machine: run.machine,
    rigs: measured.rigs,
    cpuUsPerDelivery: cpuUsPerDelivery(measured),
    floor: run.floor,
    seconds: run.seconds,
    faults: run.faults,
    joinFailures: run.joinFailures,
  };
}

function measuredOf({ results, measuredUs, merged, machine }: WatchedRun): Measured {
  const counters = createCounters();
  for (const each of results) addCounters(counters, each.counters);
  counters.incomplete += merged.incomplete;
  const timings = Object.fromEntries(
    timingNames.map(name => {
      const sum = createHistogram().total;
      addCounts(sum, merged.timings[name].total);
      for (const each of results) addCounts(sum, each.timings[name]);
      return [name, sum];
    }),
  ) as unknown as Readonly<Record<TimingName, Float64Array>>;
  return {
    counters,
    timings,
    receiversP99Us: results.flatMap(each => each.receiversP99Us),
    holdUs: measuredUs,
    rigs: results.map(({ rig }) => rig),
    machine,
  };
}

function judgementOf(run: WatchedRun, thresholds: readonly Threshold[], measured: Measured): Judgement {
  // What the others have measured is part of the truth: no figure of it is held against a threshold.
  if (run.gone.length > 0) return { verdict: 'inconclusive', reasons: run.gone, thresholds: [] };
  if (run.ended === 'not-joined') {
    const reasons = run.joinFailures
      .slice(0, mostReasons)
      .map(({ at, client, message }) => `${client} could not join (${at}): ${message}`);
    return { verdict: 'fail', reasons, thresholds: [] };
  }
  const judged = judgeLoad(thresholds, measured, run.floor);
  if (run.ended === 'interrupted' && judged.verdict === 'pass')
    return { ...judged, verdict: 'inconclusive', reasons: ['it was interrupted'] };
  return judged;
}

function repliesOf({ results }: ControlledRun): Pick<LoadResults, 'replies'> {
  const ofHttp = results.flatMap(each => each.replies ?? []);
  if (ofHttp.length === 0) return {};
  const replies = createReplies();
  for (const each of ofHttp) addReplies(replies, each);
  return { replies };
}

const mostReasons = 3;

function timingOf(counts: ArrayLike<number>, never: number): TimingResult | undefined {
  const distribution = distributionOf(counts);
  if (!distribution) return undefined;
  const { count, minUs, meanUs, maxUs } = distribution;
  const at = (percentile: number) => percentileWith(distribution, percentile, never);
  return {
    count,
    never,
    minUs,
    meanUs: never > 0 ? undefined : meanUs,
    p50Us: at(5_000),
    p90Us: at(9_000),
    p95Us: at(9_500),
    p99Us: at(9_900),
    p999Us: at(9_990),
    maxUs: never > 0 ? undefined : maxUs,
    hdr: encodeDistribution(counts),
  };
}
