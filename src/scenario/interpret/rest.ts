/**
 * What remains to be taken of an expectation: `take`, `may end`, `what could come next` (language, section 6).
 * Immutable: every step shares its parts with the one before, so a fork costs nothing.
 */
import type { Expectation, Item } from '../plan.ts';

/** `undefined` stands for nothing: all has been taken. */
export type Rest = Item | Sequence | AnyOrder | OneOf | Optional | Repeat;

interface Sequence {
  readonly kind: 'sequence';
  /** What is left of the child under way, in front of the others. */
  readonly head: Rest | undefined;
  readonly children: readonly Rest[];
  /** The first of `children` that has not begun. */
  readonly from: number;
}

interface AnyOrder {
  readonly kind: 'anyOrder';
  readonly children: readonly Rest[];
}

interface OneOf {
  readonly kind: 'oneOf';
  readonly children: readonly Rest[];
}

interface Optional {
  readonly kind: 'optional';
  readonly body: Rest;
}

interface Repeat {
  readonly kind: 'repeat';
  readonly node: number;
  readonly body: Rest;
  readonly min: number;
  readonly max: number;
  /** Turns begun. */
  readonly turn: number;
  /** What is left of the turn under way. */
  readonly current: Rest | undefined;
}

/** One way to take an arrival. `Bound` is whatever the matcher binds. */
export interface Taking<Bound> {
  readonly rest: Rest | undefined;
  readonly item: Item;
  readonly turn: number | undefined;
  readonly bound: Bound;
}

/** Whether an item matches the arrival at hand, in this turn; undefined if not. */
export type Matches<Bound> = (item: Item, turn: number | undefined) => Bound | undefined;

/** Makes an expectation ready to be read: counts are settled. */
export function beginRest(
  expectation: Expectation,
  count: (amount: import('../../values/built.ts').Built | number) => number,
): Rest {
  switch (expectation.kind) {
    case 'item':
      return expectation;
    case 'optional':
      return { kind: 'optional', body: beginRest(expectation.body, count) };
    case 'repeat':
      return {
        kind: 'repeat',
        node: expectation.node,
        body: beginRest(expectation.body, count),
        min: count(expectation.min),
        max: expectation.max === null ? Number.POSITIVE_INFINITY : count(expectation.max),
        turn: 0,
        current: undefined,
      };
    case 'inOrder':
      return {
        kind: 'sequence',
        head: undefined,
        children: expectation.children.map(child => beginRest(child, count)),
        from: 0,
      };
    default:
      return { kind: expectation.kind, children: expectation.children.map(child => beginRest(child, count)) };
  }
}

/** `first`, then `second`. */
export function followedBy(first: Rest | undefined, second: Rest | undefined): Rest | undefined {
  if (!first) return second;
  if (!second) return first;
  return { kind: 'sequence', head: first, children: [second], from: 0 };
}

/** Nothing more is required. */
export function mayEnd(rest: Rest | undefined): boolean {
  if (!rest) return true;
  switch (rest.kind) {
    case 'item':
      return false;
    case 'optional':
      return true;
    case 'oneOf':
      return rest.children.some(mayEnd);
    case 'anyOrder':
      return rest.children.every(mayEnd);
    case 'sequence':
      return mayEnd(rest.head) && allMayEnd(rest.children, rest.from);
    case 'repeat':
      return mayEnd(rest.current) && (rest.turn >= rest.min || mayEnd(rest.body));
  }
}

function allMayEnd(children: readonly Rest[], from: number): boolean {
  for (let k = from; k < children.length; k++) if (!mayEnd(children[k])) return false;
  return true;
}

/** All ways to take the arrival that `matches` knows, in written order, added to `out`. */
export function take<Bound>(rest: Rest, matches: Matches<Bound>, turn: number | undefined, out: Taking<Bound>[]): void {
  switch (rest.kind) {
    case 'item': {
      const bound = matches(rest, turn);
      if (bound !== undefined) out.push({ rest: undefined, item: rest, turn, bound });
      return;
    }
    case 'optional':
      take(rest.body, matches, turn, out);
      return;
    case 'oneOf':
      for (const child of rest.children) take(child, matches, turn, out);
      return;
    case 'anyOrder':
      takeAnyOrder(rest, matches, turn, out);
      return;
    case 'sequence':
      takeSequence(rest, matches, turn, out);
      return;
    case 'repeat':
      takeRepeat(rest, matches, out);
      return;
  }
}

/** From the child under way, and from the next if all before may end. */
function takeSequence<Bound>(
  rest: Sequence,
  matches: Matches<Bound>,
  turn: number | undefined,
  out: Taking<Bound>[],
): void {
  if (rest.head) {
    takeWithin(rest.head, matches, turn, out, left => sequenceOf(left, rest.children, rest.from));
    if (!mayEnd(rest.head)) return;
  }
  for (let k = rest.from; k < rest.children.length; k++) {
    const child = rest.children[k]!;
    takeWithin(child, matches, turn, out, left => sequenceOf(left, rest.children, k + 1));
    if (!mayEnd(child)) return;
  }
}

function sequenceOf(head: Rest | undefined, children: readonly Rest[], from: number): Rest | undefined {
  if (from >= children.length) return head;
  if (!head && from === children.length - 1) return children[from];
  return { kind: 'sequence', head, children, from };
}

/** From each child; the others stay. */
function takeAnyOrder<Bound>(
  rest: AnyOrder,
  matches: Matches<Bound>,
  turn: number | undefined,
  out: Taking<Bound>[],
): void {
  rest.children.forEach((child, k) => {
    takeWithin(child, matches, turn, out, left => {
      const children = left ? rest.children.with(k, left) : rest.children.toSpliced(k, 1);
      return children.length > 1 ? { kind: 'anyOrder', children } : children[0];
    });
  });
}

/** From the turn under way, and from the next if that may end. */
function takeRepeat<Bound>(rest: Repeat, matches: Matches<Bound>, out: Taking<Bound>[]): void {
  if (rest.current) {
    takeWithin(rest.current, matches, rest.turn, out, left => afterTurn(rest, rest.turn, left));
    if (!mayEnd(rest.current)) return;
  }
  if (rest.turn < rest.max)
    takeWithin(rest.body, matches, rest.turn + 1, out, left => afterTurn(rest, rest.turn + 1, left));
}

function afterTurn(rest: Repeat, turn: number, current: Rest | undefined): Rest | undefined {
  return !current && turn >= rest.max ? undefined : { ...rest, turn, current };
}

function takeWithin<Bound>(
  part: Rest,
  matches: Matches<Bound>,
  turn: number | undefined,
  out: Taking<Bound>[],
  around: (left: Rest | undefined) => Rest | undefined,
): void {
  if (part.kind === 'item') {
    const bound = matches(part, turn);
    if (bound !== undefined) out.push({ rest: around(undefined), item: part, turn, bound });
    return;
  }
  const first = out.length;
  take(part, matches, turn, out);
  for (let k = first; k < out.length; k++) {
    const taking = out[k]!;
    out[k] = { rest: around(taking.rest), item: taking.item, turn: taking.turn, bound: taking.bound };
  }
}

/** Visits what could come next; `required` is false inside what may be left out, or has alternatives. */
export function visitNext(
  rest: Rest | undefined,
  visit: (item: Item, turn: number | undefined, required: boolean) => void,
): void {
  if (rest) next(rest, undefined, true, visit);
}

function next(
  rest: Rest,
  turn: number | undefined,
  required: boolean,
  visit: (item: Item, turn: number | undefined, required: boolean) => void,
): void {
  switch (rest.kind) {
    case 'item':
      visit(rest, turn, required);
      return;
    case 'optional':
      next(rest.body, turn, false, visit);
      return;
    case 'oneOf':
      // One of them must come: all of them are what was asked for.
      for (const child of rest.children) next(child, turn, required && !mayEnd(rest), visit);
      return;
    case 'anyOrder':
      for (const child of rest.children) next(child, turn, required, visit);
      return;
    case 'sequence':
      for (const child of [rest.head, ...rest.children.slice(rest.from)]) {
        if (!child) continue;
        next(child, turn, required, visit);
        if (!mayEnd(child)) return;
      }
      return;
    case 'repeat':
      if (rest.current) {
        next(rest.current, rest.turn, required, visit);
        if (!mayEnd(rest.current)) return;
      }
      if (rest.turn < rest.max) next(rest.body, rest.turn + 1, required && rest.turn < rest.min, visit);
      return;
  }
}

/** Visits every item that is still required, what could come next included; alternatives and optionals are not. */
export function visitRequired(rest: Rest | undefined, visit: (item: Item) => void): void {
  if (!rest) return;
  switch (rest.kind) {
    case 'item':
      visit(rest);
      return;
    case 'optional':
    case 'oneOf':
      return;
    case 'anyOrder':
      for (const child of rest.children) visitRequired(child, visit);
      return;
    case 'sequence':
      visitRequired(rest.head, visit);
      for (let k = rest.from; k < rest.children.length; k++) visitRequired(rest.children[k], visit);
      return;
    case 'repeat':
      visitRequired(rest.current, visit);
      if (rest.turn < rest.min) visitRequired(rest.body, visit);
      return;
  }
}

/** A text that is equal for equal remainders of one plan. */
export function restKey(rest: Rest | undefined): string {
  if (!rest) return '.';
  switch (rest.kind) {
    case 'item':
      return String(rest.node);
    case 'optional':
      return `?${restKey(rest.body)}`;
    case 'sequence':
      return `(${restKey(rest.head)};${rest.children.slice(rest.from).map(restKey).join(',')})`;
    case 'repeat':
      return `r${rest.node}@${rest.turn}[${restKey(rest.current)}]`;
    default:
      return `${rest.kind === 'oneOf' ? '|' : '&'}(${rest.children.map(restKey).join(',')})`;
  }
}
