import type { LoadVerdict } from '../judge/verdict.ts';
import type { LoadStep } from './load-step.ts';
import type { Bracket } from './next-rate.ts';
import type { SweepUnit } from './sweep.ts';

/** What came of `load --find-capacity`: `capacity.json`. */
export interface CapacityResults extends SearchHeader {
  readonly kind: 'capacity';
  /** Thresholds, all of which have to hold. */
  readonly objective: readonly string[];
  readonly verdict: LoadVerdict;
  readonly finding: string;
  readonly bracket: Bracket;
  readonly steps: readonly LoadStep[];
}

/** What came of `load --sweep`: `sweep.json`. */
export interface SweepResults extends SearchHeader {
  readonly kind: 'sweep';
  /** `rate`, `payload`, or a role. */
  readonly over: string;
  readonly unit: SweepUnit;
  /** Every point was run. */
  readonly complete: boolean;
  /** The worst of its points. */
  readonly verdict: LoadVerdict;
  readonly steps: readonly LoadStep[];
}

export interface SearchHeader {
  readonly format: 1;
  readonly tool: string;
  readonly workload: string;
  readonly title: string;
  readonly startedAt: string;
  readonly seed: string;
  readonly target: { readonly title: string; readonly kind: string };
}
