/** What the expectations of an execution took, so that the same scenario on another transport can be held beside it. */
import type { Span } from '../foundation/span.ts';
import { isObject, type Value } from '../foundation/value.ts';
import type { Machine } from '../scenario/interpret/machine.ts';

export interface Claim {
  readonly client: string;
  /** Of the expectation that took the frame. */
  readonly span: Span;
  readonly frame: Value;
}

export interface Claims {
  readonly taken: readonly Claim[];
  /** Texts that only this execution has: its accounts and what makes its names unique. The longest first. */
  readonly own: readonly string[];
  /** What the transport's messages have no place for, in this frame (JSON Pointers; `*`: any element). */
  readonly omitted: (frame: Value) => readonly (readonly string[])[];
  /** Values that the pack says are others on each transport. */
  readonly values: Value;
}

/** Listens to the machine from now on. */
export function collectClaims(machine: Machine): Claims {
  const { plan, around } = machine;
  const taken: Claim[] = [];
  machine.trace = (client, { frame }, fate, [item]) => {
    if (fate === 'taken' && item && frame !== undefined)
      taken.push({ client: plan.clients[client]!.name, span: item.span, frame });
  };
  return {
    taken,
    own: [...textsOf(around.accounts), around.unique].sort((a, b) => b.length - a.length),
    omitted: frame => around.pack.omitted(plan.transport, frame),
    values: around.roots(plan.transport).pack,
  };
}

function textsOf(value: Value): string[] {
  // What is shorter stands anywhere by chance.
  if (typeof value === 'string') return value.length < 3 ? [] : [value];
  return isObject(value) || Array.isArray(value) ? Object.values(value).flatMap(textsOf) : [];
}
