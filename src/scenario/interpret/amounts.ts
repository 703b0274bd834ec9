/** The counts and durations of a step, which must be known before it begins: one that a value of the target lacks makes it not testable (language, section 7). */
import type { Value } from '../../foundation/value.ts';
import { durationUsOf } from '../../values/add-terms.ts';
import { build } from '../../values/build.ts';
import type { Built } from '../../values/built.ts';
import { MissingValue, type Scope } from '../../values/expression.ts';
import type { ClientStep, Expectation } from '../plan.ts';
import { visitItems } from './machine.ts';
import { isKnownIn } from './references.ts';
import { countAmount, missing, Unwritable } from './write.ts';

/** More writes in one step are a slip in a count, and would not fit in memory. */
const mostWrites = 1_000_000;

interface Amounts {
  readonly counts: readonly Built[];
  readonly durations: readonly Built[];
}

const known = new WeakMap<ClientStep, Amounts>();

/** What is wrong with the first amount that is none; undefined if all are good. */
export function wrongAmount(step: ClientStep, scope: Scope): Unwritable | undefined {
  const { counts, durations } = amountsOf(step);
  for (const built of counts) {
    const wrong = wrongValue(built, scope, isCount, 'a count');
    if (wrong) return wrong;
  }
  for (const built of durations) {
    const wrong = wrongValue(built, scope, value => durationUsOf(value) !== undefined, 'a duration');
    if (wrong) return wrong;
  }
  const { act } = step;
  if (act?.kind !== 'send' || !act.times || countAmount(act.times, scope) * act.frames.length <= mostWrites)
    return undefined;
  return new Unwritable('scenario', `the step writes more than ${mostWrites} times: send less often`);
}

function wrongValue(
  built: Built,
  scope: Scope,
  isGood: (value: Value) => boolean,
  what: string,
): Unwritable | undefined {
  const made = build(built, scope);
  if (!(made instanceof MissingValue)) {
    return isGood(made.value)
      ? undefined
      : new Unwritable(
          'target',
          `expected ${what}, came ${typeof made.value === 'string' ? JSON.stringify(made.value) : typeof made.value}`,
        );
  }
  return isKnownIn(made.expression, scope) ? missing(made) : undefined;
}

function isCount(value: Value): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Only what refers to something: literals were checked when the file was read. */
function amountsOf(step: ClientStep): Amounts {
  const listed = known.get(step);
  if (listed) return listed;
  const { act, expect, until } = step;
  const counts: (Built | number | null | undefined)[] = expect ? repeatCounts(expect) : [];
  const durations: (Built | undefined)[] = until?.kind === 'duration' ? [until.duration] : [];
  if (act?.kind === 'send') counts.push(act.times, act.window);
  if (act?.kind === 'http') counts.push(act.times);
  if (act?.kind === 'send' || act?.kind === 'http') durations.push(act.every);
  if (act?.kind === 'close') counts.push(act.code);
  if (expect) visitItems(expect, ({ within, notBefore }) => void durations.push(within, notBefore));
  const amounts = { counts: counts.filter(isOpen), durations: durations.filter(isOpen) };
  known.set(step, amounts);
  return amounts;
}

function isOpen(built: Built | number | null | undefined): built is Built {
  return typeof built === 'object' && built !== null && built.op !== 'literal';
}

function repeatCounts(expectation: Expectation): (Built | number | null)[] {
  if (expectation.kind === 'item') return [];
  if (expectation.kind === 'optional') return repeatCounts(expectation.body);
  if (expectation.kind === 'repeat') return [expectation.min, expectation.max, ...repeatCounts(expectation.body)];
  return expectation.children.flatMap(repeatCounts);
}
