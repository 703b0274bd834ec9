import { equalValues, isArray, isObject, setMember, type Value } from '../foundation/value.ts';
import { expandElements } from './elements.ts';
import type { Scope } from './expression.ts';
import { decodeText, hasOnly, matches, matchesConstants, restOf } from './match-plain.ts';
import { absent, type Bindings, makePattern, type Pattern, type PatternElement } from './pattern.ts';
import { slotKey, slotValue } from './slots.ts';

/**
 * Matching where something is bound. What is still to be matched is a list of goals; where there are several ways (`$oneOf`, `$set`,
 * `$contains`) the later ones are kept as choices, and the first choice left is taken when a goal fails. So the ways are tried in
 * written order, the first that succeeds is the answer, and nothing recurses.
 */
type Goal = MatchGoal | EachGoal | PlaceGoal;

interface MatchGoal {
  readonly kind: 'match';
  readonly pattern: Pattern;
  readonly value: Value | typeof absent;
  readonly next: Goal | null;
}

interface EachGoal {
  readonly kind: 'each';
  readonly pattern: Pattern;
  readonly values: readonly Value[];
  readonly index: number;
  readonly next: Goal | null;
}

/** Finds a place for the patterns from `index` on: an element that no earlier pattern has taken. */
interface PlaceGoal {
  readonly kind: 'place';
  readonly patterns: readonly Pattern[];
  readonly values: readonly Value[];
  readonly index: number;
  readonly taken: Taken | null;
  readonly next: Goal | null;
}

interface Taken {
  readonly column: number;
  readonly before: Taken | null;
}

/** Where to go on when what was tried fails: this goal again, from its next alternative. */
interface Choice {
  readonly goal: Goal;
  readonly bindings: Bindings;
  readonly from: number;
}

/**
 * The most times that one search goes back to a choice. Ways beyond are not tried, and the pattern does not match: a pattern that captures
 * in `$set` or `$contains` can have more ways than there is time, whereas real ones go back a few times for each element.
 */
const searchRetries = 10_000;

interface Search {
  bindings: Bindings;
  readonly scope: Scope;
  readonly choices: Choice[];
}

/** The first way in written order in which a pattern matches: what it binds, added to what is bound. */
export function matchBinding(
  pattern: Pattern,
  value: Value | typeof absent,
  bindings: Bindings,
  scope: Scope,
): Bindings | null {
  const search: Search = { bindings, scope, choices: [] };
  let goal: Goal | null | undefined = { kind: 'match', pattern, value, next: null };
  let from = 0;
  let retries = 0;
  for (;;) {
    goal = advance(goal, from, search);
    from = 0;
    if (goal === null) return search.bindings;
    if (goal !== undefined) continue;
    const choice = search.choices.pop();
    if (!choice || ++retries > searchRetries) return null;
    goal = choice.goal;
    from = choice.from;
    search.bindings = choice.bindings;
  }
}

/** The goals that remain when this one is reached: null if none, undefined if it cannot be reached. */
function advance(goal: Goal, from: number, search: Search): Goal | null | undefined {
  if (goal.kind === 'place') return place(goal, from, search);
  if (goal.kind === 'each') {
    const { pattern, values, index, next } = goal;
    return index === values.length
      ? next
      : { kind: 'match', pattern, value: values[index]!, next: { ...goal, index: index + 1 } };
  }
  const { pattern, value, next } = goal;
  if (!pattern.binds) return matches(pattern, value, search.bindings, search.scope) ? next : undefined;
  if (pattern.op === 'oneOf') return choose(goal, pattern.elements, from, search);
  if (pattern.op === 'all') return chain(pattern.of, value, next, search);
  return value === absent ? undefined : advanceInto(pattern, value, next, search);
}

function advanceInto(pattern: Pattern, value: Value, next: Goal | null, search: Search): Goal | null | undefined {
  switch (pattern.op) {
    case 'bind':
      return bind(slotKey(pattern.slot, pattern.turn, search.scope), value, next, search);
    case 'object':
      return chainMembers(pattern, value, next, search);
    case 'each':
      return isArray(value) ? { kind: 'each', pattern: pattern.of, values: value, index: 0, next } : undefined;
    case 'json':
    case 'base64':
    case 'hex': {
      const decoded = decodeText(pattern.op, value);
      return decoded === absent ? undefined : { kind: 'match', pattern: pattern.of, value: decoded, next };
    }
    case 'after': {
      const rest = restOf(pattern.prefix, value);
      return rest === undefined ? undefined : { kind: 'match', pattern: pattern.of, value: rest, next };
    }
    case 'list':
    case 'set':
    case 'contains': {
      const patterns = isArray(value) ? expandElements(pattern.elements, search.bindings, search.scope) : undefined;
      if (!patterns) return undefined;
      const values = value as readonly Value[];
      if (patterns.length > values.length || (pattern.op !== 'contains' && patterns.length < values.length))
        return undefined;
      if (pattern.op !== 'list') return { kind: 'place', patterns, values, index: 0, taken: null, next };
      let first = next;
      for (let k = patterns.length - 1; k >= 0; k--)
        first = { kind: 'match', pattern: patterns[k]!, value: values[k]!, next: first };
      return first;
    }
    default:
      return undefined;
  }
}

function bind(key: string, value: Value, next: Goal | null, search: Search): Goal | null | undefined {
  const bound = slotValue(key, search.scope, search.bindings);
  if (bound !== undefined) return equalValues(bound, value) ? next : undefined;
  // Not a spread: with a computed key that takes ten times as long.
  const extended: Record<string, Value> = Object.assign({}, search.bindings);
  setMember(extended, key, value);
  search.bindings = extended;
  return next;
}

/** All patterns on one value. Those before the first that binds are settled at once. */
function chain(
  patterns: readonly Pattern[],
  value: Value | typeof absent,
  next: Goal | null,
  search: Search,
): Goal | null | undefined {
  let plain = 0;
  for (; plain < patterns.length && !patterns[plain]!.binds; plain++) {
    if (!matches(patterns[plain]!, value, search.bindings, search.scope)) return undefined;
  }
  let first = next;
  for (let k = patterns.length - 1; k >= plain; k--)
    first = { kind: 'match', pattern: patterns[k]!, value, next: first };
  return first;
}

/** Members in written order: what is bound in one can be asked for in the next. */
function chainMembers(
  { members, exact }: Pattern & { op: 'object' },
  value: Value,
  next: Goal | null,
  search: Search,
): Goal | null | undefined {
  if (!isObject(value) || !matchesConstants(members, value) || (exact && !hasOnly(members, value))) return undefined;
  let plain = 0;
  for (; plain < members.length && !members[plain]!.pattern.binds; plain++) {
    const { name, pattern } = members[plain]!;
    if (pattern.op === 'equal') continue;
    if (!matches(pattern, Object.hasOwn(value, name) ? value[name]! : absent, search.bindings, search.scope))
      return undefined;
  }
  let first = next;
  for (let k = members.length - 1; k >= plain; k--) {
    const { name, pattern } = members[k]!;
    if (pattern.op === 'equal') continue;
    first = { kind: 'match', pattern, value: Object.hasOwn(value, name) ? value[name]! : absent, next: first };
  }
  return first;
}

function choose(
  goal: MatchGoal,
  elements: readonly PatternElement[],
  from: number,
  search: Search,
): Goal | null | undefined {
  const element = elements[from];
  if (!element) return undefined;
  if (from + 1 < elements.length) search.choices.push({ goal, bindings: search.bindings, from: from + 1 });
  const pattern = element.op === 'spread' ? makePattern({ op: 'oneOf', elements: [element] }, element.span) : element;
  return { kind: 'match', pattern, value: goal.value, next: goal.next };
}

function place(goal: PlaceGoal, from: number, search: Search): Goal | null | undefined {
  const { patterns, values, index, taken, next } = goal;
  const pattern = patterns[index];
  if (!pattern) return next;
  let column = from;
  while (column < values.length && !mayTake(pattern, column, goal, search)) column++;
  if (column === values.length) return undefined;
  if (column + 1 < values.length) search.choices.push({ goal, bindings: search.bindings, from: column + 1 });
  const rest: PlaceGoal = { kind: 'place', patterns, values, index: index + 1, taken: { column, before: taken }, next };
  return pattern.binds ? { kind: 'match', pattern, value: values[column]!, next: rest } : rest;
}

function mayTake(pattern: Pattern, column: number, { values, taken }: PlaceGoal, search: Search): boolean {
  for (let each = taken; each !== null; each = each.before) if (each.column === column) return false;
  return pattern.binds || matches(pattern, values[column]!, search.bindings, search.scope);
}
