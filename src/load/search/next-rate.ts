/**
 * The search for the greatest rate at which an objective holds, as a pure function of the steps so far: doubling until the objective
 * fails (halving, if it fails at once), then bisection. An inconclusive step decides nothing: it is made once more, and if it stays
 * inconclusive, no more is asked of rates from there on.
 */
import type { LoadVerdict } from '../judge/verdict.ts';

export interface RateStep {
  readonly perSecond: number;
  readonly verdict: LoadVerdict;
}

/** Where to search. */
export interface RateRange {
  /** Where the search begins. */
  readonly firstPerSecond: number;
  readonly leastPerSecond: number;
  readonly mostPerSecond: number;
}

/** What the steps have shown; members that are left out are not known. */
export interface Bracket {
  /** The greatest rate that passed. */
  readonly passedPerSecond?: number;
  /** The least rate that failed. */
  readonly failedPerSecond?: number;
  /** The least rate, between the two, of which this machine could not say anything. */
  readonly undecidedPerSecond?: number;
}

export type NextRate = { readonly tryPerSecond: number } | { readonly found: Bracket };

export function nextRate(steps: readonly RateStep[], range: RateRange): NextRate {
  const last = steps.at(-1);
  if (!last) return { tryPerSecond: range.firstPerSecond };
  if (last.verdict === 'inconclusive' && tries(steps, last.perSecond) < mostTries)
    return { tryPerSecond: last.perSecond };
  const bracket = bracketOf(steps);
  const wanted = wantedRate(bracket, range);
  return wanted === undefined ? { found: bracket } : { tryPerSecond: wanted };
}

export function bracketOf(steps: readonly RateStep[]): Bracket {
  const ratesOf = (verdict: LoadVerdict) => steps.flatMap(step => (step.verdict === verdict ? [step.perSecond] : []));
  const failed = Math.min(...ratesOf('fail'));
  // What passed above a rate that failed was luck: capacity is what holds from there down.
  const passed = Math.max(...ratesOf('pass').filter(rate => rate < failed));
  const decided = new Set([...ratesOf('pass'), ...ratesOf('fail')]);
  const undecided = Math.min(
    ...ratesOf('inconclusive').filter(rate => rate > passed && rate < failed && !decided.has(rate)),
  );
  return {
    ...(Number.isFinite(passed) && { passedPerSecond: passed }),
    ...(Number.isFinite(failed) && { failedPerSecond: failed }),
    ...(Number.isFinite(undecided) && { undecidedPerSecond: undecided }),
  };
}

/** The bracket is narrow enough when it is so much of its upper end. */
export const precision = 0.05;

/** How often a rate is tried that stays inconclusive. */
const mostTries = 2;

function wantedRate(
  { passedPerSecond: passed, failedPerSecond, undecidedPerSecond }: Bracket,
  { leastPerSecond, mostPerSecond }: RateRange,
): number | undefined {
  const ceiling = undecidedPerSecond ?? failedPerSecond;
  if (ceiling === undefined) {
    if (passed === undefined || passed >= mostPerSecond) return undefined;
    return Math.min(passed * 2, mostPerSecond);
  }
  if (passed === undefined) return ceiling <= leastPerSecond ? undefined : Math.max(ceiling / 2, leastPerSecond);
  if (ceiling - passed <= ceiling * precision) return undefined;
  const middle = rounded((passed + ceiling) / 2);
  return middle > passed && middle < ceiling ? middle : undefined;
}

/** To three digits, so that a person can read the steps. */
function rounded(perSecond: number): number {
  return Number(perSecond.toPrecision(3));
}

function tries(steps: readonly RateStep[], perSecond: number): number {
  return steps.filter(step => step.perSecond === perSecond).length;
}
