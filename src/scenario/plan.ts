import type { Span } from '../foundation/span.ts';
import type { Built } from '../values/built.ts';
import type { Pattern } from '../values/pattern.ts';

/**
 * A plan: one execution of a scenario, everything settled that can be settled when the file is read. Includes, recipes, forEach,
 * cases and transports are expanded; names are slots. Plain data, immutable, shared by every run and fork.
 */
export interface Plan {
  /** `<scenario file without .yaml>[#case][@transport]`; repetitions are told apart by the log. */
  readonly id: string;
  readonly pack: string;
  /** Logical file name: `gradagenda/message/order.yaml`. */
  readonly scenario: string;
  readonly title: string;
  readonly case?: string;
  /** The transport of this execution; clients may have another. */
  readonly transport: string;
  readonly tags: readonly string[];
  /** Capabilities; `!name` for absence. */
  readonly needs: readonly string[];
  /** Sources that `fetch` steps ask. */
  readonly sources: readonly string[];
  /** A `restart: target` step exists. */
  readonly restarts: boolean;
  readonly exclusive: boolean;
  readonly timeoutUs: number;
  readonly clients: readonly PlanClient[];
  /** Recipes in written order, then the steps. */
  readonly steps: readonly Step[];
  readonly finally: readonly Step[];
  /** Patterns of the pack's `foreign`, read for this scenario. */
  readonly foreign: readonly Pattern[];
  /** Text of every file that contributed, by logical name: for excerpts. */
  readonly sourceTexts: Readonly<Record<string, string>>;
  readonly span: Span;
}

export interface PlanClient {
  readonly name: string;
  readonly actor: string;
  readonly transport: string;
  /** It leases an account. */
  readonly account: boolean;
  /** The nearest list: client, else scenario, else actor, else pack. */
  readonly ignore: readonly Pattern[];
  /** Barrier without parameters, for the end sweep; undefined where the transport has none. */
  readonly barrier?: BarrierPlan;
  readonly span: Span;
}

export type Step = ClientStep | FetchStep | RestartStep;

interface StepBase {
  /** Place in `steps`, or in `finally` behind them. */
  readonly index: number;
  readonly phase: 'recipe' | 'steps' | 'finally';
  readonly span: Span;
  /** `include: session (gradagenda/message/order.yaml:6)`, outermost first. */
  readonly via: readonly string[];
}

export interface ClientStep extends StepBase {
  readonly kind: 'client';
  readonly clients: readonly string[];
  readonly connect?: Connect;
  readonly act?: Act;
  readonly expect?: Expectation;
  readonly never: readonly Forbidden[];
  /** Set if the step has a list of its own. */
  readonly ignore?: readonly Pattern[];
  readonly until?: Until;
  /** Names the instant of the last write. */
  readonly mark?: string;
  readonly since?: string;
}

export interface FetchStep extends StepBase {
  readonly kind: 'fetch';
  readonly source: string;
  readonly with: Built;
  readonly slot: string;
}

export interface RestartStep extends StepBase {
  readonly kind: 'restart';
}

export interface Connect {
  readonly host?: Built;
  readonly port?: Built;
  readonly path?: Built;
  readonly query?: Built;
  readonly headers?: Built;
  readonly subprotocols?: readonly string[];
  /** false: pings of the target are not answered. */
  readonly pong: boolean;
  readonly span: Span;
}

export type Act = SendAct | HttpAct | AnswerAct | CloseAct | ReadingAct;

/** `send` and `raw`. */
export interface SendAct {
  readonly kind: 'send';
  /** Frames for `send`; one piece of text or bytes for `raw`. */
  readonly frames: readonly Built[];
  readonly raw: boolean;
  /** raw only: WebSocket opcode; default the transport's. */
  readonly opcode?: 'text' | 'binary' | 'ping';
  /** raw only: below the framing. */
  readonly wire: boolean;
  readonly times?: Built;
  readonly window?: Built;
  readonly every?: Built;
  /** Byte offsets at which a message is cut into pieces. */
  readonly cut?: 'each' | readonly number[];
  readonly together: boolean;
  readonly invalid: boolean;
  readonly span: Span;
}

export interface HttpAct {
  readonly kind: 'http';
  readonly method: string;
  readonly path?: Built;
  readonly query?: Built;
  readonly headers?: Built;
  readonly body?: { readonly as: 'json' | 'text' | 'form'; readonly built: Built };
  readonly times?: Built;
  readonly every?: Built;
  readonly span: Span;
}

/** Standing answers of a client that the target calls. */
export interface AnswerAct {
  readonly kind: 'answer';
  readonly answers: readonly {
    readonly call: Pattern;
    readonly with: Built;
    readonly times?: Built;
    readonly span: Span;
  }[];
  readonly span: Span;
}

export interface CloseAct {
  readonly kind: 'close';
  readonly code?: Built;
  readonly half: boolean;
  readonly abort: boolean;
  readonly span: Span;
}

export interface ReadingAct {
  readonly kind: 'reading';
  readonly go: boolean;
  readonly span: Span;
}

export type Until =
  | { readonly kind: 'barrier'; readonly barrier: BarrierPlan; readonly span: Span }
  | { readonly kind: 'duration'; readonly duration: Built; readonly span: Span };

/** The pack's barrier, read with its parameters for the client that does it (its `me` is `self`). */
export interface BarrierPlan {
  readonly send: Built;
  readonly answer: Expectation;
  readonly proves: string;
  readonly span: Span;
}

/** Expectations (section 6). Every node has a number of its own within the plan. */
export type Expectation = Item | Group;

export interface Item {
  readonly kind: 'item';
  readonly node: number;
  /** `<requirement>[/detail]`; `steps.done` where the file names none. */
  readonly check: string;
  readonly lenient: boolean;
  readonly within?: Built;
  readonly notBefore?: Built;
  readonly demand: Demand;
  readonly verify: readonly Verify[];
  readonly span: Span;
}

/** What is asked of one arriving thing. `frame` and `text` exclude each other; `opened` and `closed` stand alone; `http` beside any of the first two. */
export interface Demand {
  readonly frame?: Pattern;
  readonly text?: Pattern;
  readonly http?: {
    readonly status?: Pattern;
    readonly headers: readonly { readonly name: string; readonly pattern: Pattern }[];
  };
  readonly opened?: { readonly subprotocol?: Pattern };
  readonly closed?: { readonly code?: Pattern; readonly status?: Pattern };
  /** A reply pattern that leaves out the id asks for the id of the step's single request: where the id is in it. */
  readonly replyAt?: readonly string[];
}

export interface Verify {
  readonly check: string;
  readonly lenient: boolean;
  readonly demand: Demand;
  readonly span: Span;
}

export interface Forbidden {
  readonly check: string;
  readonly demand: Demand;
  readonly span: Span;
}

export type Group =
  | {
      readonly kind: 'inOrder' | 'anyOrder' | 'oneOf';
      readonly node: number;
      readonly children: readonly Expectation[];
      readonly span: Span;
    }
  | { readonly kind: 'optional'; readonly node: number; readonly body: Expectation; readonly span: Span }
  | {
      readonly kind: 'repeat';
      readonly node: number;
      readonly body: Expectation;
      readonly min: Built | number;
      readonly max: Built | number | null;
      readonly span: Span;
    };
