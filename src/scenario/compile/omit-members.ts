import type { Value } from '../../foundation/value.ts';
import type { Scope } from '../../values/expression.ts';
import { match } from '../../values/match.ts';
import type { Pattern, PatternElement } from '../../values/pattern.ts';
import { literalOfPattern } from './literal-frame.ts';

/** Members that a transport cannot carry; `when` decides by what the pattern says literally. */
export interface OmittedMember {
  readonly when?: Pattern;
  readonly at: readonly string[];
}

/** The pattern without what the transport cannot carry (language, section 11, `omits`). */
export function withoutOmitted(pattern: Pattern, omitted: readonly OmittedMember[]): Pattern {
  if (omitted.length === 0) return pattern;
  if (pattern.op === 'oneOf')
    return {
      ...pattern,
      elements: pattern.elements.map(element => elementWithout(element, each => withoutOmitted(each, omitted))),
    };
  if (pattern.op === 'not') return { ...pattern, of: withoutOmitted(pattern.of, omitted) };
  const frame = literalOfPattern(pattern);
  return omitted
    .filter(each => !each.when || matches(each.when, frame))
    .reduce((left, each) => without(left, each.at), pattern);
}

function without(pattern: Pattern, at: readonly string[]): Pattern {
  const [name, ...rest] = at;
  if (name === undefined) return pattern;
  switch (pattern.op) {
    case 'all':
      return { ...pattern, of: pattern.of.map(each => without(each, at)) };
    case 'oneOf':
      return {
        ...pattern,
        elements: pattern.elements.map(element => elementWithout(element, each => without(each, at))),
      };
    case 'object': {
      const isMeant = (member: { readonly name: string }) => name === '*' || member.name === name;
      // That a member is absent holds where it cannot be carried.
      if (rest.length === 0)
        return {
          ...pattern,
          members: pattern.members.filter(member => !isMeant(member) || member.pattern.op === 'absent'),
        };
      return {
        ...pattern,
        members: pattern.members.map(member =>
          isMeant(member) ? { ...member, pattern: without(member.pattern, rest) } : member,
        ),
      };
    }
    case 'list': {
      if (name !== '*' && !/^\d+$/.test(name)) return pattern;
      const elements = pattern.elements.map((element, k) =>
        name === '*' || Number(name) === k ? elementWithout(element, each => without(each, rest)) : element,
      );
      return { ...pattern, elements };
    }
    case 'contains':
    case 'set':
      // Which element is meant is not known before the match.
      if (name !== '*') return pattern;
      return {
        ...pattern,
        elements: pattern.elements.map(element => elementWithout(element, each => without(each, rest))),
      };
    case 'each':
      return name === '*' ? { ...pattern, of: without(pattern.of, rest) } : pattern;
    default:
      return pattern;
  }
}

function elementWithout(element: PatternElement, change: (pattern: Pattern) => Pattern): PatternElement {
  return element.op === 'spread' ? element : change(element);
}

const nothing: Scope = {
  slot: () => undefined,
  account: () => undefined,
  self: '',
  turn: undefined,
  unique: '',
  root: () => ({}),
  nowMs: 0,
};

function matches(when: Pattern, frame: Value): boolean {
  return Boolean(match(when, frame, {}, nothing));
}
