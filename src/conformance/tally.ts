/** Counts verdicts over rounds of one run. Memory grows with the checks, and with the rounds of those that differ. */
import type { Results } from '../evidence/results.ts';
import type { DifferingCheck, RoundVerdict, VerdictCounts } from '../evidence/stability.ts';
import type { Level } from '../foundation/verdict.ts';

export interface Tally {
  /** Adds a round that is complete; says whether it gave some check another verdict than most rounds so far. */
  add(results: Results): boolean;
  rounds(): number;
  /** Of the rounds that were odd, in order. */
  oddRounds(): readonly number[];
  /** Checks that had one verdict in all rounds, by that verdict. */
  same(): VerdictCounts;
  differing(): readonly DifferingCheck[];
}

interface Row {
  readonly execution: string;
  readonly check: string | undefined;
  readonly level: Level | undefined;
  /** Rounds by verdict. Of the first verdict only their number: nearly always it is the only one. */
  readonly first: RoundVerdict;
  readonly others: Map<RoundVerdict, number[]>;
}

export function createTally(): Tally {
  const rows = new Map<string, Row>();
  let rounds = 0;

  function note(said: Said): boolean {
    const key = `${said.execution} ${said.check ?? ''}`;
    // One that earlier rounds did not have.
    const row = rows.get(key) ?? {
      execution: said.execution,
      check: said.check,
      level: said.level,
      first: rounds > 1 ? 'not-run' : said.verdict,
      others: new Map(),
    };
    rows.set(key, row);
    const odd = rounds > 1 && said.verdict !== usualOf(row, rounds - 1);
    if (said.verdict !== row.first) {
      const known = row.others.get(said.verdict);
      if (known) known.push(rounds);
      else row.others.set(said.verdict, [rounds]);
    }
    return odd;
  }

  return {
    add(results) {
      rounds++;
      let odd = false;
      const seen = new Set<string>();
      for (const said of saidIn(results)) {
        seen.add(`${said.execution} ${said.check ?? ''}`);
        odd = note(said) || odd;
      }
      for (const [key, { execution, check, level }] of rows)
        if (!seen.has(key)) odd = note({ execution, check, level, verdict: 'not-run' }) || odd;
      return odd;
    },
    rounds: () => rounds,
    oddRounds: () => [...new Set([...rows.values()].flatMap(row => oddRoundsOf(row, rounds)))].sort((a, b) => a - b),
    same() {
      const counts: Partial<Record<RoundVerdict, number>> = {};
      for (const { check, first, others } of rows.values())
        if (check !== undefined && others.size === 0) counts[first] = (counts[first] ?? 0) + 1;
      return counts;
    },
    differing: () => [...rows.values()].filter(({ others }) => others.size > 0).map(row => differingCheck(row, rounds)),
  };
}

interface Said {
  readonly execution: string;
  readonly check: string | undefined;
  readonly level: Level | undefined;
  readonly verdict: RoundVerdict;
}

/** Every execution as a whole, and each of its checks. */
function* saidIn({ executions }: Results): Generator<Said> {
  for (const { id: execution, verdict: whole, checks } of executions) {
    yield { execution, check: undefined, level: undefined, verdict: whole };
    for (const { check, level, verdict } of checks) yield { execution, check, level, verdict };
  }
}

function countsOf({ first, others }: Row, rounds: number): Map<RoundVerdict, number> {
  const counts = new Map<RoundVerdict, number>([[first, 0]]);
  for (const [verdict, at] of others) counts.set(verdict, at.filter(round => round <= rounds).length);
  counts.set(first, rounds - [...counts.values()].reduce((sum, count) => sum + count, 0));
  return counts;
}

/** That of most rounds; of as many, the one that was there first. */
function usualOf(row: Row, rounds: number): RoundVerdict {
  if (row.others.size === 0) return row.first;
  const counts = [...countsOf(row, rounds)];
  return counts.reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

function oddRoundsOf(row: Row, rounds: number): readonly number[] {
  const { first, others } = row;
  if (others.size === 0) return [];
  const usual = usualOf(row, rounds);
  const elsewhere = [...others].flatMap(([verdict, at]) => (verdict === usual ? [] : at));
  if (first === usual) return elsewhere.sort((a, b) => a - b);
  const known = new Set([...others.values()].flat());
  const ofFirst = Array.from({ length: rounds }, (_, k) => k + 1).filter(round => !known.has(round));
  return [...elsewhere, ...ofFirst].sort((a, b) => a - b);
}

function differingCheck(row: Row, rounds: number): DifferingCheck {
  const { execution, check, level } = row;
  return {
    execution,
    ...(check === undefined ? {} : { check }),
    ...(level === undefined ? {} : { level }),
    verdicts: Object.fromEntries(countsOf(row, rounds)),
    usual: usualOf(row, rounds),
    oddRounds: oddRoundsOf(row, rounds),
  };
}
