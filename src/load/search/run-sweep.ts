import type { RunStep } from './find-capacity.ts';
import type { LoadStep } from './load-step.ts';
import type { Sweep } from './sweep.ts';

/** Runs the workload at each point, whatever becomes of those before; only an interruption ends it. */
export async function runSweep(
  { points }: Sweep,
  runStep: RunStep,
  tell: (steps: readonly LoadStep[]) => void,
): Promise<readonly LoadStep[]> {
  const steps: LoadStep[] = [];
  for (const { value, variation } of points) {
    const step = await runStep(value, variation);
    steps.push(step);
    tell(steps);
    if (step.ended === 'interrupted') break;
  }
  return steps;
}
