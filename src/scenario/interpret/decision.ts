import type { FailureKind } from '../../evidence/results.ts';
import type { Span } from '../../foundation/span.ts';
import type { Verdict } from '../../foundation/verdict.ts';
import type { Arrival } from './state.ts';

export type AbsenceGrade = 'strong' | 'own' | 'weak';

/** One decision about one check. The worst of them is the check's verdict. */
export interface Decision {
  readonly check: string;
  readonly verdict: Verdict;
  readonly lenient?: true;
  readonly absence?: AbsenceGrade;
  /** Place in the scenario: steps, then `finally`; and the client. Decisions are ordered by these, never by arrival across clients. */
  readonly step: number;
  readonly client: number;
  readonly span: Span;
  /** Set when the verdict is worse than pass. */
  readonly failure?: FailureFacts;
}

/** What a failure report is made from. */
export interface FailureFacts {
  readonly kind: FailureKind;
  readonly faultOf: 'target' | 'scenario' | 'rig' | 'tool';
  readonly message: string;
  readonly atUs: number;
  /** Number of the log event it was decided at. */
  readonly event: number;
  /** Too late by so much: a longer stall of ours in this time makes it inconclusive. */
  readonly late?: { readonly lateUs: number; readonly fromUs: number; readonly toUs: number };
  readonly expected?: string;
  readonly nearest?: {
    readonly arrival: Arrival;
    readonly differences: readonly { at: string; expected: string; came: string }[];
  };
  /** What else arrived while the step read. */
  readonly meanwhile?: readonly Arrival[];
}
