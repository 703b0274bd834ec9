/** The references in what a step expects, for "a value that lacks the member asked for: not testable" (language, section 7). */
import { evaluate } from '../../values/evaluate.ts';
import { type Expression, MissingValue, type Scope } from '../../values/expression.ts';
import { expressionsIn } from '../../values/expressions-in.ts';
import type { Bindings, Pattern } from '../../values/pattern.ts';
import type { ClientStep, Demand } from '../plan.ts';
import { visitItems } from './machine.ts';

const known = new WeakMap<ClientStep, readonly Expression[]>();

/** The first reference of a step's expectations whose captured value is there and lacks what is asked of it. */
export function missingReference(step: ClientStep, scope: Scope): MissingValue | undefined {
  for (const expression of expressionsOf(step)) {
    if (!isKnownIn(expression, scope)) continue;
    const value = evaluate(expression, scope, {});
    if (value instanceof MissingValue) return value;
  }
  return undefined;
}

/** The first reference of a demand that has no value, now that it was to be met. */
export function lackingIn(demand: Demand, scope: Scope, bindings: Bindings): MissingValue | undefined {
  for (const pattern of patternsOf(demand)) {
    for (const expression of expressionsIn(pattern)) {
      const value = evaluate(expression, scope, bindings);
      if (value instanceof MissingValue) return value;
    }
  }
  return undefined;
}

/** Not a name that the step itself binds, nor the number of a turn that has not begun. */
export function isKnownIn({ terms }: Expression, scope: Scope): boolean {
  return terms.every(({ source }) => {
    if (source.from === 'slot') return scope.slot(source.slot) !== undefined;
    return source.from !== 'turn' || scope.turn !== undefined;
  });
}

/** Only references with a path can lack something: names are bound when the file says so. */
function expressionsOf(step: ClientStep): readonly Expression[] {
  const listed = known.get(step);
  if (listed) return listed;
  const found: Expression[] = [];
  const add = (expression: Expression) => {
    const paths = expression.terms.some(
      ({ path, source }) => path.length > 0 && (source.from === 'slot' || source.from === 'account'),
    );
    if (paths) found.push(expression);
  };
  const visit = (demand: Demand) => {
    for (const pattern of patternsOf(demand)) for (const expression of expressionsIn(pattern)) add(expression);
  };
  if (step.expect) {
    visitItems(step.expect, item => {
      visit(item.demand);
      for (const verify of item.verify) visit(verify.demand);
    });
  }
  for (const never of step.never) visit(never.demand);
  known.set(step, found);
  return found;
}

/** Every pattern of a demand. */
export function patternsOf({ frame, text, http, opened, closed }: Demand): readonly Pattern[] {
  const all = [
    frame,
    text,
    http?.status,
    ...(http?.headers.map(({ pattern }) => pattern) ?? []),
    opened?.subprotocol,
    closed?.code,
    closed?.status,
  ];
  return all.filter(pattern => pattern !== undefined);
}
