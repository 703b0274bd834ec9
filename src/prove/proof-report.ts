import type { Span } from '../foundation/span.ts';
import type { ExclusionRule, Killer, Operator } from './mutant.ts';

/** `prove.json`: what became of the mutants of one run. The same log and the same scenarios give the same bytes. */
export interface ProofReport {
  readonly antiphon: 1;
  /** Name of the run. */
  readonly proof: string;
  /** That judged: `antiphon 0.1.0`. */
  readonly tool: string;
  /** When the run began. */
  readonly startedAt: string;
  readonly target: { readonly title: string; readonly kind: string };
  readonly packs: readonly { readonly pack: string; readonly digest: string }[];
  /** Executions whose items were changed. */
  readonly executions: number;
  /** Executions that did not pass, and so were not mutated. */
  readonly left: readonly { readonly execution: string; readonly verdict: string }[];
  /** Mutants that there are; with a sample more than were judged. */
  readonly possible: number;
  readonly sample?: Sample;
  readonly counts: FateCounts;
  /** Killed mutants of those killed and survived, in percent; null where there is neither. */
  readonly scorePercent: number | null;
  /** Of the killed ones: killed by a row that is no must, so that a run would pass with a warning. */
  readonly warnings: number;
  readonly killers: readonly { readonly killer: Killer; readonly mutants: number }[];
  readonly exclusions: readonly { readonly rule: ExclusionRule; readonly mutants: number }[];
  readonly mustValues: MustValues;
  readonly unchecked: readonly UncheckedRow[];
  readonly scenarios: readonly ({ readonly scenario: string } & ScoredCounts)[];
  readonly operators: readonly ({ readonly operator: Operator } & ScoredCounts)[];
  readonly requirements: readonly RequirementKills[];
  readonly survivors: readonly SurvivorRow[];
}

/** A part of all mutants, chosen by the seed: so many of them, or a share. */
export interface Sample {
  readonly seed: string;
  readonly count?: number;
  readonly share?: number;
}

export interface FateCounts {
  readonly mutants: number;
  readonly killed: number;
  readonly survived: number;
  readonly diverged: number;
  readonly excluded: number;
}

export interface ScoredCounts extends FateCounts {
  readonly scorePercent: number | null;
}

/** Other values and near misses at members that a must row names: a schema or a stray would be a poor reason to notice them. */
export interface MustValues {
  /** Without those that diverged or are excluded. */
  readonly mutants: number;
  readonly killedByCheck: number;
  /** Of those: only a row that is no must noticed. */
  readonly warnings: number;
  readonly killedOtherwise: number;
  readonly survived: number;
  readonly checkPercent: number | null;
}

/** How many mutants a row of the ledger killed. */
export interface RequirementKills {
  readonly requirement: string;
  readonly level: string;
  readonly killed: number;
}

/** Changed values that a must names and that only a schema or the closed world noticed, of one member at one place. */
export interface UncheckedRow {
  readonly kind: string | null;
  readonly member: string | null;
  readonly by: Killer;
  readonly mutants: number;
  /** Id of the first. */
  readonly example: string;
  /** What was being read then, and that line of the file. */
  readonly span: Span;
  readonly line: string;
}

/** Survivors of one class whose check would stand at one place. */
export interface SurvivorRow extends SurvivorClass {
  readonly mutants: number;
  /** Id of the first. */
  readonly example: string;
  /** Where a check would belong, and that line of the file. */
  readonly span: Span;
  readonly line: string;
}

/** A must that became weaker is another class than what is free at the same frame: something else took it. */
export interface SurvivorClass extends MutantClass {
  /** Requirement of the expectation that took what was changed; null if none did. */
  readonly check: string | null;
}

/** Mutants that are the same but for the place in the log. */
export interface MutantClass {
  readonly scenario: string;
  readonly operator: Operator;
  /** null: nothing decodes, or it is a close. */
  readonly kind: string | null;
  /** JSON Pointer with `*` for the indexes of lists; null where the mutant is about the whole item. */
  readonly member: string | null;
}
