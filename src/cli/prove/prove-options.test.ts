import { describe, expect, test } from 'vitest';
import { type ProveOptions, requireFitting } from './prove-options.ts';

const plain: ProveOptions = { reports: 'reports', all: false, json: false, quiet: false };
const oneRun = { runs: 1, packs: 0 };
const onePack = { runs: 0, packs: 1 };

describe('options of prove', () => {
  test.each<[string, Partial<ProveOptions>, { runs: number; packs: number }, string]>([
    ['--configuration of a run', { configuration: 'open' }, oneRun, 'Expected a pack with --configuration'],
    ['--pack for a pack', { pack: ['p'] }, onePack, 'Expected the folder of a run with --pack'],
    ['--seed of a whole run', { seed: 's' }, oneRun, 'Expected --sample with --seed'],
    ['--explain of a pack', { explain: 'x' }, onePack, 'Expected the folder of one run with --explain'],
    ['--explain of two runs', { explain: 'x' }, { runs: 2, packs: 0 }, 'Expected the folder of one run with --explain'],
    ['--explain of a sample', { explain: 'x', sample: { count: 3 } }, oneRun, 'Expected --explain without'],
    ['--explain with a gate', { explain: 'x', minScore: 3 }, oneRun, 'Expected --explain without'],
    ['--json with --all', { json: true, all: true }, oneRun, 'Expected --json without --all and --quiet'],
    ['--all with --quiet', { all: true, quiet: true }, oneRun, 'Expected --all or --quiet'],
    ['--json of several', { json: true }, { runs: 1, packs: 1 }, 'Expected one run or one pack with --json'],
    ['--json of all configurations', { json: true, configuration: 'all' }, onePack, 'Expected one run or one pack'],
  ])('refuse %s', (_, given, subjects, message) => {
    expect(() => requireFitting({ ...plain, ...given }, subjects)).toThrow(message);
  });

  test.each<[string, Partial<ProveOptions>, { runs: number; packs: number }]>([
    ['nothing', {}, onePack],
    ['a seed for the run of a pack', { seed: 's', configuration: 'all' }, onePack],
    ['a seeded sample of a run, gated', { seed: 's', sample: { share: 0.1 }, minScore: 90, pack: ['p'] }, oneRun],
    ['--explain of one run', { explain: 'x', pack: ['p'] }, oneRun],
    ['runs and packs together', { all: true }, { runs: 2, packs: 1 }],
  ])('take %s', (_, given, subjects) => {
    expect(() => requireFitting({ ...plain, ...given }, subjects)).not.toThrow();
  });
});
