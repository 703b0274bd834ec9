import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../cli/antiphon.ts';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface ShortWorkload {
  readonly file: string;
  /** Of this test, gone after it. */
  readonly folder: string;
}

/** A bundled workload (`gradagenda/fan-out`) in a copy of its pack, with these phases and at most so many users of a role, and channels. */
export async function shortWorkload(
  named: string,
  phases: string,
  mostOfEach = Number.POSITIVE_INFINITY,
): Promise<ShortWorkload> {
  const [pack, workload] = named.split('/') as [string, string];
  const folder = await temporaryFolder();
  const copy = join(folder, pack);
  cpSync(join(root, 'scenarios', pack), copy, { recursive: true });
  cpSync(join(root, 'schemas/frames', pack), join(copy, 'schemas'), { recursive: true });
  cpSync(join(root, 'schemas/proto'), join(copy, 'schemas/proto'), { recursive: true });
  const file = join(copy, 'workloads', `${workload}.yaml`);
  const text = readFileSync(file, 'utf8')
    .replace(/^phases: .*$/m, `phases: ${phases}`)
    .replace(/\b(count|channels): (\d+)/g, (_, key, count) => `${key}: ${Math.min(Number(count), mostOfEach)}`);
  writeFileSync(file, text);
  return { file, folder };
}
