/**
 * The verdict of a load run, in this order: what was clearly lost or out of order on a healthy machine fails; a machine that was the
 * limit makes it inconclusive; then the thresholds decide.
 */
import { formatDurationUs } from '../../foundation/duration.ts';
import { worst } from '../../foundation/verdict.ts';
import { type Floor, floorNotMeasured } from '../calibration/floor.ts';
import type { Counters } from '../ledger/counters.ts';
import { missedByFloorUs } from './above-floor.ts';
import { figureOf, type Measured } from './figures.ts';
import { missedByOwnDelayUs } from './own-delay.ts';
import { percentText, whyUnhealthy } from './rig-health.ts';
import { holds, type Threshold, unitOf } from './threshold.ts';

export type LoadVerdict = 'pass' | 'inconclusive' | 'fail';

export interface ThresholdResult {
  readonly threshold: string;
  readonly verdict: LoadVerdict;
  /** What the figure was, in words. */
  readonly actual: string;
}

export interface Judgement {
  readonly verdict: LoadVerdict;
  /** Why it is not passed, in words. */
  readonly reasons: readonly string[];
  readonly thresholds: readonly ThresholdResult[];
}

export function judgeThresholds(
  thresholds: readonly Threshold[],
  measured: Measured,
  floor: Floor = floorNotMeasured,
): readonly ThresholdResult[] {
  return thresholds.map(threshold => {
    const { text, metric, operator, bound } = threshold;
    const figure = figureOf(metric, measured);
    if ('missing' in figure) return { threshold: text, verdict: 'inconclusive', actual: figure.missing };
    const actual = figureText(metric, figure.value);
    if (holds(operator, figure.value, bound)) return { threshold: text, verdict: 'pass', actual };
    const excuse = excuseOf(threshold, measured, floor);
    if (excuse === undefined) return { threshold: text, verdict: 'fail', actual };
    return { threshold: text, verdict: 'inconclusive', actual: `${actual}; ${excuse}` };
  });
}

/** Why a time that was missed says nothing of the target. */
function excuseOf(threshold: Threshold, measured: Measured, floor: Floor): string | undefined {
  const ofFloorUs = missedByFloorUs(threshold, floor);
  if (ofFloorUs !== undefined) return `a bare server on this machine has ${formatDurationUs(ofFloorUs)}`;
  const ownUs = missedByOwnDelayUs(threshold, measured);
  return ownUs === undefined ? undefined : `this tool itself sent ${formatDurationUs(ownUs)} late`;
}

export function judgeLoad(thresholds: readonly Threshold[], measured: Measured, floor?: Floor): Judgement {
  const results = judgeThresholds(thresholds, measured, floor);
  const unhealthy = whyUnhealthy(measured);
  const broken = brokenConnections(measured.counters);
  if (broken.length > 0) return { verdict: 'fail', reasons: [...broken, ...reasonsOf(results)], thresholds: results };
  const clear = results.filter(({ verdict }, k) => verdict === 'fail' && isClear(thresholds[k]!));
  if (unhealthy.length === 0 && clear.length > 0)
    return { verdict: 'fail', reasons: reasonsOf(results), thresholds: results };
  if (unhealthy.length > 0) return { verdict: 'inconclusive', reasons: unhealthy, thresholds: results };
  const notTaken = whyNotTaken(thresholds, measured.counters);
  if (measured.counters.sent === 0 && notTaken.length === 0)
    return { verdict: 'inconclusive', reasons: ['nothing was sent'], thresholds: results };
  const verdicts = results.map(each => each.verdict);
  const away = whyAway(measured.counters);
  const others = [...notTaken.map(() => 'fail' as const), ...away.map(() => 'inconclusive' as const)];
  const verdict = worst(['pass', ...verdicts, ...others]) as LoadVerdict;
  return { verdict, reasons: [...notTaken, ...away, ...reasonsOf(results)], thresholds: results };
}

/** Whether they would have come back nobody knows, and what they missed is not counted. */
function whyAway({ stillJoining }: Counters): readonly string[] {
  return stillJoining === 0
    ? []
    : [`${stillJoining} users were made to reconnect and were still joining when the load was over`];
}

/** What could not be written is neither sent nor lost: a target that reads too slowly would pass with the few that it takes. */
function whyNotTaken(thresholds: readonly Threshold[], { saturated, intended }: Counters): readonly string[] {
  const isAllowed = thresholds.some(({ metric }) => metric === 'saturated');
  if (isAllowed || saturated <= intended * saturatedMost) return [];
  return [`${saturated} of ${intended} messages could not be written: the target read too slowly`];
}

/** Of all messages, unless a threshold says how many may be. */
const saturatedMost = 0.001;

/** Loss has to be allowed in so many words: by a threshold of its own, or of the delivery ratio. */
export function withImplied(thresholds: readonly Threshold[]): readonly Threshold[] {
  if (thresholds.some(({ metric }) => metric === 'lost' || metric === 'deliveryRatio')) return thresholds;
  return [...thresholds, { text: 'lost == 0', metric: 'lost', operator: '==', bound: 0 }];
}

/** A target that ends connections, or does not let users come back, fails whatever the figures of the others are. */
function brokenConnections({ cutOff, notRejoined }: Counters): readonly string[] {
  return [
    ...(cutOff > 0 ? [`the target ended ${cutOff} connections`] : []),
    ...(notRejoined > 0 ? [`${notRejoined} users were made to reconnect and could not join again`] : []),
  ];
}

/** Counted, so that no slow machine of ours can have caused it. */
function isClear({ metric }: Threshold): boolean {
  return clearMetrics.has(metric) || metric.startsWith('order.');
}

const clearMetrics: ReadonlySet<string> = new Set(['lost', 'duplicate', 'unexpected', 'corrupt', 'deliveryRatio']);

function reasonsOf(results: readonly ThresholdResult[]): readonly string[] {
  return results.filter(({ verdict }) => verdict !== 'pass').map(({ threshold, actual }) => `${threshold}: ${actual}`);
}

function figureText(metric: string, value: number): string {
  const unit = unitOf(metric);
  if (value === Number.POSITIVE_INFINITY) return 'never, for some messages';
  if (unit === 'us') return formatDurationUs(value);
  if (unit === 'ratio') return percentText(value);
  if (unit === 'bytes') return `${Number((value / 1e6).toFixed(1))} MB`;
  if (unit === 'perSecond') return `${Math.round(value)}/s`;
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
