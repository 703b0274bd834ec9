/** An outcome in few words, for tables: what the checks decided, and every failure in a line. */
import type { Outcome } from '../../src/scenario/interpret/outcome.ts';

const builtIn = ['steps.done', 'frames.valid', 'frames.unasked'];

/** `say.heard pass`, `say.copy pass lenient`, `say.once pass strong`; the built-in rows only where they are not passed. */
export function checks({ checks: all }: Outcome): string {
  const told = all.filter(({ check, verdict }) => !builtIn.includes(check) || verdict !== 'pass');
  const one = ({ check, verdict, lenient, absence }: Outcome['checks'][number]) =>
    [check, verdict, lenient ? 'lenient' : '', absence ?? ''].filter(Boolean).join(' ');
  return told.map(one).join(', ');
}

/** `say.heard unmet`, what is not testable left out. */
export function failures({ failures: all }: Outcome): string {
  return all
    .filter(({ failure }) => failure!.kind !== 'not-testable')
    .map(({ check, failure }) => `${check} ${failure!.kind}`)
    .join(', ');
}

/** One line for each failure, with its message. */
export function messages({ failures: all }: Outcome): readonly string[] {
  return all.map(({ check, verdict, failure }) => `${check} ${verdict} ${failure!.kind}: ${failure!.message}`);
}
