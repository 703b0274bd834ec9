/**
 * What became of a check. A verdict only worsens, in this order.
 * `not-testable`: something before it failed, so it says nothing about the requirement; it gates like `fail`.
 */
export const verdicts = ['none', 'pass', 'inconclusive', 'not-testable', 'fail', 'error'] as const;

export type Verdict = (typeof verdicts)[number];

const rank = new Map<Verdict, number>(verdicts.map((verdict, k) => [verdict, k]));

export function worse(a: Verdict, b: Verdict): Verdict {
  return rank.get(a)! >= rank.get(b)! ? a : b;
}

export function worst(all: Iterable<Verdict>): Verdict {
  let verdict: Verdict = 'none';
  for (const each of all) verdict = worse(verdict, each);
  return verdict;
}

export type Level = 'must' | 'should' | 'may';
