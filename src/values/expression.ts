import type { Span } from '../foundation/span.ts';
import type { Value } from '../foundation/value.ts';
import type { Built } from './built.ts';

/** What stands inside `$( … )`: a sum of terms; one term without sign in almost every case. */
export interface Expression {
  readonly terms: readonly Term[];
  /** As written, for messages: `limits.frameBytes + 1`. */
  readonly text: string;
  readonly span: Span;
}

export interface Term {
  readonly sign: 1 | -1;
  readonly source: Source;
  /** Member names and indexes behind the source. A name applied to a list maps over it. */
  readonly path: readonly string[];
}

/** Where a term's value comes from; names have been resolved when the file was read. */
export type Source =
  | { readonly from: 'constant'; readonly value: Value }
  /** A captured name. `turn`: bound in a `repeat`, and asked for inside the same turn. */
  | { readonly from: 'slot'; readonly slot: string; readonly turn: boolean }
  /** Data of the account that a client has leased. */
  | { readonly from: 'account'; readonly client: string }
  /** A list with one element for each client of a `many`. */
  | { readonly from: 'each'; readonly of: readonly Source[] }
  /** The step's own client; the path begins with `account` or with a name that its recipe gives. */
  | { readonly from: 'self' }
  /** `i`: the turn of `times` or `repeat`, from 1. */
  | { readonly from: 'turn' }
  | { readonly from: 'unique' }
  /** `pack`, `limits`, `timers`: the pack's values overlaid by transport, profile and target. */
  | { readonly from: 'pack' | 'limits' | 'timers' }
  /** The accounts that this execution uses, as a list. */
  | { readonly from: 'accounts' }
  /** A variable, parameter or case value: built where it is used. */
  | { readonly from: 'built'; readonly built: Built };

/** A piece of text with references in it. */
export type TextPart = string | Built;

/** What a name under `$( )` is when a file is read. */
export type NameBinding =
  | { readonly kind: 'source'; readonly source: Source }
  /** A macro: the node is read as pattern or built value where it is used, in its own environment. */
  | {
      readonly kind: 'node';
      readonly node: import('../documents/located.ts').Located;
      readonly environment: Environment;
    };

/** The lexical side of values, implemented by the scenario compiler: names to sources, captures to slots. */
export interface Environment {
  /** Reports an unknown name itself, with the nearest known one, and gives undefined. */
  resolve(
    path: readonly string[],
    span: Span,
  ): { readonly binding: NameBinding; readonly rest: readonly string[] } | undefined;
  /** A capture: the slot it binds. Reports double binding itself. */
  bind(name: string, span: Span): { readonly slot: string; readonly turn: boolean };
  report(problem: {
    code: string;
    message: string;
    span: Span;
    suggestion?: string;
    severity?: 'error' | 'warning';
  }): void;
  /** `$payload` may stand here (workloads). */
  readonly payload: boolean;
  /** Operators that the pack adds, by name with `$`. */
  readonly operators: ReadonlyMap<string, Operator>;
}

/** A matcher that a pack adds: `$mode: JRW`. Pure. */
export interface Operator {
  readonly name: string;
  matches(argument: Value, value: Value): boolean;
}

/** The running side: what the sources are at this moment, for one client. Undefined: not there. */
export interface Scope {
  slot(slot: string): Value | undefined;
  account(client: string): Value | undefined;
  /** Name of the step's client. */
  readonly self: string;
  readonly turn: number | undefined;
  readonly unique: string;
  root(name: 'pack' | 'limits' | 'timers' | 'accounts'): Value;
  /** Milliseconds since the UNIX epoch, of the last event. */
  readonly nowMs: number;
  /** Puts secrets in place of their stable references in a piece of text; the identity for the log. */
  reveal?(text: string): string;
}

/** A reference whose value is not there: the step is not testable. */
export class MissingValue {
  readonly expression: Expression;
  readonly detail: string;
  constructor(expression: Expression, detail: string) {
    this.expression = expression;
    this.detail = detail;
  }
}
