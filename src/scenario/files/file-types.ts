import type { Located } from '../../documents/located.ts';
import type { Span } from '../../foundation/span.ts';

/**
 * The file kinds of the language as they stand in a file: shape checked, nothing resolved. Patterns and built values stay
 * `Located`, because a name in them may be a macro whose meaning depends on where the file is included.
 */

/** A value and where it stands. */
export interface At<T> {
  readonly value: T;
  readonly span: Span;
}

export interface ScenarioFile {
  readonly kind: 'scenario';
  /** Logical name, `gradagenda/message/order.yaml`. */
  readonly file: string;
  readonly span: Span;
  readonly title: At<string>;
  readonly protocol: At<string>;
  readonly about?: At<string>;
  readonly tags: readonly At<string>[];
  readonly needs: readonly At<string>[];
  readonly transports?: readonly At<string>[];
  readonly exclusive: boolean;
  readonly ignore?: Located;
  readonly timeout?: Located;
  readonly vars: readonly NamedNode[];
  readonly cases: readonly CaseNode[];
  readonly clients: readonly ClientNode[];
  readonly steps: readonly StepNode[];
  readonly finally: readonly StepNode[];
}

export interface FragmentFile {
  readonly kind: 'fragment';
  readonly file: string;
  readonly span: Span;
  readonly title: At<string>;
  readonly protocol: At<string>;
  readonly clients: readonly { readonly name: At<string>; readonly many: boolean }[];
  /** `required` when the default is `$required`. */
  readonly params: readonly { readonly name: At<string>; readonly default?: Located; readonly required: boolean }[];
  readonly gives: readonly At<string>[];
  readonly steps: readonly StepNode[];
}

export interface WorkloadFile {
  readonly kind: 'workload';
  readonly file: string;
  readonly span: Span;
  readonly title: At<string>;
  readonly protocol: At<string>;
  readonly about?: At<string>;
  readonly transport?: At<string>;
  readonly needs: readonly At<string>[];
  readonly vars: readonly NamedNode[];
  readonly channels?: Located;
  readonly roles: readonly {
    readonly name: At<string>;
    readonly as: At<string>;
    readonly count: Located;
    readonly with: readonly NamedNode[];
    readonly transport?: At<string>;
  }[];
  readonly join: readonly StepNode[];
  readonly leave: readonly StepNode[];
  readonly publish: readonly {
    readonly span: Span;
    readonly by: readonly At<string>[];
    readonly send: Located;
    readonly payload?: Located;
    readonly to: readonly At<string>[];
    /** Yes if left out. */
    readonly copy?: At<boolean>;
    /** The one entry: kind and its arguments. */
    readonly schedule: { readonly kind: At<string>; readonly argument: Located };
  }[];
  readonly phases: readonly NamedNode[];
  readonly disrupt: readonly {
    readonly span: Span;
    readonly at: At<string>;
    readonly role: At<string>;
    readonly share?: At<string>;
    readonly do: At<string>;
    readonly for?: At<string>;
    readonly join: readonly StepNode[];
  }[];
  readonly thresholds: readonly At<string>[];
  /** The grace before. */
  readonly abortOnFail: At<string> | undefined;
}

export interface PolicyFile {
  readonly kind: 'policy';
  readonly file: string;
  readonly span: Span;
  readonly title: At<string>;
  readonly failOn: 'must' | 'should';
  readonly lenient: 'allow' | 'fail';
  readonly expectedFailures: readonly PolicyEntry[];
  readonly knownFlaky: readonly PolicyEntry[];
}

export interface PolicyEntry {
  readonly span: Span;
  readonly scenario: At<string>;
  readonly check?: At<string>;
  readonly transport?: At<string>;
  readonly reason: At<string>;
  readonly issue?: At<string>;
  /** A calendar day, `2027-03-31`. */
  readonly until?: At<string>;
}

export interface NamedNode {
  readonly name: At<string>;
  readonly node: Located;
}

export interface CaseNode {
  readonly span: Span;
  readonly name: At<string>;
  /** Every member, `name` included. */
  readonly members: readonly NamedNode[];
}

export interface ClientNode {
  readonly name: At<string>;
  /** Actor of the pack, `connected` or `offline`. */
  readonly as: At<string>;
  readonly with: readonly NamedNode[];
  readonly transport?: At<string>;
  readonly ignore?: Located;
  readonly span: Span;
}

export type StepNode = ClientStepNode | IncludeNode | FetchNode | RestartNode | ForEachNode;

export interface ClientStepNode {
  readonly kind: 'client';
  readonly span: Span;
  readonly clients: readonly At<string>[];
  readonly check?: At<string>;
  readonly connect?: Located;
  readonly send?: Located;
  readonly raw?: Located;
  readonly http?: HttpNode;
  readonly answer?: readonly {
    readonly call: Located;
    readonly with: Located;
    readonly times?: Located;
    readonly span: Span;
  }[];
  readonly close?: { readonly code?: Located; readonly half: boolean; readonly abort: boolean; readonly span: Span };
  readonly reading?: At<'stop' | 'go'>;
  readonly opcode?: At<'text' | 'binary' | 'ping'>;
  readonly wire: boolean;
  readonly times?: Located;
  readonly window?: Located;
  readonly every?: Located;
  readonly cut?: 'each' | readonly number[];
  readonly together: boolean;
  readonly invalid: boolean;
  readonly mark?: At<string>;
  readonly since?: At<string>;
  readonly expect?: ExpectationNode;
  readonly never: readonly ForbiddenNode[];
  readonly ignore?: Located;
  readonly until?: UntilNode;
}

export interface HttpNode {
  readonly span: Span;
  readonly method?: At<string>;
  readonly path?: Located;
  readonly query?: Located;
  readonly headers?: Located;
  readonly json?: Located;
  readonly body?: Located;
  readonly form?: Located;
}

export type UntilNode =
  | { readonly kind: 'barrier'; readonly params: readonly NamedNode[]; readonly span: Span }
  | { readonly kind: 'duration'; readonly duration: Located; readonly span: Span };

export interface IncludeNode {
  readonly kind: 'include';
  readonly span: Span;
  readonly fragment: At<string>;
  readonly with: readonly NamedNode[];
  readonly as?: At<string>;
}

export interface FetchNode {
  readonly kind: 'fetch';
  readonly span: Span;
  readonly source: At<string>;
  readonly with: readonly NamedNode[];
  readonly as: At<string>;
}

export interface RestartNode {
  readonly kind: 'restart';
  readonly span: Span;
}

export interface ForEachNode {
  readonly kind: 'forEach';
  readonly span: Span;
  readonly name: At<string>;
  /** A list, or a reference to one. */
  readonly list: Located;
  readonly steps: readonly StepNode[];
}

export type ExpectationNode = ItemNode | GroupNode;

export interface ItemNode {
  readonly kind: 'item';
  readonly span: Span;
  readonly check?: At<string>;
  readonly lenient: boolean;
  readonly within?: Located;
  readonly notBefore?: Located;
  readonly demand: DemandNode;
  readonly verify: readonly VerifyNode[];
}

export interface DemandNode {
  readonly frame?: Located;
  readonly text?: Located;
  readonly http?: { readonly status?: Located; readonly headers: readonly NamedNode[] };
  readonly opened?: { readonly subprotocol?: Located };
  readonly closed?: { readonly code?: Located; readonly status?: Located };
}

export interface VerifyNode {
  readonly span: Span;
  readonly check?: At<string>;
  readonly lenient: boolean;
  readonly demand: DemandNode;
}

export interface ForbiddenNode {
  readonly span: Span;
  readonly check?: At<string>;
  readonly demand: DemandNode;
}

export type GroupNode =
  | {
      readonly kind: 'inOrder' | 'anyOrder' | 'oneOf';
      readonly span: Span;
      readonly check?: At<string>;
      readonly children: readonly ExpectationNode[];
    }
  | { readonly kind: 'optional'; readonly span: Span; readonly check?: At<string>; readonly body: ExpectationNode }
  | {
      readonly kind: 'repeat';
      readonly span: Span;
      readonly check?: At<string>;
      readonly body: ExpectationNode;
      readonly times?: Located;
      readonly min?: Located;
      readonly max?: Located;
    }
  | {
      readonly kind: 'byTransport';
      readonly span: Span;
      readonly check?: At<string>;
      readonly branches: readonly { readonly transport: At<string>; readonly body: ExpectationNode }[];
    };
