import type { Level, Verdict } from '../foundation/verdict.ts';

/** `stability.json`: what several rounds of one run have in common, and what differs. */
export interface Stability {
  readonly antiphon: 1;
  /** Name of the run. */
  readonly stability: string;
  readonly tool: string;
  readonly startedAt: string;
  /** The seed of round k is `<seed>-<k>`. */
  readonly seed: string;
  readonly target: string;
  /** Threads that kept the machine busy meanwhile. */
  readonly load: { readonly threads: number };
  readonly rounds: { readonly asked: number; readonly done: number };
  /** Checks of an execution that had the same verdict in every round, by that verdict. */
  readonly same: VerdictCounts;
  readonly differing: readonly DifferingCheck[];
  /** Rounds with a verdict that is not the usual one. */
  readonly odd: readonly OddRound[];
}

/** What a round said of a check; `not-run`, `not-applicable`: the execution was not there to decide it. */
export type RoundVerdict = Verdict | 'not-applicable' | 'not-run';

export type VerdictCounts = Readonly<Partial<Record<RoundVerdict, number>>>;

export interface DifferingCheck {
  readonly execution: string;
  /** Without it: the execution as a whole. */
  readonly check?: string;
  readonly level?: Level;
  /** How many rounds gave each. */
  readonly verdicts: VerdictCounts;
  readonly usual: RoundVerdict;
  /** Rounds that gave another than the usual one. */
  readonly oddRounds: readonly number[];
}

export interface OddRound {
  readonly round: number;
  /** `--seed` with it repeats the round. */
  readonly seed: string;
  readonly verdict: Verdict;
  /** Folder of its run, from the folder of this file. Not there if the round was the usual one when it ended. */
  readonly run?: string;
}
