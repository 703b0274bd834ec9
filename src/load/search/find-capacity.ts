import type { Variation } from '../engine/vary-workload.ts';
import type { Threshold } from '../judge/threshold.ts';
import type { LoadVerdict } from '../judge/verdict.ts';
import { isCutShort, type LoadStep } from './load-step.ts';
import { type Bracket, bracketOf, nextRate, type RateRange } from './next-rate.ts';
import { holdNeededUs } from './objective.ts';

/** Runs the workload once with what is other than in its file. */
export type RunStep = (value: number, variation: Variation) => Promise<LoadStep>;

export interface Capacity {
  /** `pass`: the bracket is as narrow as it gets. */
  readonly verdict: LoadVerdict;
  /** What was found, in words. */
  readonly finding: string;
  readonly bracket: Bracket;
  readonly steps: readonly LoadStep[];
}

/** Runs step after step until the capacity is found. `tell` hears of each what is known by then: it may be the last word. */
export async function findCapacity(
  objective: readonly Threshold[],
  ownPerSecond: number,
  runStep: RunStep,
  tell: (known: Capacity) => void,
): Promise<Capacity> {
  const range = rangeOf(objective, ownPerSecond);
  const steps: LoadStep[] = [];
  for (;;) {
    const next = nextRate(steps.map(rateStep), range);
    if ('found' in next) return capacityOf(steps, 'whole');
    const perSecond = next.tryPerSecond;
    const variation = {
      perSecond,
      holdAtLeastUs: holdNeededUs(objective, perSecond),
      thresholds: objective.map(({ text }) => text),
    };
    const step = await runStep(perSecond, variation);
    steps.push(step);
    const known = capacityOf(steps, 'cut short');
    tell(known);
    if (isCutShort(step)) return known;
  }
}

/** A thousand times the rate of the workload up and down, but not down to where a step would take longer than a few minutes. */
function rangeOf(objective: readonly Threshold[], ownPerSecond: number): RateRange {
  const slowestPerSecond = holdNeededUs(objective, 1) / longestHoldUs;
  return {
    firstPerSecond: ownPerSecond,
    leastPerSecond: Math.min(ownPerSecond, Math.max(ownPerSecond / reach, slowestPerSecond)),
    mostPerSecond: ownPerSecond * reach,
  };
}

const reach = 1_024;
const longestHoldUs = 180_000_000;

/** Of a step that was cut short nothing follows, whatever it says itself. */
function rateStep(step: LoadStep) {
  return { perSecond: step.value, verdict: isCutShort(step) ? ('inconclusive' as const) : step.verdict };
}

export function capacityOf(steps: readonly LoadStep[], extent: 'whole' | 'cut short'): Capacity {
  const bracket = bracketOf(steps.map(rateStep));
  const { passedPerSecond, undecidedPerSecond, failedPerSecond } = bracket;
  const isDecided = extent === 'whole' && undecidedPerSecond === undefined;
  const verdict = !isDecided ? 'inconclusive' : passedPerSecond === undefined ? 'fail' : 'pass';
  const upper = failedPerSecond === undefined ? [] : [`fails at ${rateText(failedPerSecond)}`];
  const lower = passedPerSecond === undefined ? [] : [`holds at ${rateText(passedPerSecond)}`];
  return {
    verdict,
    finding: `${[...lower, ...upper].join(', ') || 'nothing is known'}${open(steps, bracket, extent)}`,
    bracket,
    steps,
  };
}

/** Why nothing more precise can be said. */
function open(steps: readonly LoadStep[], bracket: Bracket, extent: 'whole' | 'cut short'): string {
  const { passedPerSecond, undecidedPerSecond, failedPerSecond } = bracket;
  if (extent === 'cut short') return '; the search was not ended';
  if (undecidedPerSecond !== undefined) {
    const [why = 'it cannot be judged'] = steps.find(({ value }) => value === undecidedPerSecond)?.reasons ?? [];
    return `; inconclusive from ${rateText(undecidedPerSecond)} on: ${why}`;
  }
  if (failedPerSecond === undefined) return ', the greatest rate that was tried';
  return passedPerSecond === undefined ? ', the least rate that was tried' : '';
}

export function rateText(perSecond: number): string {
  return `${Number(perSecond.toPrecision(4)).toLocaleString('en')}/s`;
}
