import { AntiphonError } from '../../foundation/errors.ts';
import type { Part } from '../options/read-percent.ts';

/** Options of `prove` as the command line gives them. */
export interface ProveOptions {
  /** Of the bundled server; `all` for each in turn. */
  readonly configuration?: string;
  readonly pack?: readonly string[];
  readonly sample?: Part;
  readonly seed?: string;
  readonly minScore?: number;
  readonly explain?: string;
  readonly reports: string;
  readonly all: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Throws where options are given together that cannot both mean something. */
export function requireFitting(
  options: ProveOptions,
  subjects: { readonly runs: number; readonly packs: number },
): void {
  const { configuration, pack, sample, seed, minScore, explain, all, json, quiet } = options;
  const { runs, packs } = subjects;
  const rules: readonly (readonly [boolean, string])[] = [
    [
      configuration !== undefined && runs > 0,
      'Expected a pack with --configuration, got the folder of a run, whose server has ended. Leave it out.',
    ],
    [pack !== undefined && packs > 0, 'Expected the folder of a run with --pack, got a pack. Leave --pack out.'],
    [
      seed !== undefined && packs === 0 && sample === undefined,
      'Expected --sample with --seed: all mutants of a run are the same for every seed. Leave --seed out.',
    ],
    [
      explain !== undefined && (runs !== 1 || packs > 0),
      'Expected the folder of one run with --explain, for a mutant is a change of its log. Name the folder.',
    ],
    [
      explain !== undefined && (sample !== undefined || minScore !== undefined || all || json || quiet),
      'Expected --explain without --sample, --min-score, --all, --json and --quiet: it shows one mutant. Leave them out.',
    ],
    [json && (all || quiet), 'Expected --json without --all and --quiet: the JSON has everything. Leave them out.'],
    [all && quiet, 'Expected --all or --quiet, got both. Leave one out.'],
    [
      json && (runs + packs > 1 || configuration === 'all'),
      'Expected one run or one pack with --json, got several. Each run has a prove.json in its folder.',
    ],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken) throw new AntiphonError('usage', 'options-do-not-fit', broken[1]);
}
