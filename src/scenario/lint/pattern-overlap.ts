import { equalValues } from '../../foundation/value.ts';
import type { Pattern } from '../../values/pattern.ts';

/**
 * Whether some frame surely matches both patterns. Where only the run can tell, the answer is no: a warning that is often wrong
 * is not read.
 */
export function surelyOverlap(a: Pattern, b: Pattern): boolean {
  if (isWild(a) || isWild(b)) return a.op !== 'absent' && b.op !== 'absent';
  if (a.op === 'all') return a.of.every(each => surelyOverlap(each, b));
  if (b.op === 'all') return b.of.every(each => surelyOverlap(a, each));
  if (a.op === 'oneOf') return a.elements.some(each => each.op !== 'spread' && surelyOverlap(each, b));
  if (b.op === 'oneOf') return b.elements.some(each => each.op !== 'spread' && surelyOverlap(a, each));
  if (a.op === 'equal')
    return b.op === 'equal'
      ? equalValues(a.value, b.value)
      : b.op === 'string' && typeof a.value === 'string' && isBare(b);
  if (b.op === 'equal') return surelyOverlap(b, a);
  if (a.op === 'reference') return b.op === 'reference' && a.expression.text === b.expression.text;
  if (a.op === 'object' && b.op === 'object') return membersOverlap(a, b);
  return (
    a.op === b.op &&
    (a.op === 'string' || a.op === 'integer' || a.op === 'number' || a.op === 'boolean') &&
    isBare(a) &&
    isBare(b)
  );
}

type ObjectPattern = Extract<Pattern, { op: 'object' }>;

function membersOverlap(a: ObjectPattern, b: ObjectPattern): boolean {
  if (a.exact !== b.exact && !(a.exact ? isWithin(b, a) : isWithin(a, b))) return false;
  return a.members.every(member => {
    const other = b.members.find(each => each.name === member.name);
    if (!other) return true;
    if (member.pattern.op === 'absent' || other.pattern.op === 'absent') return member.pattern.op === other.pattern.op;
    return surelyOverlap(member.pattern, other.pattern);
  });
}

function isWithin(inner: ObjectPattern, outer: ObjectPattern): boolean {
  return inner.members.every(member => outer.members.some(each => each.name === member.name));
}

function isWild(pattern: Pattern): boolean {
  return pattern.op === 'any' || pattern.op === 'bind';
}

/** Without bounds. */
function isBare(pattern: Pattern): boolean {
  return !['min', 'max', 'pattern', 'has', 'anyCase'].some(key => key in pattern);
}
