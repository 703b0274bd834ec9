/** Mutants of the members of a frame, at any depth, in batches and lists too; of a text without members, of the whole. */
import type { ItemEvent } from '../evidence/events.ts';
import { pointerStep, writeJson } from '../foundation/json.ts';
import type { Value } from '../foundation/value.ts';
import { nearMisses, otherType, otherValue } from './changed-values.ts';
import { type Message, type Place, placesIn, replaced } from './message.ts';
import type { Operator } from './mutant.ts';
import { sayingOf } from './saying.ts';
import { type Edit, mutantOf, type Scene } from './scene.ts';

export function* memberEdits(scene: Scene<ItemEvent>, message: Message): Generator<Edit> {
  const { pack } = scene.execution.machine.around;
  const { whole } = message;
  if (typeof whole !== 'object' || whole === null) {
    yield* editsAt(scene, message, { value: whole, path: [], kind: pack.kindOf(whole), at: '', element: 0 }, false);
    return;
  }
  for (const place of placesIn(pack, message)) yield* editsAt(scene, message, place, true);
}

function* editsAt(scene: Scene<ItemEvent>, { whole }: Message, place: Place, isMember: boolean): Generator<Edit> {
  const { pack } = scene.execution.machine.around;
  const { value, path, kind, at, element } = place;
  const pointer = path.map(pointerStep).join('');
  const was = shortJson(value);
  const edit = (operator: Operator, variant: string | undefined, changed: Value | undefined): Edit[] => {
    const becomes = changed === undefined ? undefined : shortJson(changed);
    const mutant = mutantOf(scene, { operator, variant, kind, place: pointer, at, was, becomes });
    const { isSayable, make } = sayingOf(scene, () => replaced(whole, path, changed));
    return isSayable ? [{ mutant, scene, element, make }] : [];
  };
  if (typeof path.at(-1) === 'string') yield* edit('remove-member', undefined, undefined);
  const other = otherValue(value, kind === undefined ? noChoices : pack.choicesAt(kind, at));
  if (other !== undefined) yield* edit('other-value', undefined, other);
  if (isMember) yield* edit('other-type', undefined, otherType(value));
  for (const { how, value: near } of nearMisses(value)) yield* edit('near-miss', how, near);
}

const noChoices: readonly Value[] = [];
const shownCharacters = 120;

function shortJson(value: Value): string {
  const text = writeJson(value);
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}…`;
}
