import { parseJson } from '../foundation/json.ts';
import { equalValues, isArray, isObject, type Value, type ValueObject } from '../foundation/value.ts';
import { canAssign } from './assignment.ts';
import { expandElements } from './elements.ts';
import { fromBase64, fromHex } from './encoded-text.ts';
import { evaluate, evaluateBuilt } from './evaluate.ts';
import { type Expression, MissingValue, type Scope } from './expression.ts';
import { expressionsIn } from './expressions-in.ts';
import { isInstant } from './instant.ts';
import { isWithin, matchesString, matchesText } from './match-text.ts';
import { absent, type Bindings, type Pattern, type PatternElement, type PatternMember } from './pattern.ts';
import { slotKey, slotValue } from './slots.ts';

/**
 * Matching where nothing is bound: the hot path of judging. It allocates nothing but what references and encodings need, and its depth is
 * that of the pattern. A reference without value matches nothing, and `$not` does not make it match.
 */
export function matches(pattern: Pattern, value: Value | typeof absent, bindings: Bindings, scope: Scope): boolean {
  // Only these may speak of a member that is not there.
  if (pattern.op === 'absent') return value === absent;
  if (pattern.op === 'oneOf') return matchesOneOf(pattern.elements, value, bindings, scope);
  if (pattern.op === 'all') return matchesAll(pattern.of, value, bindings, scope);
  if (value === absent) return false;
  switch (pattern.op) {
    case 'equal':
      return equalValues(pattern.value, value);
    case 'object':
      return isObject(value) && matchesObject(pattern.members, pattern.exact, value, bindings, scope);
    case 'reference': {
      const expected = evaluate(pattern.expression, scope, bindings);
      return !(expected instanceof MissingValue) && equalValues(expected, value);
    }
    case 'text':
      return typeof value === 'string' && matchesText(pattern.parts, value, bindings, scope);
    case 'any':
      return true;
    case 'string':
      return typeof value === 'string' && matchesString(pattern, value, bindings, scope);
    case 'integer':
      return (
        (typeof value === 'bigint' || Number.isInteger(value)) &&
        isWithin(value as number, pattern.min, pattern.max, bindings, scope)
      );
    case 'number':
      return (
        (typeof value === 'bigint' || typeof value === 'number') &&
        isWithin(value, pattern.min, pattern.max, bindings, scope)
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return isArray(value) && isWithin(value.length, pattern.min, pattern.max, bindings, scope);
    case 'isObject':
      return isObject(value);
    case 'time':
      return isInstant(value, pattern.form);
    case 'not':
      return !matches(pattern.of, value, bindings, scope) && !lacksValue(pattern.of, bindings, scope);
    case 'bind':
      return matchesBound(slotKey(pattern.slot, pattern.turn, scope), value, bindings, scope);
    default:
      return matchesInside(pattern, value, bindings, scope);
  }
}

/** Lists, encodings and what packs add: all that looks into a value further. */
function matchesInside(pattern: Pattern, value: Value, bindings: Bindings, scope: Scope): boolean {
  switch (pattern.op) {
    case 'list':
      return isArray(value) && matchesList(pattern.elements, value, bindings, scope);
    case 'each':
      return isArray(value) && matchesEach(pattern.of, value, bindings, scope);
    case 'set':
    case 'contains':
      return isArray(value) && matchesSome(pattern.op, pattern.elements, value, bindings, scope);
    case 'json':
    case 'base64':
    case 'hex': {
      const decoded = decodeText(pattern.op, value);
      return decoded !== absent && matches(pattern.of, decoded, bindings, scope);
    }
    case 'after': {
      const rest = restOf(pattern.prefix, value);
      return rest !== undefined && matches(pattern.of, rest, bindings, scope);
    }
    case 'custom': {
      const argument = evaluateBuilt(pattern.argument, scope, bindings);
      return !(argument instanceof MissingValue) && pattern.operator.matches(argument, value);
    }
    default:
      return false;
  }
}

const references = new WeakMap<Pattern, readonly Expression[]>();

/** Of what has no value nobody can say that it differs: else a missing account would make every frame one of a stranger. */
function lacksValue(pattern: Pattern, bindings: Bindings, scope: Scope): boolean {
  let inside = references.get(pattern);
  if (!inside) {
    inside = [...expressionsIn(pattern)];
    references.set(pattern, inside);
  }
  for (let k = 0; k < inside.length; k++)
    if (evaluate(inside[k]!, scope, bindings) instanceof MissingValue) return true;
  return false;
}

/** What text decodes to; `absent` if it is no such text. */
export function decodeText(op: 'json' | 'base64' | 'hex', value: Value): Value | typeof absent {
  if (typeof value !== 'string') return absent;
  if (op === 'json') {
    const parsed = parseJson(value);
    return parsed.ok ? parsed.value : absent;
  }
  return (op === 'base64' ? fromBase64(value) : fromHex(value)) ?? absent;
}

/** What stands behind the prefix; undefined if the value is no text that begins so. */
export function restOf(prefix: string, value: Value): string | undefined {
  return typeof value === 'string' && value.startsWith(prefix) ? value.slice(prefix.length) : undefined;
}

/** Constants are compared first: most frames differ in one. */
export function matchesConstants(members: readonly PatternMember[], value: ValueObject): boolean {
  for (let k = 0; k < members.length; k++) {
    const { name, pattern } = members[k]!;
    if (pattern.op === 'equal' && !(Object.hasOwn(value, name) && equalValues(pattern.value, value[name]!)))
      return false;
  }
  return true;
}

/** Whether an object has no other members than these. */
export function hasOnly(members: readonly PatternMember[], value: ValueObject): boolean {
  for (const name in value) {
    let known = false;
    for (let k = 0; k < members.length && !known; k++) known = members[k]!.name === name;
    if (!known) return false;
  }
  return true;
}

function matchesAll(
  patterns: readonly Pattern[],
  value: Value | typeof absent,
  bindings: Bindings,
  scope: Scope,
): boolean {
  for (let k = 0; k < patterns.length; k++) if (!matches(patterns[k]!, value, bindings, scope)) return false;
  return true;
}

function matchesOneOf(
  elements: readonly PatternElement[],
  value: Value | typeof absent,
  bindings: Bindings,
  scope: Scope,
): boolean {
  for (let k = 0; k < elements.length; k++) {
    const element = elements[k]!;
    if (element.op !== 'spread') {
      if (matches(element, value, bindings, scope)) return true;
    } else if (value !== absent) {
      const given = evaluate(element.expression, scope, bindings);
      if (given instanceof MissingValue) continue;
      if (!isArray(given)) {
        if (equalValues(given, value)) return true;
        continue;
      }
      for (let n = 0; n < given.length; n++) if (equalValues(given[n]!, value)) return true;
    }
  }
  return false;
}

function matchesObject(
  members: readonly PatternMember[],
  exact: boolean,
  value: ValueObject,
  bindings: Bindings,
  scope: Scope,
): boolean {
  if (!matchesConstants(members, value)) return false;
  for (let k = 0; k < members.length; k++) {
    const { name, pattern } = members[k]!;
    if (pattern.op === 'equal') continue;
    if (!matches(pattern, Object.hasOwn(value, name) ? value[name]! : absent, bindings, scope)) return false;
  }
  return !exact || hasOnly(members, value);
}

function matchesBound(key: string, value: Value, bindings: Bindings, scope: Scope): boolean {
  const bound = slotValue(key, scope, bindings);
  return bound === undefined || equalValues(bound, value);
}

function matchesList(
  elements: readonly PatternElement[],
  value: readonly Value[],
  bindings: Bindings,
  scope: Scope,
): boolean {
  const expanded = expandElements(elements, bindings, scope);
  return expanded !== undefined && expanded.length === value.length && matchesInOrder(expanded, value, bindings, scope);
}

function matchesInOrder(
  patterns: readonly Pattern[],
  value: readonly Value[],
  bindings: Bindings,
  scope: Scope,
): boolean {
  for (let k = 0; k < patterns.length; k++) if (!matches(patterns[k]!, value[k]!, bindings, scope)) return false;
  return true;
}

function matchesEach(pattern: Pattern, value: readonly Value[], bindings: Bindings, scope: Scope): boolean {
  for (let k = 0; k < value.length; k++) if (!matches(pattern, value[k]!, bindings, scope)) return false;
  return true;
}

/** `$set` and `$contains`: every pattern has an element of its own; nothing is bound, so any assignment will do. */
function matchesSome(
  op: 'set' | 'contains',
  elements: readonly PatternElement[],
  value: readonly Value[],
  bindings: Bindings,
  scope: Scope,
): boolean {
  const patterns = expandElements(elements, bindings, scope);
  if (!patterns || patterns.length > value.length || (op === 'set' && patterns.length < value.length)) return false;
  // A server that keeps the order needs no search.
  if (matchesInOrder(patterns, value, bindings, scope)) return true;
  const accepts = new Uint8Array(patterns.length * value.length);
  for (let row = 0; row < patterns.length; row++) {
    let some = false;
    for (let column = 0; column < value.length; column++) {
      if (!matches(patterns[row]!, value[column]!, bindings, scope)) continue;
      accepts[row * value.length + column] = 1;
      some = true;
    }
    if (!some) return false;
  }
  return canAssign(accepts, patterns.length, value.length);
}
