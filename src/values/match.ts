import type { Value } from '../foundation/value.ts';
import type { Scope } from './expression.ts';
import { matchBinding } from './match-binding.ts';
import { matches } from './match-plain.ts';
import type { absent, Bindings, Pattern } from './pattern.ts';

/**
 * The bindings under which a pattern matches (language, section 3): those given and what it binds. At most one answer, the first in
 * written order; null if there is none. `absent` stands for a member that is not there.
 */
export function match(
  pattern: Pattern,
  value: Value | typeof absent,
  bindings: Bindings,
  scope: Scope,
): Bindings | null {
  if (pattern.binds) return matchBinding(pattern, value, bindings, scope);
  return matches(pattern, value, bindings, scope) ? bindings : null;
}
