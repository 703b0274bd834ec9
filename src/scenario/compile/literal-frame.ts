import { isObject, setMember, type Value } from '../../foundation/value.ts';
import type { Built } from '../../values/built.ts';
import type { Expression } from '../../values/expression.ts';
import type { Pattern } from '../../values/pattern.ts';

/**
 * A frame with the parts that a pattern says literally. Whatever only the run knows stands as an empty object,
 * which is never a kind, so that the kind of a frame can be asked before there is one.
 */
export function literalOfPattern(pattern: Pattern): Value {
  switch (pattern.op) {
    case 'equal':
      return pattern.value;
    case 'reference':
      return constantOf(pattern.expression) ?? {};
    case 'object': {
      const object: Record<string, Value> = {};
      for (const member of pattern.members)
        if (member.pattern.op !== 'absent') setMember(object, member.name, literalOfPattern(member.pattern));
      return object;
    }
    case 'all':
      return objectOf(
        pattern.of.map(literalOfPattern).flatMap(value => (isObject(value) ? Object.entries(value) : [])),
      );
    default:
      return {};
  }
}

/** The value, if every part of it is literal. */
export function wholeLiteral(built: Built): Value | undefined {
  switch (built.op) {
    case 'literal':
      return built.value;
    case 'reference':
      return constantOf(built.expression);
    case 'object': {
      const object: Record<string, Value> = {};
      for (const member of built.members) {
        const value = wholeLiteral(member.built);
        if (value === undefined) return undefined;
        setMember(object, member.name, value);
      }
      return object;
    }
    case 'list': {
      const elements = built.elements.map(element => (element.op === 'spread' ? undefined : wholeLiteral(element)));
      return elements.every(value => value !== undefined) ? (elements as Value[]) : undefined;
    }
    default:
      return undefined;
  }
}

function constantOf(expression: Expression): Value | undefined {
  const [term, more] = expression.terms;
  if (!term || more || term.sign < 0 || term.path.length > 0) return undefined;
  if (term.source.from === 'constant') return term.source.value;
  return term.source.from === 'built' ? wholeLiteral(term.source.built) : undefined;
}

function objectOf(members: readonly (readonly [string, Value])[]): Value {
  const object: Record<string, Value> = {};
  for (const [name, value] of members) setMember(object, name, value);
  return object;
}
