/** The evidence of a failure, made at the moment it is decided, while the names are what they were. */

import type { Value } from '../../foundation/value.ts';
import { type Difference, describeDifferences, nearness } from '../../values/differences.ts';
import type { Scope } from '../../values/expression.ts';
import { absent, type Bindings, type Pattern } from '../../values/pattern.ts';
import { renderPattern } from '../../values/render.ts';
import type { Demand } from '../plan.ts';
import type { FailureFacts } from './decision.ts';
import type { Arrival } from './state.ts';

type Explained = Pick<FailureFacts, 'expected' | 'nearest'>;

/** What was expected, and which of the candidates came nearest: the fewest differing members, then the first. */
export function explainDemand(
  demand: Demand,
  candidates: readonly Arrival[],
  bindings: Bindings,
  scope: Scope,
  replyId: Value | undefined,
): Explained {
  let nearest: FailureFacts['nearest'];
  let least = Number.POSITIVE_INFINITY;
  for (const arrival of candidates) {
    const differences = differencesOf(demand, arrival, bindings, scope, replyId);
    const distance = distanceOf(demand, arrival, differences.length, bindings, scope);
    if (distance >= least) continue;
    least = distance;
    nearest = { arrival, differences };
  }
  const expected = renderDemand(demand, bindings, scope, replyId);
  return nearest ? { expected, nearest } : { expected };
}

/** A frame of another kind departs in many members at once, however few differences tell so. */
function distanceOf(
  { frame }: Demand,
  arrival: Arrival,
  differences: number,
  bindings: Bindings,
  scope: Scope,
): number {
  if (!frame || arrival.frame === undefined) return differences;
  return nearness(frame, arrival.frame, bindings, scope) + (differences > 0 ? 1 : 0);
}

export function renderDemand(demand: Demand, bindings: Bindings, scope: Scope, replyId: Value | undefined): string {
  const render = (pattern: Pattern) => renderPattern(pattern, scope, bindings);
  const parts: string[] = [];
  for (const word of ['opened', 'closed'] as const) {
    const asked = demand[word];
    if (!asked) continue;
    const members = Object.entries(asked).map(([name, pattern]) => `${name}: ${render(pattern)}`);
    parts.push(members.length > 0 ? `${word} { ${members.join(', ')} }` : word);
  }
  if (demand.http) {
    const status = demand.http.status ? render(demand.http.status) : '200';
    parts.push(
      `http ${[`status: ${status}`, ...demand.http.headers.map(({ name, pattern }) => `${name}: ${render(pattern)}`)].join(', ')}`,
    );
  }
  if (demand.frame) parts.push(`frame ${render(demand.frame)}`);
  if (demand.text) parts.push(`text ${render(demand.text)}`);
  if (demand.replyAt && replyId !== undefined)
    parts.push(`answering the request ${JSON.stringify(String(replyId))} (at /${demand.replyAt.join('/')})`);
  return parts.join(', ');
}

function differencesOf(
  demand: Demand,
  arrival: Arrival,
  bindings: Bindings,
  scope: Scope,
  replyId: Value | undefined,
): readonly Difference[] {
  if (demand.opened || arrival.opened) return openedDifferences(demand, arrival, bindings, scope, replyId);
  if (demand.closed || arrival.closed) return closedDifferences(demand, arrival, bindings, scope, replyId);
  const found: Difference[] = [];
  if (demand.http || arrival.http) {
    const status = arrival.http?.status ?? absent;
    if (demand.http?.status)
      found.push(...prefixed('http status', describeDifferences(demand.http.status, status, bindings, scope)));
    else if (status !== 200)
      found.push({ at: 'http status', expected: '200', came: status === absent ? 'no HTTP answer' : String(status) });
  }
  if (demand.frame) found.push(...describeDifferences(demand.frame, arrival.frame ?? absent, bindings, scope));
  if (demand.text)
    found.push(...prefixed('text', describeDifferences(demand.text, arrival.text ?? absent, bindings, scope)));
  if (demand.replyAt && replyId !== undefined && found.length === 0) {
    found.push({
      at: `/${demand.replyAt.join('/')}`,
      expected: JSON.stringify(String(replyId)),
      came: 'another id, or none',
    });
  }
  return found;
}

function openedDifferences(
  demand: Demand,
  arrival: Arrival,
  bindings: Bindings,
  scope: Scope,
  replyId: Value | undefined,
): readonly Difference[] {
  if (!demand.opened)
    return [{ at: '', expected: renderDemand(demand, bindings, scope, replyId), came: 'the connection was opened' }];
  if (!arrival.opened) return [{ at: '', expected: 'the connection is opened', came: 'something else' }];
  const { subprotocol } = demand.opened;
  const came = arrival.opened.subprotocol ?? absent;
  return subprotocol ? prefixed('subprotocol', describeDifferences(subprotocol, came, bindings, scope)) : [];
}

function closedDifferences(
  demand: Demand,
  arrival: Arrival,
  bindings: Bindings,
  scope: Scope,
  replyId: Value | undefined,
): readonly Difference[] {
  if (!demand.closed)
    return [{ at: '', expected: renderDemand(demand, bindings, scope, replyId), came: 'the connection was closed' }];
  if (!arrival.closed) return [{ at: '', expected: 'the connection is closed', came: 'a message' }];
  const { code, status } = demand.closed;
  return [
    ...(code ? prefixed('close code', describeDifferences(code, arrival.closed.code ?? absent, bindings, scope)) : []),
    ...(status
      ? prefixed('status', describeDifferences(status, arrival.closed.status ?? absent, bindings, scope))
      : []),
  ];
}

function prefixed(name: string, differences: readonly Difference[]): Difference[] {
  return differences.map(difference => ({ ...difference, at: difference.at ? `${name} ${difference.at}` : name }));
}
