import type { Span } from '../foundation/span.ts';
import type { Level, Verdict } from '../foundation/verdict.ts';

/** `results.json`: a pure function of scenarios and event log. Everything a report shows comes from here. */
export interface Results {
  readonly antiphon: 1;
  readonly results: string;
  readonly tool: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: string;
  readonly target: {
    readonly title: string;
    readonly kind: string;
    readonly endpoints: Readonly<Record<string, string>>;
  };
  /** false: the run was cut short or interrupted; `cut` says how. */
  readonly complete: boolean;
  readonly cut?: string;
  readonly verdict: Verdict;
  readonly counts: Counts;
  /** Files that differ from those the log was made with: judged anyway. */
  readonly changed: readonly { readonly file: string; readonly was: string; readonly is: string }[];
  readonly suites: readonly SuiteResult[];
  readonly executions: readonly ExecutionResult[];
}

export interface Counts {
  readonly executions: number;
  readonly passed: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly errors: number;
  readonly notApplicable: number;
  readonly notRun: number;
  readonly checks: number;
  readonly framesSent: number;
  readonly framesReceived: number;
}

export interface SuiteResult {
  readonly pack: string;
  readonly ledger: string;
  readonly requirements: readonly RequirementResult[];
  /** What the same scenario saw on two transports and is not the same, though nothing says that it may differ. */
  readonly transportDifferences?: readonly TransportDifference[];
}

/** A member of a frame that an expectation took. */
export interface TransportDifference {
  readonly scenario: string;
  readonly case?: string;
  readonly client: string;
  /** Of the expectation. */
  readonly span: Span;
  /** JSON Pointer; `*` is some element. */
  readonly at: string;
  /** JSON text by transport, or `nothing`. */
  readonly values: Readonly<Record<string, string>>;
}

export interface RequirementResult {
  readonly id: string;
  readonly level: Level;
  readonly text: string;
  /** `Title, section 3.2.6` */
  readonly source: string;
  readonly interpretation?: boolean;
  readonly excluded?: string;
  readonly verdict: Verdict | 'not-applicable';
  /** Where it is not the same on all of them: the worst verdict on each transport. */
  readonly byTransport?: Readonly<Record<string, Verdict>>;
  /** Ids of the executions that decided it, the worst first. */
  readonly decidedBy: readonly string[];
}

export interface ExecutionResult {
  readonly id: string;
  readonly pack: string;
  readonly scenario: string;
  readonly title: string;
  readonly case?: string;
  readonly transport: string;
  readonly repetition: number;
  readonly verdict: Verdict | 'not-applicable' | 'not-run';
  /** Why it is not applicable or was not run. */
  readonly reason?: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly checks: readonly CheckResult[];
  /** In order; what is not testable comes behind the failure that made it so. */
  readonly failures: readonly Failure[];
  readonly notes: readonly string[];
}

export interface CheckResult {
  /** `<requirement>` or `<requirement>/<detail>` as the scenario writes it. */
  readonly check: string;
  readonly requirement: string;
  readonly level: Level;
  readonly verdict: Verdict;
  /** Times it was decided. */
  readonly decisions: number;
  readonly lenient?: true;
  /** Worst grade among the absences that it rests on. */
  readonly absence?: 'strong' | 'own' | 'weak';
}

export type FailureKind =
  | 'unmet'
  | 'stray'
  | 'forbidden'
  | 'verify'
  | 'too-late'
  | 'too-early'
  | 'invalid-frame'
  | 'refused'
  | 'closed'
  | 'barrier'
  | 'fetch'
  | 'flood'
  | 'not-testable'
  | 'scenario'
  | 'rig'
  | 'tool';

/** One failure, with all that explains it. */
export interface Failure {
  readonly check: string;
  readonly requirement: string;
  readonly level: Level;
  readonly verdict: Verdict;
  readonly kind: FailureKind;
  /** Whose: the target's, the scenario file's, this machine's or this tool's. */
  readonly faultOf: 'target' | 'scenario' | 'rig' | 'tool';
  /** One sentence. */
  readonly message: string;
  readonly requirementText: string;
  /** `Title, section 3.2.6` */
  readonly source: string;
  readonly client?: string;
  /** When it was certain, since the execution began. */
  readonly atMs?: number;
  readonly span: Span;
  /** Lines of the scenario around the span. */
  readonly excerpt: readonly { readonly line: number; readonly text: string }[];
  /** How the step came to be there: `include: session (file:line)`, outermost first. */
  readonly via: readonly string[];
  /** The expectation with its references filled in, one flow-style line a member. */
  readonly expected?: string;
  readonly nearest?: Nearest;
  /** Undecoded text of what else arrived while the step read, in order, each shortened. */
  readonly meanwhile: readonly string[];
  /** The last frames of every client, oldest first, up to the failure. */
  readonly lanes: readonly LaneRow[];
}

/** The frame that came nearest to the expectation. */
export interface Nearest {
  readonly text: string;
  readonly differences: readonly { readonly at: string; readonly expected: string; readonly came: string }[];
}

export interface LaneRow {
  /** Since the execution began. */
  readonly atMs: number;
  readonly client: string;
  readonly mark: 'sent' | 'received' | 'opened' | 'refused' | 'closed' | 'due';
  /** What crossed the wire, undecoded; an address, a code or the name of a timer for the other marks, without repeating the mark. */
  readonly text: string;
}
