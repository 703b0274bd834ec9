/** Whether one arrival meets what an item, a `never` or an `ignore` asks (language, section 6). */
import { equalValues, type Value } from '../../foundation/value.ts';
import type { Scope } from '../../values/expression.ts';
import { match } from '../../values/match.ts';
import { absent, type Bindings } from '../../values/pattern.ts';
import type { Demand } from '../plan.ts';
import { followNames } from './follow.ts';
import type { Arrival } from './state.ts';

/** The bindings under which it matches, or null. */
export function matchDemand(
  demand: Demand,
  arrival: Arrival,
  bindings: Bindings,
  scope: Scope,
  replyId: Value | undefined,
): Bindings | null {
  if (arrival.opened || demand.opened) return matchOpened(demand, arrival, bindings, scope);
  if (arrival.closed || demand.closed) return matchClosed(demand, arrival, bindings, scope);
  let bound: Bindings | null = bindings;
  if (arrival.http || demand.http) bound = matchHttp(demand, arrival, bindings, scope);
  if (bound && demand.frame)
    bound = arrival.frame === undefined ? null : match(demand.frame, arrival.frame, bound, scope);
  if (bound && demand.text) bound = arrival.text === undefined ? null : match(demand.text, arrival.text, bound, scope);
  if (bound && demand.replyAt && replyId !== undefined && !answers(arrival.frame, demand.replyAt, replyId)) return null;
  return bound;
}

function matchOpened(demand: Demand, arrival: Arrival, bindings: Bindings, scope: Scope): Bindings | null {
  if (!demand.opened || !arrival.opened) return null;
  const { subprotocol } = demand.opened;
  return subprotocol ? match(subprotocol, arrival.opened.subprotocol ?? absent, bindings, scope) : bindings;
}

function matchClosed(demand: Demand, arrival: Arrival, bindings: Bindings, scope: Scope): Bindings | null {
  if (!demand.closed || !arrival.closed) return null;
  const { code, status } = demand.closed;
  let bound: Bindings | null = bindings;
  if (code) bound = match(code, arrival.closed.code ?? absent, bound, scope);
  if (bound && status) bound = match(status, arrival.closed.status ?? absent, bound, scope);
  return bound;
}

/** The default status is 200. */
function matchHttp(demand: Demand, arrival: Arrival, bindings: Bindings, scope: Scope): Bindings | null {
  if (!arrival.http) return null;
  const status = demand.http?.status;
  let bound: Bindings | null = bindings;
  if (status) bound = match(status, arrival.http.status, bindings, scope);
  else if (arrival.http.status !== 200) return null;
  for (const { name, pattern } of demand.http?.headers ?? []) {
    const value = Object.hasOwn(arrival.http.headers, name) ? arrival.http.headers[name]! : absent;
    bound = bound && match(pattern, value, bound, scope);
  }
  return bound;
}

function answers(frame: Value | undefined, replyAt: readonly string[], replyId: Value): boolean {
  const value = followNames(frame, replyAt);
  return value !== undefined && equalValues(value, replyId);
}
