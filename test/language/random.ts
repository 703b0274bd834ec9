/** Random choices that a seed repeats: whole scenarios and logs are made from one number, which a failing property prints. */
export interface Random {
  /** An integer from 0, less than `below`. */
  under(below: number): number;
  chance(probability: number): boolean;
  oneOf<T>(choices: readonly T[]): T;
  list<T>(least: number, most: number, make: (k: number) => T): T[];
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const under = (below: number) => Math.floor(next() * below);
  return {
    under,
    chance: probability => next() < probability,
    oneOf: choices => choices[under(choices.length)]!,
    list: (least, most, make) => Array.from({ length: least + under(most - least + 1) }, (_, k) => make(k)),
  };
}

/** Runs of each property; more where there is time: `ANTIPHON_RUNS=50 npx vitest run …` is fifty times as many. */
export function runs(usual: number): number {
  return usual * Number(process.env.ANTIPHON_RUNS ?? 1);
}
