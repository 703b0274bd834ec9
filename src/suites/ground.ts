import type { ExecutionBegin, RunHeader } from '../evidence/events.ts';
import type { Pack } from '../foundation/pack.ts';
import type { Surroundings } from '../scenario/interpret/machine.ts';
import { overlayOf, type Suite } from './suite.ts';

/** What all executions of a pack on a target share. */
export interface Ground {
  readonly pack: Pack;
  readonly roots: Surroundings['roots'];
}

export function groundOf({ target }: Pick<RunHeader, 'target'>, suite: Suite): Ground {
  const overlay = overlayOf(target);
  return { pack: suite.packFor(overlay), roots: suite.rootsFor(overlay) };
}

/** What an execution ran in, from the log alone. */
export function surroundingsOf(
  header: Pick<RunHeader, 'epochMs' | 'patienceUs'>,
  about: Pick<ExecutionBegin, 'accounts' | 'unique'>,
  { pack, roots }: Ground,
): Surroundings {
  return {
    pack,
    roots,
    accounts: about.accounts,
    unique: about.unique,
    epochMs: header.epochMs,
    patienceUs: header.patienceUs,
    explain: true,
  };
}
