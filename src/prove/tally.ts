import type { Span } from '../foundation/span.ts';
import { requirementOf } from '../suites/plan-checks.ts';
import {
  type ExclusionRule,
  type Fate,
  isExplicit,
  type JudgedMutant,
  type Killer,
  killers,
  type Mutant,
  type Operator,
} from './mutant.ts';
import type {
  FateCounts,
  MustValues,
  MutantClass,
  ProofReport,
  RequirementKills,
  ScoredCounts,
  SurvivorRow,
  UncheckedRow,
} from './proof-report.ts';

/** Counts judged mutants one by one: they are too many to be kept. */
export interface Tally {
  add(judged: JudgedMutant): void;
  counts(): FateCounts;
  /** What the mutants say together; `lineAt` reads the line of a file. */
  summary(rows: readonly LedgerRow[], lineAt: (span: Span) => string): TallySummary;
}

export type LedgerRow = Pick<RequirementKills, 'requirement' | 'level'>;

export type TallySummary = Pick<
  ProofReport,
  | 'counts'
  | 'scorePercent'
  | 'warnings'
  | 'killers'
  | 'exclusions'
  | 'mustValues'
  | 'unchecked'
  | 'scenarios'
  | 'operators'
  | 'requirements'
  | 'survivors'
>;

export function createTally(): Tally {
  const all = noCounts();
  const killedBy = new Map<Killer, number>();
  const exclusions = new Map<ExclusionRule, number>();
  const mustValues = { mutants: 0, killedByCheck: 0, warnings: 0, killedOtherwise: 0, survived: 0 };
  const scenarios = new Map<string, MutableCounts>();
  const operators = new Map<Operator, MutableCounts>();
  const kills = new Map<string, number>();
  const survivors = new Map<string, Omit<SurvivorRow, 'line'>>();
  const unchecked = new Map<string, Omit<UncheckedRow, 'line'>>();
  let warnings = 0;

  return {
    add(judged) {
      const { mutant, fate } = judged;
      for (const counts of [
        all,
        entry(scenarios, mutant.scenario, noCounts),
        entry(operators, mutant.operator, noCounts),
      ])
        count(counts, fate.fate);
      if (fate.fate === 'killed') {
        increase(killedBy, fate.by);
        if (fate.warning) warnings++;
        increase(kills, requirementOf(fate.check));
      }
      if (fate.fate === 'excluded') increase(exclusions, fate.rule);
      if (fate.fate === 'survived') addSurvivor(survivors, mutant, fate);
      if (isMustValue(judged)) countMustValue(mustValues, unchecked, judged);
    },
    counts: () => ({ ...all }),
    summary: (rows, lineAt) => ({
      counts: { ...all },
      scorePercent: scoreOf(all),
      warnings,
      killers: killers.map(killer => ({ killer, mutants: killedBy.get(killer) ?? 0 })),
      exclusions: [...exclusions].sort().map(([rule, mutants]) => ({ rule, mutants })),
      mustValues: { ...mustValues, checkPercent: percentOf(mustValues.killedByCheck, mustValues.mutants) },
      unchecked: [...unchecked.values()].sort(byPlace).map(row => ({ ...row, line: lineAt(row.span) })),
      scenarios: scored(scenarios, 'scenario'),
      operators: scored(operators, 'operator'),
      requirements: requirementKills(rows, kills),
      survivors: [...survivors.values()].sort(bySurvivor).map(row => ({ ...row, line: lineAt(row.span) })),
    }),
  };
}

/** What a mutant has in common with others of other executions and runs. */
export function classOf({ scenario, operator, kind, at }: Mutant): MutantClass {
  return { scenario, operator, kind: kind ?? null, member: at ?? null };
}

/** Killed of those that could be; in percent, to one decimal and rounded down, so that 100 means all of them. */
function scoreOf({ killed, survived }: FateCounts): number | null {
  return percentOf(killed, killed + survived);
}

function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 1000) / whole) / 10;
}

type MutableCounts = { -readonly [Name in keyof FateCounts]: number };

function noCounts(): MutableCounts {
  return { mutants: 0, killed: 0, survived: 0, diverged: 0, excluded: 0 };
}

function count(counts: MutableCounts, fate: JudgedMutant['fate']['fate']): void {
  counts.mutants++;
  counts[fate]++;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function increase<K>(map: Map<K, number>, key: K): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function isMustValue({ mutant, fate, mustRows }: JudgedMutant): boolean {
  const isCounted = fate.fate === 'killed' || fate.fate === 'survived';
  return isCounted && mustRows.length > 0 && valueOperators.has(mutant.operator);
}

function countMustValue(
  counts: { -readonly [Name in keyof Omit<MustValues, 'checkPercent'>]: number },
  unchecked: Map<string, Omit<UncheckedRow, 'line'>>,
  { mutant, fate }: JudgedMutant,
): void {
  counts.mutants++;
  if (fate.fate !== 'killed') {
    counts.survived++;
  } else if (isExplicit(fate.by)) {
    counts.killedByCheck++;
    if (fate.warning) counts.warnings++;
  } else {
    counts.killedOtherwise++;
    const { by, span } = fate;
    const { kind, member } = classOf(mutant);
    const key = JSON.stringify([kind, member, by, span.file, span.line, span.column]);
    const row = unchecked.get(key) ?? { kind, member, by, mutants: 0, example: mutant.id, span };
    unchecked.set(key, { ...row, mutants: row.mutants + 1 });
  }
}

function addSurvivor(
  survivors: Map<string, Omit<SurvivorRow, 'line'>>,
  mutant: Mutant,
  { span, check }: Fate & { fate: 'survived' },
): void {
  const kindOf = { ...classOf(mutant), check };
  const { scenario, operator, kind, member } = kindOf;
  const key = JSON.stringify([scenario, operator, kind, member, check, span.file, span.line, span.column]);
  const row = survivors.get(key);
  survivors.set(key, { ...(row ?? { ...kindOf, example: mutant.id, span }), mutants: (row?.mutants ?? 0) + 1 });
}

function scored<K extends string, Name extends string>(
  counts: ReadonlyMap<K, FateCounts>,
  name: Name,
): readonly (Record<Name, K> & ScoredCounts)[] {
  return [...counts]
    .sort(([a], [b]) => compare(a, b))
    .map(([key, each]) => ({ [name]: key, ...each, scorePercent: scoreOf(each) }) as Record<Name, K> & ScoredCounts);
}

/** Rows of the ledger in its order; those that killed nothing are there too. */
function requirementKills(rows: readonly LedgerRow[], kills: ReadonlyMap<string, number>): readonly RequirementKills[] {
  return rows.map(({ requirement, level }) => ({ requirement, level, killed: kills.get(requirement) ?? 0 }));
}

function bySurvivor(a: Omit<SurvivorRow, 'line'>, b: Omit<SurvivorRow, 'line'>): number {
  return byMember(a, b) || compare(a.scenario, b.scenario) || compare(a.operator, b.operator) || bySpan(a.span, b.span);
}

function byPlace(a: Omit<UncheckedRow, 'line'>, b: Omit<UncheckedRow, 'line'>): number {
  return byMember(a, b) || bySpan(a.span, b.span) || compare(a.by, b.by);
}

function byMember(a: Pick<MutantClass, 'kind' | 'member'>, b: Pick<MutantClass, 'kind' | 'member'>): number {
  return compare(a.kind ?? '', b.kind ?? '') || compare(a.member ?? '', b.member ?? '');
}

function bySpan(a: Span, b: Span): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** By code unit, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const valueOperators: ReadonlySet<Operator> = new Set(['other-value', 'near-miss']);
