import { isArray, isObject, memberOf, setMember, type Value, type ValueObject } from '../foundation/value.ts';

/** A JSON Pointer (RFC 6901) as its member names; `*` stands for every member or element. */
export type Pointer = readonly string[];

/** Reads `/message/body`; undefined if the text is no pointer. The empty text is the frame itself. */
export function parsePointer(text: string): Pointer | undefined {
  if (text === '') return [];
  if (!text.startsWith('/') || /~(?![01])/.test(text)) return undefined;
  return text
    .slice(1)
    .split('/')
    .map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function formatPointer(pointer: Pointer): string {
  return pointer.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The first value at the pointer, undefined if there is none. `*` tries the members in written order. */
export function valueAt(value: Value, pointer: Pointer, from = 0): Value | undefined {
  let place: Value | undefined = value;
  for (let depth = from; depth < pointer.length; depth++) {
    if (pointer[depth] === '*') return firstBehind(place, pointer, depth + 1);
    place = childOf(place, pointer[depth]!);
    if (place === undefined) return undefined;
  }
  return place;
}

function firstBehind(place: Value, pointer: Pointer, from: number): Value | undefined {
  const children: readonly Value[] = isArray(place) ? place : isObject(place) ? Object.values(place) : [];
  for (const child of children) {
    const found = valueAt(child, pointer, from);
    if (found !== undefined) return found;
  }
  return undefined;
}

function childOf(place: Value, name: string): Value | undefined {
  if (isObject(place)) return memberOf(place, name);
  if (isArray(place) && /^(0|[1-9]\d{0,8})$/.test(name)) return place[Number(name)];
  return undefined;
}

/** A copy with the value set at the pointer, which has no `*`; undefined if what holds it is no object or not there. */
export function withValueAt(object: ValueObject, pointer: Pointer, value: Value, from = 0): ValueObject | undefined {
  const name = pointer[from];
  if (name === undefined) return undefined;
  if (from === pointer.length - 1) return withMember(object, name, value);
  const child = memberOf(object, name);
  if (!isObject(child)) return undefined;
  const changed = withValueAt(child, pointer, value, from + 1);
  return changed && withMember(object, name, changed);
}

/** A copy with one own member set; a new one comes last. */
function withMember(object: ValueObject, name: string, value: Value): ValueObject {
  // A spread with a computed key is ten times slower than this.
  const copy: Record<string, Value> = { ...object };
  setMember(copy, name, value);
  return copy;
}
