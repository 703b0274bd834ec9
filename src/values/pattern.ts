import type { Span } from '../foundation/span.ts';
import type { Value } from '../foundation/value.ts';
import type { Built } from './built.ts';
import type { Expression, Operator, TextPart } from './expression.ts';

/** A pattern of the language (section 3), read and resolved. Plain data, shared by every match. */
export type Pattern = {
  readonly span: Span;
  /** Set if a capture is inside: `makePattern` finds out. */
  readonly binds?: true;
} & PatternBody;

export type PatternBody =
  /** A scalar, or a whole value that a reference gave. */
  | { readonly op: 'equal'; readonly value: Value }
  | { readonly op: 'reference'; readonly expression: Expression }
  | { readonly op: 'text'; readonly parts: readonly TextPart[] }
  | { readonly op: 'object'; readonly members: readonly PatternMember[]; readonly exact: boolean }
  | { readonly op: 'list'; readonly elements: readonly PatternElement[] }
  | { readonly op: 'set' | 'contains' | 'oneOf'; readonly elements: readonly PatternElement[] }
  /** Operators that stand together in one object: all must match, in written order. */
  | { readonly op: 'all'; readonly of: readonly Pattern[] }
  | { readonly op: 'not' | 'each' | 'json' | 'base64' | 'hex'; readonly of: Pattern }
  /** Text that begins so, and its rest. */
  | { readonly op: 'after'; readonly prefix: string; readonly of: Pattern }
  | { readonly op: 'any' | 'absent' | 'boolean' | 'isObject' }
  | {
      readonly op: 'string';
      readonly min?: Bound;
      readonly max?: Bound;
      readonly pattern?: readonly TextPart[];
      readonly has?: readonly TextPart[];
      readonly anyCase?: readonly TextPart[];
    }
  | { readonly op: 'integer' | 'number' | 'array'; readonly min?: Bound; readonly max?: Bound }
  | { readonly op: 'time'; readonly form: 'rfc3339' | 'ms' | 's' }
  | { readonly op: 'bind'; readonly slot: string; readonly turn: boolean; readonly name: string }
  | { readonly op: 'custom'; readonly operator: Operator; readonly argument: Built };

export interface PatternMember {
  readonly name: string;
  readonly pattern: Pattern;
}

/** An element, or the elements that `$(...list)` gives. */
export type PatternElement = Pattern | { readonly op: 'spread'; readonly expression: Expression; readonly span: Span };

export type Bound = number | Expression;

/** Names bound so far in one reading: slot to value. Never mutated; turn slots are `<slot>@<turn>`. */
export type Bindings = Readonly<Record<string, Value>>;

/** A member that is not there. */
export const absent: unique symbol = Symbol('absent');

/**
 * A pattern with what the matcher wants to know of it beforehand. The body becomes the pattern: copying objects of so many
 * shapes took longer than all else in reading them.
 */
export function makePattern(body: PatternBody, span: Span): Pattern {
  const pattern = body as { -readonly [K in keyof Pattern]: Pattern[K] };
  pattern.span = span;
  if (bindsInside(body)) pattern.binds = true;
  return pattern as Pattern;
}

function bindsInside(body: PatternBody): boolean {
  switch (body.op) {
    case 'bind':
      return true;
    case 'object':
      return body.members.some(member => member.pattern.binds);
    case 'list':
    case 'set':
    case 'contains':
    case 'oneOf':
      return body.elements.some(element => element.op !== 'spread' && element.binds);
    case 'all':
      return body.of.some(pattern => pattern.binds);
    case 'each':
    case 'json':
    case 'base64':
    case 'hex':
    case 'after':
      return body.of.binds === true;
    default:
      return false;
  }
}
