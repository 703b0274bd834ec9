import type { Built } from './built.ts';
import type { Expression, Source } from './expression.ts';

/** Of what is no reference itself, something to name in a message. */
export function expressionOf(built: Built): Expression {
  if (built.op === 'reference') return built.expression;
  if ('of' in built) return expressionOf(built.of);
  const inside = built.op === 'text' ? built.parts.find(part => typeof part !== 'string') : undefined;
  return typeof inside === 'object' ? expressionOf(inside) : { terms: [], text: built.op, span: built.span };
}

/** What a source is called in a message. */
export function nameOf(source: Source): string {
  if (source.from === 'slot') return `the name ${source.slot}`;
  return source.from === 'account' ? `the account of ${source.client}` : `"${source.from}"`;
}
