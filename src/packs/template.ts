import { isArray, isObject, setMember, type Value } from '../foundation/value.ts';

const reference = /\$\$|\$\(([^()]*)\)/g;

/** The names that a text refers to, in written order: `u$(n)-$(unique)` names `n` and `unique`. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(reference)].flatMap(found => (found[1] === undefined ? [] : [found[1]]));
}

/**
 * Puts values in place of `$(name)` in a text; `$$` is one `$`. Text that is one reference only takes the value with its type
 * (language, section 3). Names that are not given stay as they are.
 */
export function fillTemplate(text: string, values: Readonly<Record<string, Value>>): Value {
  if (!text.includes('$')) return text;
  const whole = /^\$\(([^()]*)\)$/.exec(text)?.[1];
  if (whole !== undefined && Object.hasOwn(values, whole)) return values[whole]!;
  return text.replace(reference, (written, name: string | undefined) => {
    if (name === undefined) return '$';
    return Object.hasOwn(values, name) ? String(values[name]) : written;
  });
}

/** The same for every text inside a value. */
export function fillTemplates(value: Value, values: Readonly<Record<string, Value>>): Value {
  if (typeof value === 'string') return fillTemplate(value, values);
  if (isArray(value)) return value.map(element => fillTemplates(element, values));
  if (!isObject(value)) return value;
  const filled: Record<string, Value> = {};
  for (const name of Object.keys(value)) setMember(filled, name, fillTemplates(value[name]!, values));
  return filled;
}
