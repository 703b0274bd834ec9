import type { Value } from '../foundation/value.ts';
import type { Scope } from './expression.ts';
import type { Bindings } from './pattern.ts';

/** The key of a capture among bindings and slots: in a `repeat` every turn has its own. */
export function slotKey(slot: string, turn: boolean, scope: Scope): string {
  return turn && scope.turn !== undefined ? `${slot}@${scope.turn}` : slot;
}

/** What is bound in this reading comes before what the scope knows. */
export function slotValue(key: string, scope: Scope, bindings: Bindings): Value | undefined {
  return Object.hasOwn(bindings, key) ? bindings[key] : scope.slot(key);
}
