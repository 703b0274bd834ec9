import { isArray, isObject, type Value } from '../foundation/value.ts';

/** Follows a path into a value: names of members, indexes of lists; a name on a list maps over it. A `NotThere` says what is missing. */
export function followPath(value: Value, path: readonly string[], from = 0): Value | NotThere {
  let at = value;
  for (let k = from; k < path.length; k++) {
    const name = path[k]!;
    if (isArray(at)) {
      if (!isIndex(name)) return mapPath(at, path, k);
      if (Number(name) >= at.length)
        return new NotThere(`the list has ${at.length} elements, none has the index ${name}`);
      at = at[Number(name)]!;
    } else if (isObject(at)) {
      if (!Object.hasOwn(at, name)) return new NotThere(`the object has no member "${name}"`);
      at = at[name]!;
    } else {
      return new NotThere(`${kindOf(at)} has no member "${name}"`);
    }
  }
  return at;
}

/** Why a value is not there. */
export class NotThere {
  readonly detail: string;
  constructor(detail: string) {
    this.detail = detail;
  }
}

/** What a value is, with its article. */
export function kindOf(value: Value): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'a boolean' : 'a number';
}

function mapPath(list: readonly Value[], path: readonly string[], from: number): Value | NotThere {
  const mapped: Value[] = [];
  for (const element of list) {
    const inside = followPath(element, path, from);
    if (inside instanceof NotThere) return inside;
    mapped.push(inside);
  }
  return mapped;
}

function isIndex(name: string): boolean {
  return /^\d+$/.test(name);
}
