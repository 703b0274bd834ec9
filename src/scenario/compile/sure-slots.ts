import type { Pattern, PatternElement } from '../../values/pattern.ts';

const none: ReadonlySet<string> = new Set();

/** Slots that are bound whenever the pattern matches: in alternatives only those that every one binds (language, section 7). */
export function sureSlots(pattern: Pattern): ReadonlySet<string> {
  if (!pattern.binds) return none;
  switch (pattern.op) {
    case 'bind':
      return new Set([pattern.slot]);
    case 'object':
      return joined(pattern.members.map(member => sureSlots(member.pattern)));
    case 'all':
      return joined(pattern.of.map(sureSlots));
    case 'list':
    case 'set':
    case 'contains':
      return joined(pattern.elements.map(slotsOfElement));
    case 'oneOf':
      return inEvery(pattern.elements.map(slotsOfElement));
    case 'json':
    case 'base64':
    case 'hex':
    case 'after':
      return sureSlots(pattern.of);
    default:
      return none;
  }
}

function slotsOfElement(element: PatternElement): ReadonlySet<string> {
  return element.op === 'spread' ? none : sureSlots(element);
}

export function joined<T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> {
  const [first] = sets;
  if (first && sets.length === 1) return first;
  return new Set(sets.flatMap(set => [...set]));
}

export function inEvery<T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> {
  const [first, ...others] = sets;
  return new Set([...(first ?? [])].filter(each => others.every(set => set.has(each))));
}
