import { figureOf, type Measured } from './figures.ts';
import { holds, type Threshold } from './threshold.ts';

/** What is timed from due has the delay with which this tool sent in it: if that alone misses the bound, it is not the target that did. */
export function missedByOwnDelayUs({ metric, operator, bound }: Threshold, measured: Measured): number | undefined {
  const [, timing = '', statistic] = /^(\w+)\.(.+)$/.exec(metric) ?? [];
  if (!fromDue.has(timing) || (operator !== '<' && operator !== '<=')) return undefined;
  const own = figureOf(`sendDelay.${statistic}`, measured);
  return 'value' in own && !holds(operator, own.value, bound) ? own.value : undefined;
}

const fromDue: ReadonlySet<string> = new Set([
  'delivery',
  'ack',
  'timeToFirst',
  'timeTo50',
  'timeTo95',
  'timeTo99',
  'timeToLast',
]);
