import type { Built } from './built.ts';
import type { Expression, TextPart } from './expression.ts';
import type { Bound, Pattern, PatternElement } from './pattern.ts';

/** Every reference in a pattern, in written order: those in text, in bounds and in what packs' operators are given, too. */
export function* expressionsIn(pattern: Pattern): Generator<Expression> {
  switch (pattern.op) {
    case 'reference':
      yield pattern.expression;
      return;
    case 'text':
      yield* partExpressions(pattern.parts);
      return;
    case 'object':
      for (const member of pattern.members) yield* expressionsIn(member.pattern);
      return;
    case 'list':
    case 'set':
    case 'contains':
    case 'oneOf':
      yield* elementExpressions(pattern.elements);
      return;
    case 'all':
      for (const each of pattern.of) yield* expressionsIn(each);
      return;
    case 'not':
    case 'each':
    case 'json':
    case 'base64':
    case 'hex':
    case 'after':
      yield* expressionsIn(pattern.of);
      return;
    case 'string':
      yield* partExpressions(pattern.pattern ?? []);
      yield* partExpressions(pattern.has ?? []);
      yield* partExpressions(pattern.anyCase ?? []);
      yield* boundExpressions(pattern);
      return;
    case 'integer':
    case 'number':
    case 'array':
      yield* boundExpressions(pattern);
      return;
    case 'custom':
      yield* builtExpressions(pattern.argument);
      return;
    default:
  }
}

function* elementExpressions(elements: readonly PatternElement[]): Generator<Expression> {
  for (const element of elements) {
    if (element.op === 'spread') yield element.expression;
    else yield* expressionsIn(element);
  }
}

function* boundExpressions({ min, max }: { readonly min?: Bound; readonly max?: Bound }): Generator<Expression> {
  if (typeof min === 'object') yield min;
  if (typeof max === 'object') yield max;
}

function* partExpressions(parts: readonly TextPart[]): Generator<Expression> {
  for (const part of parts) if (typeof part !== 'string') yield* builtExpressions(part);
}

function* builtExpressions(built: Built): Generator<Expression> {
  switch (built.op) {
    case 'reference':
      yield built.expression;
      return;
    case 'text':
      yield* partExpressions(built.parts);
      return;
    case 'object':
      for (const member of built.members) yield* builtExpressions(member.built);
      return;
    case 'list':
      for (const element of built.elements) {
        if (element.op === 'spread') yield element.expression;
        else yield* builtExpressions(element);
      }
      return;
    case 'repeat':
      yield* builtExpressions(built.text);
      yield* builtExpressions(built.count);
      return;
    default:
      if ('of' in built) yield* builtExpressions(built.of);
  }
}
