/** Names that a repeat binds are lists afterwards, of no turn as well (language, section 7). */
import type { Value } from '../../foundation/value.ts';
import type { Pattern } from '../../values/pattern.ts';
import type { ClientStep } from '../plan.ts';
import { visitItems } from './machine.ts';
import { patternsOf } from './references.ts';

const known = new WeakMap<ClientStep, Readonly<Record<string, Value>> | undefined>();

/** An empty list for every name that the step binds in a repeat; undefined if there is none. */
export function emptyLists(step: ClientStep): Readonly<Record<string, Value>> | undefined {
  if (known.has(step)) return known.get(step);
  const slots: string[] = [];
  if (step.expect) {
    visitItems(step.expect, ({ demand }) => {
      for (const pattern of patternsOf(demand)) addTurnSlots(pattern, slots);
    });
  }
  const lists = slots.length === 0 ? undefined : Object.fromEntries(slots.map(slot => [slot, []]));
  known.set(step, lists);
  return lists;
}

function addTurnSlots(pattern: Pattern, slots: string[]): void {
  if (!pattern.binds) return;
  switch (pattern.op) {
    case 'bind':
      if (pattern.turn) slots.push(pattern.slot);
      return;
    case 'object':
      for (const member of pattern.members) addTurnSlots(member.pattern, slots);
      return;
    case 'list':
    case 'set':
    case 'contains':
    case 'oneOf':
      for (const element of pattern.elements) if (element.op !== 'spread') addTurnSlots(element, slots);
      return;
    case 'all':
      for (const each of pattern.of) addTurnSlots(each, slots);
      return;
    case 'each':
    case 'json':
    case 'base64':
    case 'hex':
    case 'after':
      addTurnSlots(pattern.of, slots);
      return;
    default:
  }
}
