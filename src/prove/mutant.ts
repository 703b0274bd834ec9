import type { Span } from '../foundation/span.ts';

/** One way to change what the target said (docs/prove.md). */
export const operators = [
  'drop',
  'repeat',
  'swap',
  'delay',
  'misdeliver',
  'remove-member',
  'other-value',
  'other-type',
  'near-miss',
  'forbidden-member',
  'close-code',
  'close-early',
  'never-close',
] as const;

export type Operator = (typeof operators)[number];

/** One thing changed in what the target said in one execution. */
export interface Mutant {
  /** `<execution>~<event>.<operator>[.<variant>][<place>]`: unique in a run, the same whenever the same log is read. */
  readonly id: string;
  /** Id of the execution, as in results.json. */
  readonly execution: string;
  readonly scenario: string;
  readonly client: string;
  /** Number of the changed event within its execution, from 0. */
  readonly event: number;
  readonly operator: Operator;
  /** Kind of the frame, of the element in a batch; undefined where nothing decodes, and for the end of a connection. */
  readonly kind: string | undefined;
  /**
   * Operators of members: the JSON Pointer of the member in the frame (in the element of a batch), `*` for places in lists. An HTTP answer
   * has `http:/status` and `http:/headers/<name>` too, the beginning of a connection `opened:/subprotocol`. A text without members is changed at the empty pointer.
   */
  readonly at?: string;
  /** The member before and after, as short JSON; what is not there is left out. */
  readonly was?: string;
  readonly becomes?: string;
}

/**
 * What noticed a mutant. The first three are expectations that somebody wrote: of a step with the requirement it names, of a step without
 * one, of a recipe. `barrier`: the answer to a round trip did not come. `closed-world`: something came that nothing asked for.
 */
export const killers = ['requirement', 'step', 'recipe', 'barrier', 'closed-world', 'schema'] as const;

export type Killer = (typeof killers)[number];

/** Somebody wrote down that it must be so; the closed world and the schemas come for nothing. */
export function isExplicit(killer: Killer): boolean {
  return killer !== 'closed-world' && killer !== 'schema';
}

/** Why a mutant that nothing noticed is no hole. */
export const exclusionRules = ['identical', 'ignored', 'unread', 'free-member', 'free-order'] as const;

export type ExclusionRule = (typeof exclusionRules)[number];

export type Fate =
  | {
      readonly fate: 'killed';
      readonly by: Killer;
      readonly check: string;
      readonly span: Span;
      /** Only rows that are should or may failed: the run would pass with a warning. */
      readonly warning?: true;
    }
  /**
   * Nothing noticed it. `span`: the expectation that took the frame, else the step that read it: where a check would belong. `check`: the
   * requirement of that expectation, before anything was changed; null if none took it.
   */
  | { readonly fate: 'survived'; readonly span: Span; readonly check: string | null }
  /** It would have changed what we wrote, so the log does not tell what would have come. */
  | { readonly fate: 'diverged' }
  | { readonly fate: 'excluded'; readonly rule: ExclusionRule; readonly span: Span };

export interface JudgedMutant {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** Requirements of level must whose members it changed. */
  readonly mustRows: readonly string[];
}

export interface Proof {
  readonly packs: readonly string[];
  /** Executions whose log was changed. */
  readonly executions: number;
  /** Executions that did not pass, and so were left alone: id and verdict. */
  readonly left: readonly { readonly execution: string; readonly verdict: string }[];
  /** All there are, and those that were judged. */
  readonly mutants: number;
  readonly judged: number;
  /** Time spent on judging mutants alone, and on reading the log and judging it as it is. */
  readonly judgingUs: number;
  readonly preparingUs: number;
}
