/** Which executions a run has, and in which order: a pure function of suite, options and seed. */
import { createHash } from 'node:crypto';
import type { Pack } from '../foundation/pack.ts';
import type { Level } from '../foundation/verdict.ts';
import type { AccountMode } from '../packs/file-types.ts';
import type { Plan } from '../scenario/plan.ts';
import { checksOf, requirementOf } from '../suites/plan-checks.ts';
import type { Suite } from '../suites/suite.ts';

export interface SelectionOptions {
  readonly repeat: number;
  readonly shuffle: boolean;
  readonly seed: string;
  /** Globs or pieces of execution ids and titles; any of them. */
  readonly filter: readonly string[];
  /** Tags, any of them; `!tag` leaves out. */
  readonly tags: readonly string[];
  /** Only scenarios that could decide a requirement of at least this level. */
  readonly level?: Level;
  /** The k-th of n parts, from 1. */
  readonly shard?: { readonly k: number; readonly n: number };
}

export interface Execution {
  /** Place in the order of the run: the `x` of the log. */
  readonly x: number;
  readonly id: string;
  readonly plan: Plan;
  readonly repetition: number;
}

const levels: readonly Level[] = ['may', 'should', 'must'];

export function selectExecutions(
  suite: Suite,
  pack: Pack,
  accountMode: AccountMode,
  options: SelectionOptions,
): readonly Execution[] {
  const plans = suite.selected
    .flatMap(scenario => suite.plansOf(scenario, accountMode, pack))
    .filter(plan => isWanted(suite, plan, options));
  const repeated = Array.from({ length: options.repeat }, (_, k) =>
    plans.map(plan => ({ id: options.repeat > 1 ? `${plan.id}*${k + 1}` : plan.id, plan, repetition: k + 1 })),
  ).flat();
  const { shard } = options;
  const part = shard ? repeated.filter((_, k) => k % shard.n === shard.k - 1) : repeated;
  const ordered = options.shuffle ? shuffled(part, options.seed) : part;
  return ordered.map((execution, x) => ({ ...execution, x }));
}

function isWanted(suite: Suite, plan: Plan, { filter, tags, level }: SelectionOptions): boolean {
  if (filter.length > 0 && !filter.some(each => matchesName(each, plan))) return false;
  const without = tags.filter(tag => tag.startsWith('!')).map(tag => tag.slice(1));
  const wanted = tags.filter(tag => !tag.startsWith('!'));
  if (without.some(tag => plan.tags.includes(tag))) return false;
  if (wanted.length > 0 && !wanted.some(tag => plan.tags.includes(tag))) return false;
  if (level === undefined) return true;
  return checksOf(plan).some(check =>
    isAtLeast(suite.ledger.byId.get(requirementOf(check))?.level ?? 'must', level, check),
  );
}

/** The three rows of every ledger are decided by every scenario, and choose none. */
function isAtLeast(level: Level, least: Level, check: string): boolean {
  return (
    !['steps.done', 'frames.valid', 'frames.unasked'].includes(check) && levels.indexOf(level) >= levels.indexOf(least)
  );
}

function matchesName(wanted: string, plan: Plan): boolean {
  if (!/[*?]/.test(wanted)) return plan.id.includes(wanted) || plan.title.includes(wanted);
  const pattern = wanted
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '.*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^(?:.*/)?${pattern}(?:$|[.#@])`, 'u').test(plan.id);
}

/** Ordered by a digest of seed and id: the same seed gives the same order on every machine. */
function shuffled<T extends { readonly id: string }>(executions: readonly T[], seed: string): readonly T[] {
  const key = (id: string) => createHash('sha256').update(`${seed}\n${id}`).digest('hex');
  return executions
    .map(execution => ({ execution, key: key(execution.id) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ execution }) => execution);
}
