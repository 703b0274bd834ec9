/** The floor of a load: the same on a server that does nothing but hand on. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openUrlTarget } from '../../conformance/target/open-target.ts';
import type { Pack } from '../../foundation/pack.ts';
import { type CalibrationOptions, calibrate, calibrationHoldUs } from '../../load/calibration/calibrate.ts';
import type { Floor } from '../../load/calibration/floor.ts';
import { readLoadRules } from '../../load/engine/load-rules.ts';
import { writeLoadFiles } from '../../load/report/write-load-files.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import type { Suite } from '../../suites/suite.ts';
import { plainOverlay } from '../plain-overlay.ts';

/** What calibration is the same for, whoever asks for it. */
export function calibrationOf(suite: Suite, workload: WorkloadPlan, pack: Pack) {
  return {
    workload,
    pack,
    acknowledges: suite.load !== undefined && readLoadRules(suite.load).ackKinds.size > 0,
    openTarget: (bare: Suite, url: string) =>
      openUrlTarget({ pack: bare.packFor(plainOverlay), url, accountMode: bare.accountModes[0] ?? 'token' }),
  } satisfies Partial<CalibrationOptions>;
}

/** A load that is so long has its floor measured without being asked: it takes no more than a part of it. */
const longEnoughUs = 30_000_000;

/** `asked`: by --calibrate or --no-calibrate. */
export function wantsFloor({ phases }: WorkloadPlan, asked: boolean | undefined, isSearch: boolean): boolean {
  return asked ?? (!isSearch && phases.holdUs >= longEnoughUs);
}

export interface KeptFloor {
  readonly floor: Floor;
  /** Puts the run on the bare server into the folder of the load. */
  keepIn(folder: string): void;
}

/** Measures the floor before the load. Its files wait elsewhere until there is a folder of the load. */
export async function measureFloor(options: Omit<CalibrationOptions, 'reportsFolder' | 'name'>): Promise<KeptFloor> {
  const waiting = mkdtempSync(join(tmpdir(), 'antiphon-floor-'));
  const clear = () => rmSync(waiting, { recursive: true, force: true });
  try {
    const { floor, outcome } = await calibrate({ ...options, reportsFolder: waiting, name: 'floor' });
    if (outcome) writeLoadFiles(outcome.results, outcome.directory);
    return {
      floor,
      keepIn(folder) {
        if (outcome) cpSync(outcome.directory.path, join(folder, 'floor'), { recursive: true });
        clear();
      },
    };
  } catch (thrown) {
    clear();
    throw thrown;
  }
}

export function floorPhaseText(workload: WorkloadPlan): string {
  return `floor: a bare server on this machine, ${Math.ceil(calibrationHoldUs(workload) / 1e6)} s`;
}
