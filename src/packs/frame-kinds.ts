import { isObject, memberOf, type Value } from '../foundation/value.ts';
import type { Pattern } from '../values/pattern.ts';
import type { KindRule } from './pack-file.ts';
import { type Pointer, valueAt } from './pointer.ts';

/** Whether a frame is one of those that a `when` of the pack speaks of. */
export type Condition = (frame: Value) => boolean;

/** The kind of a frame (language, section 11); undefined where the rule finds none. */
export type KindOf = (frame: Value) => string | undefined;

export function kindReader(
  rule: KindRule,
  known: (kind: string) => boolean,
  condition: (when: Pattern) => Condition,
): KindOf {
  if (rule.by === 'pointers') return frame => kindAtPointers(frame, rule.pointers);
  if (rule.by === 'member') return frame => kindByMember(frame, known);
  const rows = rule.rows.map(row => ({ name: row.name, matches: condition(row.when) }));
  return frame => rows.find(row => row.matches(frame))?.name;
}

/** What is there and is no text leaves the frame without a kind: a number cannot name a schema. */
function kindAtPointers(frame: Value, pointers: readonly Pointer[]): string | undefined {
  let kind: string | undefined;
  for (const pointer of pointers) {
    const part = valueAt(frame, pointer);
    if (part === undefined) continue;
    if (typeof part !== 'string') return undefined;
    kind = kind === undefined ? part : `${kind}-${part}`;
  }
  return kind;
}

/** A frame may have members beside the one that names it (`extra` beside `pub`), in any order. A probe may be a bare number. */
function kindByMember(frame: Value, known: (kind: string) => boolean): string | undefined {
  if (typeof frame === 'number') return known('number') ? 'number' : undefined;
  if (!isObject(frame)) return undefined;
  const names = Object.keys(frame);
  return names.find(known) ?? names[0];
}

/** The pointer with `*` settled for one frame: the member that names its kind, else the first member that holds an object. */
export function settlePointer(frame: Value, pointer: Pointer, kind: string | undefined): Pointer | undefined {
  if (!pointer.includes('*')) return pointer;
  const settled: string[] = [];
  let place: Value | undefined = frame;
  for (const name of pointer) {
    if (!isObject(place)) return undefined;
    const own = place;
    const at: string | undefined =
      name !== '*' ? name : isObject(kind === undefined ? undefined : memberOf(own, kind)) ? kind : firstObject(own);
    if (at === undefined) return undefined;
    settled.push(at);
    place = memberOf(own, at);
  }
  return settled;
}

function firstObject(holder: { readonly [name: string]: Value }): string | undefined {
  return Object.keys(holder).find(name => isObject(holder[name]));
}
