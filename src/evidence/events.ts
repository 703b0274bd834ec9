import type { Value, ValueObject } from '../foundation/value.ts';

/**
 * The event log: JSON Lines. First a run header, then events, last a footer; a log without footer was cut short.
 * Every instant `t` is microseconds since the run began (monotonic). `x` is the number of an execution.
 */
export type LogLine = RunHeader | LogEvent | RunFooter;

export interface RunHeader {
  readonly event: 'run';
  readonly format: 1;
  /** `antiphon 0.1.0` */
  readonly tool: string;
  readonly name: string;
  /** RFC 3339; instant 0. */
  readonly startedAt: string;
  readonly epochMs: number;
  readonly seed: string;
  /** Patience in microseconds. */
  readonly patienceUs: number;
  /** The smallest step of the clock, in microseconds. */
  readonly clockResolutionUs: number;
  readonly suites: readonly SuiteHeader[];
  readonly target: TargetHeader;
  /** Options that shaped the run (filter, tags, shard, repeat, jobs …), as given. */
  readonly options: ValueObject;
}

export interface SuiteHeader {
  readonly pack: string;
  readonly digest: string;
  /** `bundled`, or the pack's folder relative to the run directory. */
  readonly location: string;
  /** `sha256:<hex>` of each scenario, fragment, pack and ledger file read, by logical name. */
  readonly files: Readonly<Record<string, string>>;
}

/** What the target is, without a secret. */
export interface TargetHeader {
  readonly title: string;
  readonly kind: 'bundled' | 'url' | 'file';
  readonly endpoints: Readonly<Record<string, string>>;
  /** Overlays of the pack's `values`, `limits`, `timers` and `capabilities`; `sources` that the target supplies. */
  readonly values: ValueObject;
  readonly limits: ValueObject;
  readonly timers: ValueObject;
  readonly capabilities: ValueObject;
  readonly sources: readonly string[];
  readonly accountMode: 'register' | 'list' | 'token';
  readonly profile?: string;
}

export interface RunFooter {
  readonly event: 'end';
  readonly t: number;
  readonly reason: 'completed' | 'interrupted' | 'max-failures' | 'target-unreachable' | 'rig';
  readonly events: number;
}

export type LogEvent =
  | ExecutionBegin
  | ExecutionSkipped
  | ExecutionEnd
  | ClientEvent
  | Fetched
  | Restarted
  | DueEvent
  | Stalled
  | RunNote;

/** An execution begins: everything that its verdict depends on besides the scenario and the events that follow. */
export interface ExecutionBegin {
  readonly event: 'begin';
  readonly x: number;
  readonly t: number;
  /** `<scenario file>[#case][@transport][*repetition]`, unique in the run. */
  readonly id: string;
  readonly pack: string;
  readonly scenario: string;
  readonly case?: string;
  readonly transport: string;
  readonly repetition: number;
  /** Value of `$(unique)`: 8 letters and digits. */
  readonly unique: string;
  /** Account data by client name; secrets are stable references. */
  readonly accounts: Readonly<Record<string, ValueObject>>;
}

/** Listed and not run. */
export interface ExecutionSkipped {
  readonly event: 'skipped';
  readonly x: number;
  readonly t: number;
  readonly id: string;
  readonly pack: string;
  readonly scenario: string;
  readonly case?: string;
  readonly transport: string;
  readonly repetition: number;
  readonly why: 'not-applicable' | 'not-run';
  readonly reason: string;
}

export interface ExecutionEnd {
  readonly event: 'finish';
  readonly x: number;
  readonly t: number;
  /** Set if the driver gave up: interrupted, or a defect of ours (with its message). */
  readonly cut?: string;
}

export type ClientEvent = Opened | Refused | ItemEvent | Closed | Written;

interface OfClient {
  readonly x: number;
  /** Client name. */
  readonly c: string;
  readonly t: number;
}

export interface Opened extends OfClient {
  readonly event: 'opened';
  readonly address: string;
  readonly subprotocol?: string;
}

/** A connection that did not come about. */
export interface Refused extends OfClient {
  readonly event: 'refused';
  /** HTTP status of a refused upgrade. */
  readonly status?: number;
  /** System or protocol code: ECONNREFUSED, ETIMEDOUT, CERT_…, bad-handshake. */
  readonly code: string;
  readonly detail: string;
}

/** Something arrived, exactly as it was: text if it is UTF-8, else base64; digest and first bytes if it is oversize. */
export interface ItemEvent extends OfClient {
  readonly event: 'item';
  readonly text?: string;
  readonly base64?: string;
  readonly opcode?: 'text' | 'binary';
  readonly bytes?: number;
  readonly oversize?: { readonly digest: string; readonly head: string };
  readonly unterminated?: boolean;
  readonly http?: HttpAnswer;
  /** The target has called us. */
  readonly call?: Call;
}

export interface Call {
  /** From 1, in the order in which calls came to the client. */
  readonly n: number;
  /** What was called: `/package.Service/Method`. */
  readonly method: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Closed extends OfClient {
  readonly event: 'closed';
  /** WebSocket close code; 1005 none given, 1006 without a close frame. Absent on other transports. */
  readonly code?: number;
  /** gRPC or HTTP status. */
  readonly status?: number;
  readonly reason?: string;
  /** Who ended it first, as far as we saw. */
  readonly by: 'target' | 'us';
  /** Transport error that ended it: ECONNRESET, bad-frame … */
  readonly error?: string;
}

export interface Written extends OfClient {
  readonly event: 'written';
  readonly what: 'frame' | 'raw' | 'http' | 'close' | 'half-close' | 'abort' | 'ping' | 'wire' | 'answer';
  /** Number of the write within its step, from 1; 0 for barriers and closes; of an answer, that of the call. */
  readonly n: number;
  readonly text?: string;
  readonly base64?: string;
  readonly opcode?: 'text' | 'binary';
  /** HTTP: method, path and headers as written. */
  readonly http?: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  /** Set if it could not be written. */
  readonly failed?: string;
  /** It could not be written on any connection of this kind: our own fault. */
  readonly unfit?: true;
}

export interface Fetched {
  readonly event: 'fetched';
  readonly x: number;
  readonly t: number;
  readonly source: string;
  readonly value?: Value;
  readonly failed?: string;
}

export interface Restarted {
  readonly event: 'restarted';
  readonly x: number;
  readonly t: number;
  readonly failed?: string;
}

/** A timer that the interpreter had set ran out, after every readable socket had been drained. */
export interface DueEvent {
  readonly event: 'due';
  readonly x: number;
  readonly t: number;
  /** Client, absent for the scenario's own limit. */
  readonly c?: string;
  readonly timer: 'patience' | 'until' | 'pace' | 'timeout';
}

/** Our own process stood still from `t - lagUs` to `t`. */
export interface Stalled {
  readonly event: 'stalled';
  readonly t: number;
  readonly lagUs: number;
}

/** Something worth a line that decides nothing: a ping, a pong, a failure in `finally`. */
export interface RunNote {
  readonly event: 'note';
  readonly t: number;
  readonly x?: number;
  readonly c?: string;
  readonly text: string;
}
