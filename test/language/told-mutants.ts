/** Every mutant of a played scenario with its fate, in few words. */
import type { Requirement } from '../../src/packs/file-types.ts';
import type { JudgedMutant } from '../../src/prove/mutant.ts';
import { proveLog } from '../../src/prove/prove-log.ts';
import { runOf, suitesOf } from './proof-suite.ts';
import { play, type StageOptions } from './stage.ts';

export interface ProveStage extends StageOptions {
  readonly rows?: readonly Partial<Requirement>[];
}

export function mutantsOf(
  scenario: string,
  script: readonly string[],
  { rows = [], ...options }: ProveStage = {},
): readonly JudgedMutant[] {
  const { machine, log } = play(scenario, script, options);
  const judged: JudgedMutant[] = [];
  const { left } = proveLog(runOf(machine, log), suitesOf(machine, rows), {}, each => judged.push(each));
  if (left.length > 0) throw new Error(`the run is not passed but ${left[0]!.verdict}`);
  return judged;
}

/** `4.drop: requirement say.heard`, with the number of the event and the place of the change. */
export function fatesOf(scenario: string, script: readonly string[], options: ProveStage = {}): readonly string[] {
  return mutantsOf(scenario, script, options).map(({ mutant, fate }) => {
    const name = mutant.id.slice(mutant.id.lastIndexOf('~') + 1);
    if (fate.fate === 'killed')
      return `${name}: ${fate.by}${fate.by === 'schema' || fate.by === 'closed-world' ? '' : ` ${fate.check}`}${fate.warning ? ', warning' : ''}`;
    if (fate.fate === 'survived')
      return `${name}: survived, line ${fate.span.line}${fate.check === null ? '' : `, ${fate.check}`}`;
    return fate.fate === 'excluded' ? `${name}: excluded, ${fate.rule}` : `${name}: diverged`;
  });
}
