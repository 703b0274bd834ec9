/**
 * One scenario on two transports: what its expectations took has to be the same, but for what only one run can have. Names that the
 * server makes are others each time, yet each stands everywhere for its own counterpart; times are not compared.
 */
import type { TransportDifference } from '../evidence/results.ts';
import { pointerStep, writeJson } from '../foundation/json.ts';
import { isArray, isObject, memberOf, type Value, type ValueObject } from '../foundation/value.ts';
import type { Claim, Claims } from './claims.ts';

export interface OnTransport {
  readonly transport: string;
  readonly claims: Claims;
}

/** Where the second differs from the first; a member is told once for each expectation. */
export function transportDifferences(
  about: Pick<TransportDifference, 'scenario' | 'case'>,
  first: OnTransport,
  second: OnTransport,
): readonly TransportDifference[] {
  const compare = createComparison(first.claims, second.claims);
  const seconds = byExpectation(second.claims.taken);
  const told = new Map<string, TransportDifference>();
  for (const [key, mine] of byExpectation(first.claims.taken)) {
    const others = seconds.get(key) ?? [];
    // Where one took more than the other, the expectation leaves it open how many there are.
    if (others.length !== mine.length) continue;
    for (const [k, claim] of mine.entries()) {
      for (const { at, values } of compare(claim.frame, others[k]!.frame)) {
        if (told.has(`${key} ${at}`)) continue;
        told.set(`${key} ${at}`, {
          ...about,
          client: claim.client,
          span: claim.span,
          at,
          values: { [first.transport]: shown(values[0]), [second.transport]: shown(values[1]) },
        });
      }
    }
  }
  return [...told.values()];
}

function byExpectation(claims: readonly Claim[]): ReadonlyMap<string, readonly Claim[]> {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const { client, span } = claim;
    const key = `${client} ${span.file}:${span.line}:${span.column}`;
    const group = groups.get(key);
    if (group) group.push(claim);
    else groups.set(key, [claim]);
  }
  return groups;
}

function shown(value: Value | undefined): string {
  return value === undefined ? 'nothing' : writeJson(value);
}

interface Difference {
  readonly at: string;
  readonly values: readonly [Value | undefined, Value | undefined];
}

function createComparison(first: Claims, second: Claims) {
  const declared = declaredPairs(first.values, second.values);
  const there = new Map<string, string>();
  const back = new Map<string, string>();

  /** Whether one is the other's counterpart, as far as is known; remembers that it is. */
  function isCounterpart(a: string, b: string): boolean {
    const known = there.get(a);
    if (known !== undefined || back.has(b)) return known === b;
    if (!isMadeName(a) || !isMadeName(b)) return false;
    there.set(a, b);
    back.set(b, a);
    return true;
  }

  function texts(a: string, b: string): boolean {
    const mine = withoutOwn(a, first.own);
    const other = withoutOwn(b, second.own);
    return mine === other || (isTime(a) && isTime(b)) || isCounterpart(a, b);
  }

  function leaves(a: Value | undefined, b: Value | undefined): boolean {
    if (typeof a === 'string' && typeof b === 'string') return texts(a, b) || declared.has(pairKey(a, b));
    if (a === undefined || b === undefined) return false;
    return writeJson(a) === writeJson(b) || declared.has(pairKey(a, b));
  }

  function* values(a: Value | undefined, b: Value | undefined, at: string): Generator<Difference> {
    if (isObject(a) && isObject(b)) {
      for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
        yield* values(memberOf(a, name), memberOf(b, name), at + pointerStep(name));
    } else if (isArray(a) && isArray(b) && a.length === b.length) {
      // In which order elements come is for expectations to say.
      const mine = sorted(a, first.own);
      const other = sorted(b, second.own);
      for (const k of mine.keys()) yield* values(mine[k], other[k], `${at}/*`);
    } else if (!leaves(a, b)) yield { at, values: [a, b] };
  }

  return (a: Value, b: Value): readonly Difference[] => {
    const omitted = [first, second].flatMap(each => [...each.omitted(a), ...each.omitted(b)]);
    return [...values(without(a, omitted), without(b, omitted), '')];
  };
}

/** By what does not change from run to run. */
function sorted(list: readonly Value[], own: readonly string[]): readonly Value[] {
  const keyed = list.map(value => ({ value, key: writeJson(outline(value, own)) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ value }) => value);
}

function outline(value: Value, own: readonly string[]): Value {
  if (typeof value === 'string') return isTime(value) || isMadeName(value) ? '' : withoutOwn(value, own);
  if (isArray(value)) return value.map(element => outline(element, own));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(name => [name, outline(value[name]!, own)]),
  );
}

function withoutOwn(text: string, own: readonly string[]): string {
  return own.reduce((rest, each) => rest.replaceAll(each, '\u0000'), text);
}

/** What a server may make up: one word, too long to be chosen from a list. */
function isMadeName(text: string): boolean {
  return text.length >= 10 && !/\s/.test(text);
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text);
}

function without(value: Value, pointers: readonly (readonly string[])[]): Value {
  return pointers.reduce((rest, pointer) => withoutOne(rest, pointer, 0), value);
}

function withoutOne(value: Value, pointer: readonly string[], depth: number): Value {
  const name = pointer[depth];
  if (name === undefined) return value;
  const isLast = depth === pointer.length - 1;
  if (isArray(value)) return name === '*' ? value.map(each => withoutOne(each, pointer, depth + 1)) : value;
  if (!isObject(value)) return value;
  const rest: [string, Value][] = [];
  for (const [member, child] of Object.entries(value)) {
    if (member !== name && name !== '*') rest.push([member, child]);
    else if (!isLast) rest.push([member, withoutOne(child, pointer, depth + 1)]);
  }
  return Object.fromEntries(rest) as ValueObject;
}

/** Leaves of the pack's values that its transports have each for themselves. */
function declaredPairs(a: Value, b: Value): ReadonlySet<string> {
  const pairs = new Set<string>();
  const walk = (one: Value | undefined, other: Value | undefined): void => {
    if (one === undefined || other === undefined) return;
    if (isObject(one) && isObject(other)) for (const name of Object.keys(one)) walk(one[name], memberOf(other, name));
    else if (writeJson(one) !== writeJson(other)) pairs.add(pairKey(one, other));
  };
  walk(a, b);
  return pairs;
}

function pairKey(a: Value, b: Value): string {
  return `${writeJson(a)} ${writeJson(b)}`;
}
