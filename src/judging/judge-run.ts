import { dirname, join, resolve } from 'node:path';
import { type LogReading, readLog } from '../evidence/log-reader.ts';
import type { Results } from '../evidence/results.ts';
import { AntiphonError } from '../foundation/errors.ts';
import { loadSuite } from '../suites/load-suite.ts';
import type { Suite } from '../suites/suite.ts';
import { judgeLog } from './judge.ts';

/** Judges the log of a run again with the scenarios as they are now. `packs`: folders to use instead of those that the log names. */
export async function judgeRun(path: string, packs: readonly string[] = []): Promise<Results> {
  const log = readLog(path);
  return judgeLog(log, await suitesOf(log, packs));
}

/** The suites that a log was made with, as they are now. */
export async function suitesOf(log: LogReading, packs: readonly string[] = []): Promise<ReadonlyMap<string, Suite>> {
  const folder = dirname(log.path);
  const suites = new Map<string, Suite>();
  for (const given of packs) {
    const suite = await loadSuite(given);
    suites.set(suite.pack, suite);
  }
  for (const { pack, location } of log.header.suites) {
    if (suites.has(pack)) continue;
    suites.set(pack, await suiteAt(pack, location === 'bundled' ? pack : resolve(join(folder, location))));
  }
  return suites;
}

/** The run may have been moved, or the pack: then somebody has to say where it is. */
async function suiteAt(pack: string, place: string): Promise<Suite> {
  try {
    return await loadSuite(place);
  } catch (thrown) {
    if (!(thrown instanceof AntiphonError) || thrown.code !== 'unknown-pack') throw thrown;
    const message = `The log was expected to be judged with the pack \`${pack}\`, which lay at ${place} and is not there. Name its folder with --pack.`;
    throw new AntiphonError('usage', 'pack-missing', message, { cause: thrown });
  }
}
