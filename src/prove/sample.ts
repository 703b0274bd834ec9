/** A share of all mutants, the same for the same log and seed, with some of every operator in every scenario. */
import type { Mutant } from './mutant.ts';

export type Sample = { readonly share: number } | { readonly count: number };

/** Ids of the chosen ones. Of each operator in each scenario at least one, so a small count may be exceeded. */
export function sampleOf(mutants: Iterable<Mutant>, sample: Sample, seed: string): ReadonlySet<string> {
  const strata = new Map<string, string[]>();
  let total = 0;
  for (const { id, scenario, operator } of mutants) {
    total++;
    const stratum = `${scenario} ${operator}`;
    const ids = strata.get(stratum);
    if (ids) ids.push(id);
    else strata.set(stratum, [id]);
  }
  const share = 'share' in sample ? sample.share : sample.count / Math.max(1, total);
  const chosen = new Set<string>();
  for (const ids of strata.values()) {
    const count = Math.min(ids.length, Math.max(1, Math.round(ids.length * share)));
    const ordered = ids.map(id => ({ id, rank: hashOf(`${seed} ${id}`) })).sort((a, b) => a.rank - b.rank);
    for (const { id } of ordered.slice(0, count)) chosen.add(id);
  }
  return chosen;
}

/** FNV-1a with a final mix, for ids differ at their ends. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
}
