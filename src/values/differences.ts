import { pointerStep, writeJson } from '../foundation/json.ts';
import { isArray, isObject, type Value, type ValueObject } from '../foundation/value.ts';
import { expandElements } from './elements.ts';
import { expectedWords } from './expected-words.ts';
import type { Scope } from './expression.ts';
import { match } from './match.ts';
import { decodeText, restOf } from './match-plain.ts';
import { absent, type Bindings, type Pattern, type PatternElement, type PatternMember } from './pattern.ts';

/** One place where a value departs from a pattern. */
export interface Difference {
  /** JSON Pointer; empty for the value itself. */
  readonly at: string;
  readonly expected: string;
  readonly came: string;
}

interface Weighed extends Difference {
  /** How many members of the pattern are not met there. */
  readonly weight: number;
}

interface Comparison {
  readonly scope: Scope;
  bindings: Bindings;
  readonly found: Weighed[];
}

/** Where a value departs from a pattern, member by member; empty exactly if it matches. */
export function describeDifferences(
  pattern: Pattern,
  value: Value | typeof absent,
  bindings: Bindings,
  scope: Scope,
): readonly Difference[] {
  return differences(pattern, value, bindings, scope).map(({ at, expected, came }) => ({ at, expected, came }));
}

/** In how many members a value departs from a pattern: of several, the one with the least came nearest. 0: it matches. */
export function nearness(pattern: Pattern, value: Value | typeof absent, bindings: Bindings, scope: Scope): number {
  let sum = 0;
  for (const { weight } of differences(pattern, value, bindings, scope)) sum += weight;
  return sum;
}

/** What came, short enough for a line. */
function shortened(value: Value | typeof absent): string {
  if (value === absent) return 'no such member';
  const text = writeJson(value);
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters - 1)}…`;
}

const shownCharacters = 80;

function differences(
  pattern: Pattern,
  value: Value | typeof absent,
  bindings: Bindings,
  scope: Scope,
): readonly Weighed[] {
  if (match(pattern, value, bindings, scope)) return [];
  const comparison: Comparison = { scope, bindings, found: [] };
  compare(pattern, value, '', comparison);
  // Every member fits by itself, but not with what the others bind.
  if (comparison.found.length === 0) add(pattern, value, '', comparison);
  return comparison.found;
}

function compare(pattern: Pattern, value: Value | typeof absent, at: string, comparison: Comparison): void {
  const bound = match(pattern, value, comparison.bindings, comparison.scope);
  if (bound) comparison.bindings = bound;
  else if (pattern.op === 'all') for (const each of pattern.of) compare(each, value, at, comparison);
  else if (value === absent || !compareInside(pattern, value, at, comparison)) add(pattern, value, at, comparison);
}

/** false: the value is not of the kind that could be looked into. */
function compareInside(pattern: Pattern, value: Value, at: string, comparison: Comparison): boolean {
  if (pattern.op === 'object' && isObject(value)) {
    compareMembers(pattern.members, pattern.exact, value, at, comparison);
  } else if (pattern.op === 'list' && isArray(value)) {
    compareList(pattern, value, at, comparison);
  } else if ((pattern.op === 'set' || pattern.op === 'contains') && isArray(value)) {
    compareSome(pattern, pattern.elements, value, at, comparison);
  } else if (pattern.op === 'each' && isArray(value)) {
    for (const [k, element] of value.entries()) compare(pattern.of, element, at + pointerStep(k), comparison);
  } else if (pattern.op === 'json' || pattern.op === 'base64' || pattern.op === 'hex') {
    const decoded = decodeText(pattern.op, value);
    if (decoded === absent) return false;
    compare(pattern.of, decoded, at, comparison);
  } else if (pattern.op === 'after') {
    const rest = restOf(pattern.prefix, value);
    if (rest === undefined) return false;
    compare(pattern.of, rest, at, comparison);
  } else {
    return false;
  }
  return true;
}

function compareMembers(
  members: readonly PatternMember[],
  exact: boolean,
  value: ValueObject,
  at: string,
  comparison: Comparison,
): void {
  for (const { name, pattern } of members) {
    compare(pattern, Object.hasOwn(value, name) ? value[name]! : absent, at + pointerStep(name), comparison);
  }
  if (!exact) return;
  for (const name of Object.keys(value)) {
    if (members.some(member => member.name === name)) continue;
    comparison.found.push({
      at: at + pointerStep(name),
      expected: 'no such member',
      came: shortened(value[name]!),
      weight: 1,
    });
  }
}

function compareList(
  pattern: Pattern & { op: 'list' },
  value: readonly Value[],
  at: string,
  comparison: Comparison,
): void {
  const patterns = expandElements(pattern.elements, comparison.bindings, comparison.scope);
  if (!patterns) {
    add(pattern, value, at, comparison);
    return;
  }
  for (const [k, each] of patterns.entries()) {
    const element = value[k];
    if (element === undefined) add(each, absent, at + pointerStep(k), comparison, 'no such element');
    else compare(each, element, at + pointerStep(k), comparison);
  }
  for (let k = patterns.length; k < value.length; k++) {
    comparison.found.push({
      at: at + pointerStep(k),
      expected: 'no such element',
      came: shortened(value[k]!),
      weight: 1,
    });
  }
}

/** Patterns that no element meets; if each has one, the whole. */
function compareSome(
  pattern: Pattern,
  elements: readonly PatternElement[],
  value: readonly Value[],
  at: string,
  comparison: Comparison,
): void {
  const { scope, bindings, found } = comparison;
  const patterns = expandElements(elements, bindings, scope);
  const unmet = patterns?.filter(each => !value.some(element => match(each, element, bindings, scope))) ?? [];
  for (const each of unmet) add(each, value, at, comparison, undefined, ' among the elements');
  const alone =
    pattern.op === 'set' && patterns
      ? value.filter(element => !patterns.some(each => match(each, element, bindings, scope)))
      : [];
  for (const element of alone)
    found.push({
      at: at + pointerStep(value.indexOf(element)),
      expected: 'no such element',
      came: shortened(element),
      weight: 1,
    });
  if (unmet.length + alone.length === 0) add(pattern, value, at, comparison);
}

function add(
  pattern: Pattern,
  value: Value | typeof absent,
  at: string,
  { scope, bindings, found }: Comparison,
  came?: string,
  behind = '',
): void {
  const expected = expectedWords(pattern, scope, bindings) + behind;
  found.push({
    at,
    expected,
    came: came ?? (at === '' && value === absent ? 'nothing' : shortened(value)),
    weight: sizeOf(pattern),
  });
}

/** The members that a pattern asks for, down to the last. */
function sizeOf(pattern: Pattern): number {
  if (pattern.op === 'object') return pattern.members.reduce((sum, member) => sum + sizeOf(member.pattern), 1);
  if (pattern.op === 'list')
    return pattern.elements.reduce((sum, element) => sum + (element.op === 'spread' ? 1 : sizeOf(element)), 1);
  if (pattern.op === 'all') return Math.max(...pattern.of.map(each => sizeOf(each)));
  return 1;
}
