import { isArray, isObject, setMember, type Value } from '../foundation/value.ts';

/** A value whose every text has its secrets in place of their stable references. */
export function revealIn(value: Value, reveal: (text: string) => string): Value {
  if (typeof value === 'string') return reveal(value);
  if (isArray(value)) return value.map(element => revealIn(element, reveal));
  if (!isObject(value)) return value;
  const revealed: Record<string, Value> = {};
  for (const name of Object.keys(value)) setMember(revealed, name, revealIn(value[name]!, reveal));
  return revealed;
}
