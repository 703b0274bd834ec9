/** How values that users give are changed: objects member by member, everything else as a whole. */

/** Stands for nothing: what has it is cleared. */
export const cleared = '␡';

export function isCleared(value: unknown): boolean {
  return value === cleared;
}

export interface Merged {
  readonly value: unknown;
  readonly isChanged: boolean;
}

/** The same text again counts as a change; an object without members does not. */
export function merge(old: unknown, given: unknown): Merged {
  if (given === undefined || given === null) return { value: old, isChanged: false };
  if (isCleared(given)) return { value: undefined, isChanged: old !== undefined };
  return isObject(given) ? mergeObjects(isObject(old) ? old : undefined, given) : { value: given, isChanged: true };
}

type Members = Readonly<Record<string, unknown>>;

function mergeObjects(old: Members | undefined, given: Members): Merged {
  const merged: Record<string, unknown> = { ...old };
  let isChanged = false;
  for (const [name, value] of Object.entries(given)) {
    if (value === null) continue;
    if (isCleared(value)) {
      delete merged[name];
      isChanged = true;
      continue;
    }
    const inner = merge(merged[name], value);
    if (inner.isChanged || Object.hasOwn(merged, name) || isObject(value)) merged[name] = inner.value;
    isChanged ||= inner.isChanged;
  }
  return { value: Object.keys(given).length === 0 ? old : merged, isChanged };
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
