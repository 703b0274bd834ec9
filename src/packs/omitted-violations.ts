import type { Violation } from '../foundation/pack.ts';
import type { Value } from '../foundation/value.ts';
import type { Condition } from './frame-kinds.ts';
import { type Pointer, parsePointer, valueAt } from './pointer.ts';

/** A member that a transport cannot carry, in frames that match; in all without a condition. */
export interface OmissionRule {
  readonly at: Pointer;
  readonly matches?: Condition;
}

/** Without those that say only that such a member is missing. */
export function withoutOmitted(
  violations: readonly Violation[],
  frame: Value,
  omissions: readonly OmissionRule[],
): readonly Violation[] {
  if (violations.length === 0 || omissions.length === 0) return violations;
  return violations.filter(({ code, at }) => {
    const place = code === 'schema' ? parsePointer(at) : undefined;
    if (place === undefined || valueAt(frame, place) !== undefined) return true;
    return !omissions.some(rule => covers(rule.at, place) && (rule.matches?.(frame) ?? true));
  });
}

function covers(omitted: Pointer, place: Pointer): boolean {
  return omitted.length === place.length && omitted.every((name, k) => name === '*' || name === place[k]);
}
