import type { Failure, FailureKind } from '../evidence/results.ts';
import type { Level } from '../foundation/verdict.ts';
import type { RenderOptions } from './options.ts';

/** What each kind of failure is called wherever a person reads it. */
export const kindWords: Readonly<Record<FailureKind, string>> = {
  unmet: 'what was expected did not come',
  stray: 'something came that nobody asked for',
  forbidden: 'something came that must not come',
  verify: 'what came is not as demanded',
  'too-late': 'it came too late',
  'too-early': 'it came too early',
  'invalid-frame': 'a frame breaks the rules of the protocol',
  refused: 'the connection was refused',
  closed: 'the connection was closed',
  barrier: 'the barrier was not answered',
  fetch: 'a fact about the target could not be fetched',
  flood: 'more came than anybody could read',
  'not-testable': 'something before it failed',
  scenario: 'the scenario cannot be run as it is written',
  rig: 'this machine was the limit',
  tool: 'Antiphon itself failed',
};

/** Whose fault it is, and what that says about the target. */
export const faultWords: Readonly<Record<Failure['faultOf'], string>> = {
  target: 'Fault of the target: it does not do what the requirement asks.',
  scenario: 'Fault of the scenario file: it says nothing about the target. Correct the file at the place below.',
  rig: 'Fault of this machine: it was too slow or short of something, so nothing is certain about the target. Run it again with less load.',
  tool: 'Fault of Antiphon itself: it says nothing about the target. Please report it with the folder of this run.',
};

/** The label of a failure. What does not count for the gate, nor anything that could not be tested because of it, is a warning. */
export function labelOf(
  { verdict, level }: Pick<Failure, 'verdict' | 'level'>,
  consequences: readonly Pick<Failure, 'level'>[],
  options: Pick<RenderOptions, 'failOn'>,
): string {
  if (verdict === 'error') return 'ERROR';
  if (verdict === 'inconclusive') return 'INCONCLUSIVE';
  if (verdict === 'not-testable') return 'NOT TESTABLE';
  return [level, ...consequences.map(each => each.level)].some(each => gates(each, options)) ? 'FAIL' : 'WARNING';
}

/** A failure at this level is more than a warning. */
export function gates(level: Level, { failOn = 'must' }: Pick<RenderOptions, 'failOn'>): boolean {
  return level === 'must' || level === failOn;
}

export function counted(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`;
}

export const levels: readonly Level[] = ['must', 'should', 'may'];
