import { isObject, memberOf, setMember, type Value, type ValueObject } from '../foundation/value.ts';
import { type KindOf, settlePointer } from './frame-kinds.ts';
import type { RequestRule } from './pack-file.ts';
import { formatPointer, type Pointer, valueAt, withValueAt } from './pointer.ts';
import { fillTemplate } from './template.ts';

/** What a pack adds to frames that are sent (language, section 11: `fill`, `request`). */
export interface AdditionRules {
  readonly fill: ValueObject;
  readonly request?: RequestRule;
  readonly kindOf: KindOf;
}

export interface Completed {
  readonly frame: Value;
  readonly requestId?: Value;
}

/**
 * Adds what the frame has not: nothing that a scenario wrote is changed, and nothing is added where it wrote `$absent`
 * (`omitted`, JSON Pointers).
 */
export function completeFrame(
  rules: AdditionRules,
  frame: Value,
  requestNumber: number,
  omitted: readonly string[],
): Completed {
  if (!isObject(frame)) return { frame };
  const filled = fillMembers(frame, rules.fill, '', omitted);
  const at = requestIdAt(rules, filled);
  if (at === undefined) return { frame: filled };
  const written = valueAt(filled, at);
  if (written !== undefined) return { frame: filled, requestId: written };
  if (omitted.length > 0 && omitted.includes(formatPointer(at))) return { frame: filled };
  const made = makeId(rules.request!.make, requestNumber);
  const numbered = withValueAt(filled, at, made);
  return numbered === undefined ? { frame: filled } : { frame: numbered, requestId: made };
}

/** Where a request frame carries its id, undefined if its kind carries none. */
export function requestIdAt(rules: AdditionRules, frame: Value): Pointer | undefined {
  if (rules.request === undefined) return undefined;
  const kind = rules.kindOf(frame);
  if (kind !== undefined && rules.request.except.includes(kind)) return undefined;
  return settlePointer(frame, rules.request.id, kind);
}

/** `c$(n)`: the one template that is filled for every frame, so without the general machinery where that is all it is. */
function makeId(template: string, n: number): Value {
  const at = template.indexOf('$(n)');
  const simple = at > 0 && template.indexOf('$', at + 1) < 0 && template.lastIndexOf('$', at - 1) < 0;
  return simple ? template.slice(0, at) + n + template.slice(at + '$(n)'.length) : fillTemplate(template, { n });
}

function fillMembers(frame: ValueObject, fill: ValueObject, at: string, omitted: readonly string[]): ValueObject {
  let filled: Record<string, Value> | undefined;
  for (const name of Object.keys(fill)) {
    const pointer = at + formatPointer([name]);
    const written = memberOf(frame, name);
    const addition = fill[name]!;
    if (written === undefined ? omitted.includes(pointer) : !isObject(written) || !isObject(addition)) continue;
    const value =
      written === undefined ? addition : fillMembers(written as ValueObject, addition as ValueObject, pointer, omitted);
    if (value === written) continue;
    filled ??= { ...frame };
    setMember(filled, name, value);
  }
  return filled ?? frame;
}
