import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openUrlTarget } from '../../../src/conformance/target/open-target.ts';
import { type LoadOptions, runLoad } from '../../../src/load/engine/run-load.ts';
import type { LoadResults } from '../../../src/load/load-results.ts';
import { loadSuite } from '../../../src/suites/load-suite.ts';
import { type Door, honest, type Manner, startShout } from './shout-server.ts';

export const shoutPack = fileURLToPath(new URL('shout', import.meta.url));

type More = Partial<Pick<LoadOptions, 'workers' | 'placement' | 'signal' | 'progress' | 'abortOnFailAfterUs'>>;

/** Runs a workload of the pack Shout against a server of this manner, all in this process. */
export async function runShout(
  workload: string,
  manner: Manner = honest,
  more: More = {},
  door?: Door,
): Promise<LoadResults> {
  const suite = await loadSuite(shoutPack);
  const nothing = { limits: {}, timers: {}, values: {}, profile: undefined };
  const folder = await mkdtemp(join(tmpdir(), 'antiphon-load-'));
  const { url, stop } = await startShout(manner, door);
  try {
    const { results } = await runLoad({
      suite,
      workload: `shout/workloads/${workload}.yaml`,
      target: openUrlTarget({ pack: suite.packFor(nothing), url, accountMode: 'token' }),
      reportsFolder: folder,
      name: workload,
      tool: 'antiphon test',
      seed: 'shout',
      workers: 1,
      workerProgram: new URL('../../../dist/src/load/engine/worker-program.js', import.meta.url),
      patienceUs: 30_000_000,
      signal: new AbortController().signal,
      ...more,
    });
    return results;
  } finally {
    stop();
    await rm(folder, { recursive: true, force: true });
  }
}
