import type { Span } from '../foundation/span.ts';
import type { Value } from '../foundation/value.ts';
import type { Expression, TextPart } from './expression.ts';

/** A value that is sent, read and resolved: literals, references and builders. */
export type Built = { readonly span: Span } & BuiltBody;

export type BuiltBody =
  | { readonly op: 'literal'; readonly value: Value }
  | { readonly op: 'reference'; readonly expression: Expression }
  | { readonly op: 'text'; readonly parts: readonly TextPart[] }
  | { readonly op: 'object'; readonly members: readonly { readonly name: string; readonly built: Built }[] }
  | {
      readonly op: 'list';
      readonly elements: readonly (
        | Built
        | { readonly op: 'spread'; readonly expression: Expression; readonly span: Span }
      )[];
    }
  /** Leaves out what the pack would add. */
  | { readonly op: 'absent' }
  | { readonly op: 'json' | 'base64' | 'hex' | 'altered'; readonly of: Built }
  | { readonly op: 'repeat'; readonly text: Built; readonly count: Built }
  /** Text that makes the encoded frame exactly so many bytes. */
  | { readonly op: 'fill'; readonly bytes: Built }
  | { readonly op: 'now'; readonly form: 'ms' | 'rfc3339' }
  | { readonly op: 'payload' }
  /** What the pack puts there when it encodes; only under `bind`. */
  | { readonly op: 'filled' }
  /** `$as` beside one other builder, or alone: names the value that is sent. `turn`: once in each turn of `times`. */
  | { readonly op: 'bind'; readonly slot: string; readonly turn: boolean; readonly of: Built };
