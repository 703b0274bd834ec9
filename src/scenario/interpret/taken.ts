/** What else is demanded of an item that was taken: `within`, `notBefore`, `verify` (language, sections 6 and 8). */
import { formatDurationUs } from '../../foundation/duration.ts';
import { durationUsOf } from '../../values/add-terms.ts';
import { build } from '../../values/build.ts';
import type { Built } from '../../values/built.ts';
import { MissingValue, type Scope } from '../../values/expression.ts';
import type { Bindings, Pattern } from '../../values/pattern.ts';
import type { Demand, Item } from '../plan.ts';
import type { Decision } from './decision.ts';
import { matchDemand } from './demand.ts';
import { explainDemand } from './explain.ts';
import type { Machine } from './machine.ts';
import { lackingIn } from './references.ts';
import type { Arrival, ClientState } from './state.ts';
import { missing } from './write.ts';

/** Granted for rounding at either end of a `notBefore`. */
const roundingUs = 5_000;

export function demandsOf(
  machine: Machine,
  client: ClientState,
  item: Item,
  step: number,
  arrival: Arrival,
  bound: Bindings,
  scope: Scope,
): { readonly bindings: Bindings; readonly demands: readonly Decision[] } {
  const place = { step, client: client.index, span: item.span };
  const timing = timingFailure(client, item, step, arrival, scope);
  const demands: Decision[] = [
    timing
      ? { check: item.check, verdict: 'fail', ...place, failure: timing }
      : passed(item.check, item.lenient, place),
  ];
  let bindings = bound;
  for (const verify of item.verify) {
    const at = { ...place, span: verify.span };
    const demand = askedOf(verify.demand, arrival);
    const more = matchDemand(demand, arrival, bindings, scope, undefined);
    if (more) {
      bindings = more;
      demands.push(passed(verify.check, verify.lenient, at));
      continue;
    }
    const lacking = lackingIn(demand, scope, bindings);
    if (lacking) {
      const message = `not testable: ${missing(lacking).message}`;
      const failure = {
        kind: 'not-testable',
        faultOf: 'target',
        message,
        atUs: arrival.atUs,
        event: arrival.event,
      } as const;
      demands.push({ check: verify.check, verdict: 'not-testable', ...at, failure });
      continue;
    }
    const message = 'what came was taken, but a further demand on it is not met';
    const explained = machine.around.explain ? explainDemand(demand, [arrival], bindings, scope, undefined) : {};
    demands.push({
      check: verify.check,
      verdict: 'fail',
      ...at,
      failure: { kind: 'verify', faultOf: 'target', message, atUs: arrival.atUs, event: arrival.event, ...explained },
    });
  }
  return { bindings, demands };
}

/** The item has taken the answer with the status that it asks for: a further demand asks for it only where it names one. */
function askedOf(demand: Demand, { http }: Arrival): Demand {
  if (!http || demand.closed || demand.http?.status) return demand;
  const any: Pattern = { op: 'equal', value: http.status, span: nowhere };
  return { ...demand, http: { headers: demand.http?.headers ?? [], status: any } };
}

const nowhere = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

function passed(
  check: string,
  lenient: boolean,
  place: { step: number; client: number; span: Item['span'] },
): Decision {
  return lenient ? { check, verdict: 'pass', lenient: true, ...place } : { check, verdict: 'pass', ...place };
}

function timingFailure(
  client: ClientState,
  item: Item,
  step: number,
  arrival: Arrival,
  scope: Scope,
): Decision['failure'] {
  const originUs = client.contexts.get(step)?.originUs;
  if (originUs === undefined) return undefined;
  const elapsedUs = arrival.atUs - originUs;
  const facts = { faultOf: 'target', atUs: arrival.atUs, event: arrival.event } as const;
  const withinUs = durationOf(item.within, scope);
  if (withinUs !== undefined && elapsedUs > withinUs) {
    const message = `it came after ${formatDurationUs(elapsedUs)}, ${formatDurationUs(elapsedUs - withinUs)} later than the ${formatDurationUs(withinUs)} allowed`;
    return {
      kind: 'too-late',
      message,
      ...facts,
      late: { lateUs: elapsedUs - withinUs, fromUs: originUs, toUs: arrival.atUs },
    };
  }
  const notBeforeUs = durationOf(item.notBefore, scope);
  if (notBeforeUs !== undefined && elapsedUs + roundingUs < notBeforeUs) {
    const message = `it came after ${formatDurationUs(elapsedUs)}, ${formatDurationUs(notBeforeUs - elapsedUs)} before the ${formatDurationUs(notBeforeUs)} that must pass`;
    return { kind: 'too-early', message, ...facts };
  }
  return undefined;
}

/** Microseconds; undefined if there is none, or if what it refers to is missing. */
export function durationOf(built: Built | undefined, scope: Scope): number | undefined {
  if (!built) return undefined;
  const made = build(built, scope);
  return made instanceof MissingValue ? undefined : durationUsOf(made.value);
}
