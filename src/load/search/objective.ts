import { AntiphonError } from '../../foundation/errors.ts';
import { messagesNeeded } from '../judge/figures.ts';
import { readThreshold, type Threshold } from '../judge/threshold.ts';
import { withImplied } from '../judge/verdict.ts';

/** Reads `delivery.p99 < 100 ms && lost == 0`. That nothing is lost belongs to every objective that does not say otherwise. */
export function readObjective(text: string): readonly Threshold[] {
  const parts = text.split('&&').map(part => part.trim());
  if (!parts.includes('')) return withImplied(parts.map(readThreshold));
  const message = `Expected as objective thresholds with && between them, such as 'delivery.p99 < 100 ms && lost == 0'; got '${text}'.`;
  throw new AntiphonError('usage', 'objective-wrong', message);
}

/** How long a step must hold until every percentile of the objective says something. */
export function holdNeededUs(objective: readonly Threshold[], perSecond: number): number {
  const messages = Math.max(...objective.map(({ metric }) => messagesNeeded(metric)));
  return Math.ceil(((messages * reserve) / perSecond) * 1e6);
}

/** A Poisson schedule may have fewer messages than its rate says. */
const reserve = 1.1;
