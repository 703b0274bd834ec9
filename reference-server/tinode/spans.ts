import type { Span } from './topic.ts';

/** In order; those that overlap are made one, and a range takes in what touches its end. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.low - other.low || other.hi - one.hi)) {
    const last = merged.at(-1);
    const isRange = last && last.hi > last.low + 1;
    const joins = last && (span.low < last.hi || (isRange && span.low === last.hi));
    if (joins) merged[merged.length - 1] = { low: last.low, hi: Math.max(last.hi, span.hi) };
    else merged.push(span);
  }
  return merged;
}
