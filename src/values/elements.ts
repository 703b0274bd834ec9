import { isArray } from '../foundation/value.ts';
import { evaluate } from './evaluate.ts';
import { MissingValue, type Scope } from './expression.ts';
import { type Bindings, makePattern, type Pattern, type PatternElement } from './pattern.ts';

/** Elements with those that `$(...list)` gives; undefined if one has no value. */
export function expandElements(
  elements: readonly PatternElement[],
  bindings: Bindings,
  scope: Scope,
): readonly Pattern[] | undefined {
  if (!hasSpread(elements)) return elements as readonly Pattern[];
  const expanded: Pattern[] = [];
  for (const element of elements) {
    if (element.op !== 'spread') {
      expanded.push(element);
      continue;
    }
    const given = evaluate(element.expression, scope, bindings);
    if (given instanceof MissingValue) return undefined;
    for (const value of isArray(given) ? given : [given])
      expanded.push(makePattern({ op: 'equal', value }, element.span));
  }
  return expanded;
}

function hasSpread(elements: readonly PatternElement[]): boolean {
  for (let k = 0; k < elements.length; k++) if (elements[k]!.op === 'spread') return true;
  return false;
}
