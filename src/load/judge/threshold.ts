import { nearest } from '../../documents/nearest.ts';
import { parseDurationUs } from '../../foundation/duration.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import { isMetric, metricNames } from '../../scenario/lint/metric-names.ts';

/** What must be true of a figure: `delivery.p99 < 100 ms`. */
export interface Threshold {
  /** As written. */
  readonly text: string;
  readonly metric: string;
  readonly operator: Operator;
  /** In the unit of the metric: microseconds, a second, parts of one, bytes, or a plain number. */
  readonly bound: number;
}

export type Operator = '==' | '!=' | '<=' | '>=' | '<' | '>';

/** In what a metric is measured. */
export type Unit = 'us' | 'perSecond' | 'ratio' | 'bytes' | 'count';

export function readThreshold(text: string): Threshold {
  const [, metric, operator, amount, unit = ''] = pattern.exec(text.trim()) ?? [];
  if (metric === undefined) throw wrong(text, 'a figure, a comparison and a number, such as delivery.p99 < 100 ms');
  if (!isMetric(metric)) {
    const near = nearest(metric, metricNames);
    throw wrong(text, `a known figure; ${metric} is none${near === undefined ? '' : `: did you mean ${near}?`}`);
  }
  return {
    text: text.trim(),
    metric,
    operator: operator as Operator,
    bound: boundOf(text, unitOf(metric), amount!, unit),
  };
}

const pattern = /^([A-Za-z][\w.]*)\s*(==|!=|<=|>=|<|>)\s*(\d+(?:\.\d+)?)(?: ?(us|ms|s|min|h|%|\/s|bytes|kB|MB|GB))?$/;

export function unitOf(metric: string): Unit {
  if (metric === 'deliveryRatio' || shares.has(metric)) return 'ratio';
  if (metric.startsWith('throughput.')) return 'perSecond';
  if (metric.endsWith('.memory')) return 'bytes';
  return metric.includes('.') && !metric.startsWith('order.') ? 'us' : 'count';
}

/** Of processor time, where 100 % is one processor; of collecting garbage and of waiting, where it is all the time. */
const shares: ReadonlySet<string> = new Set(['rig.runQueue', 'rig.gc', 'rig.ownCpu', 'rig.othersCpu', 'target.cpu']);

function boundOf(text: string, unit: Unit, amount: string, given: string): number {
  const number = Number(amount);
  if (unit === 'us') {
    const us = parseDurationUs(`${amount} ${given}`);
    if (us !== undefined) return us;
    throw wrong(text, 'a duration with its unit, such as 100 ms');
  }
  // Not divided by 100: 99.9 / 100 is a little more than 0.999, and 999 of 1,000 would miss it.
  if (unit === 'ratio' && (given === '%' || given === '')) return given === '%' ? Number(`${amount}e-2`) : number;
  if (unit === 'perSecond' && (given === '/s' || given === '')) return number;
  if (unit === 'bytes' && given in bytesOf) return number * bytesOf[given]!;
  if (unit === 'count' && given === '') return number;
  const wanted = {
    ratio: 'a share, such as 99.9 %',
    perSecond: 'a rate, such as 500/s',
    bytes: 'a size with its unit, such as 200 MB',
    count: 'a number without a unit',
  };
  throw wrong(text, wanted[unit]);
}

const bytesOf: Readonly<Record<string, number>> = { bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

function wrong(text: string, expected: string): AntiphonError {
  const end = expected.endsWith('?') ? '' : '.';
  return new AntiphonError('usage', 'threshold-wrong', `Expected in the threshold \`${text}\` ${expected}${end}`);
}

export function holds(operator: Operator, actual: number, bound: number): boolean {
  switch (operator) {
    case '==':
      return actual === bound;
    case '!=':
      return actual !== bound;
    case '<=':
      return actual <= bound;
    case '>=':
      return actual >= bound;
    case '<':
      return actual < bound;
    case '>':
      return actual > bound;
  }
}
