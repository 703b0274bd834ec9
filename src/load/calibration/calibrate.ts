/** Measures the floor of a workload: the engine as it is, on the bare server. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Pack } from '../../foundation/pack.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import { loadSuite } from '../../suites/load-suite.ts';
import type { Suite } from '../../suites/suite.ts';
import { type LoadOptions, type LoadOutcome, type LoadTarget, runLoad } from '../engine/run-load.ts';
import { rateOf } from '../engine/vary-workload.ts';
import { type BarePack, barePackName, barePackOf, bareWorkload } from './bare-pack.ts';
import { type Floor, floorOf } from './floor.ts';
import { startBareProcess } from './start-bare-process.ts';

export interface CalibrationOptions
  extends Omit<LoadOptions, 'suite' | 'workload' | 'target' | 'variation' | 'abortOnFailAfterUs' | 'floor'> {
  /** As it is to be run. */
  readonly workload: WorkloadPlan;
  readonly pack: Pack;
  /** The pack acknowledges messages. */
  readonly acknowledges: boolean;
  /** As long as its percentiles need if left out. */
  readonly holdUs?: number;
  readonly openTarget: (suite: Suite, url: string) => LoadTarget;
}

export interface Calibration {
  readonly floor: Floor;
  /** The run on the bare server; undefined if there was none. */
  readonly outcome: LoadOutcome | undefined;
}

export async function calibrate(options: CalibrationOptions): Promise<Calibration> {
  const { workload, pack, acknowledges, holdUs = calibrationHoldUs(workload), openTarget } = options;
  const { transport } = workload.plan;
  const kind = pack.transports.get(transport)?.kind;
  if (kind !== 'websocket' && kind !== 'lines')
    return { floor: { measured: false, why: `there is no bare server for ${kind}` }, outcome: undefined };
  const bare = barePackOf(workload, pack, kind, { acknowledges, holdUs });
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-floor-'));
  const packFolder = join(folder, barePackName);
  const server = await startBareProcess(bare.topology);
  try {
    writePack(bare, packFolder);
    const suite = await loadSuite(packFolder);
    const url = kind === 'websocket' ? `ws://127.0.0.1:${server.port}/` : `127.0.0.1:${server.port}`;
    const target = openTarget(suite, url);
    const outcome = await runLoad({
      ...options,
      suite,
      workload: `${barePackName}/${bareWorkload}`,
      target: {
        ...target,
        header: { ...target.header, title: 'bare server' },
        processIds: () => [server.processId],
      },
      floor: { measured: false, why: 'this is it' },
    });
    cpSync(packFolder, join(outcome.directory.path, barePackName), { recursive: true });
    return { floor: floorOf(outcome.results, bare.frames), outcome };
  } finally {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Until p99 has its thousand messages, but neither shorter nor longer than makes sense. */
export function calibrationHoldUs(workload: WorkloadPlan): number {
  const perSecond = rateOf(workload);
  const { holdUs } = workload.phases;
  const enoughUs = perSecond === undefined ? holdUs : (enoughMessages / perSecond) * 1e6;
  return Math.round(Math.min(Math.max(enoughUs, shortestUs), holdUs, longestUs));
}

/** A tenth more than a thousand: a Poisson schedule may have fewer than its rate says. */
const enoughMessages = 1_100;
const shortestUs = 2_000_000;
const longestUs = 22_000_000;

function writePack({ files }: BarePack, folder: string): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
