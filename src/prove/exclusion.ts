/** Mutants that nothing notices and that are no holes: by rules that can be read in pack, ledger and schema (docs/prove.md). */
import type { ItemEvent } from '../evidence/events.ts';
import { equalValues } from '../foundation/value.ts';
import type { TracedFate } from '../scenario/interpret/machine.ts';
import { transportNameOf } from './client-transport.ts';
import type { Execution } from './executions.ts';
import { isFree } from './ledger-members.ts';
import type { ExclusionRule } from './mutant.ts';
import type { Changed, Edit } from './scene.ts';

/** `after`: what became of the event that stands in its place. */
export function exclusionOf(edit: Edit, changed: Changed, after: readonly TracedFate[]): ExclusionRule | undefined {
  const made = { ...edit, ...changed };
  if (isIdentical(made)) return 'identical';
  if (isIgnored(made, after)) return 'ignored';
  if (isUnread(made, after)) return 'unread';
  if (isOfFreeMember(made)) return 'free-member';
  return isOfFreeOrder(made) ? 'free-order' : undefined;
}

type Made = Edit & Changed;

function isIdentical({ scene: { execution, event }, instead, neighbour }: Made): boolean {
  const other = neighbour ?? instead;
  if (event.event !== 'item' || other?.event !== 'item' || other.c !== event.c) return false;
  const [before, after] = [decoded(execution, event), decoded(execution, other)];
  if (event.http?.status !== other.http?.status || JSON.stringify(event.http) !== JSON.stringify(other.http))
    return false;
  if (!before.ok || !after.ok) return event.text !== undefined && event.text === other.text;
  return equalValues(before.frame, after.frame);
}

/** The pack or the scenario says of it that it may come at any time, and also of what has become of it. */
function isIgnored({ mutant, scene, element, instead, neighbour }: Made, after: readonly TracedFate[]): boolean {
  const { survey, execution } = scene;
  const before = scene.readings.map(({ fate }) => fate);
  if (mutant.operator === 'repeat') return areIgnored(after.slice(...copyOf(before.length, element)));
  if (mutant.operator === 'swap') {
    const other = neighbour && survey.readings.get(numberOf(execution, neighbour))?.map(({ fate }) => fate);
    return areIgnored(partOf(before, element)) || areIgnored(other ?? partOf(before, (element ?? 0) + 1));
  }
  if (!areIgnored(partOf(before, element))) return false;
  return mutant.operator === 'drop' || !instead || areIgnored(partOf(after, element));
}

function areIgnored(fates: readonly TracedFate[]): boolean {
  return fates.length > 0 && fates.every(fate => fate === 'ignored' || fate === 'foreign');
}

/** It comes when no step reads any more: behind the end sweep, or in `finally`, which decides nothing. */
function isUnread({ mutant, scene, element, instead }: Made, after: readonly TracedFate[]): boolean {
  const { readings } = scene;
  if (mutant.operator === 'repeat') return after.slice(...copyOf(readings.length, element)).length === 0;
  if (partOf(readings, element).length > 0) return false;
  return mutant.operator === 'drop' || !instead || partOf(after, element).length === 0;
}

/** Of a message with several frames the one that was changed. */
function partOf<T>(all: readonly T[], element: number | undefined): readonly T[] {
  return element === undefined ? all : all.slice(element, element + 1);
}

/** Where the second of two equal things stands among what became of all. */
function copyOf(count: number, element: number | undefined): readonly [from: number, to: number] {
  return element === undefined ? [count, 2 * count] : [element + 1, element + 2];
}

function numberOf({ events }: Execution, wanted: unknown): number {
  let number = 0;
  for (const event of events) {
    if (event === wanted) return number;
    if (event.event !== 'stalled') number++;
  }
  return -1;
}

/** Neither a row nor the schema says anything about it. */
function isOfFreeMember({ mutant: { operator, kind, at }, scene: { execution }, instead }: Made): boolean {
  if (operator === 'forbidden-member' || at === undefined || at.startsWith('http:') || kind === undefined) return false;
  if (instead?.event !== 'item' || !isFree(execution.ledger, kind, at)) return false;
  return decoded(execution, instead).violations.length === 0;
}

function isOfFreeOrder({ mutant, scene: { execution, event }, element, neighbour }: Made): boolean {
  if (mutant.operator !== 'swap' || event.event !== 'item') return false;
  const { pack } = execution.machine.around;
  const message = decoded(execution, event);
  const other = neighbour?.event === 'item' ? decoded(execution, neighbour) : undefined;
  if (!message.ok || other?.ok === false) return false;
  const pair = other ? [message.frame, other.frame] : message.frames.slice(element, (element ?? 0) + 2);
  const [first, second] = pair.map(frame => pack.kindOf(frame));
  if (first === undefined || second === undefined) return false;
  return pack.unordered.some(list =>
    first === second ? list.filter(each => each === first).length > 1 : list.includes(first) && list.includes(second),
  );
}

function decoded(execution: Execution, event: ItemEvent) {
  const { text, opcode, bytes, base64, call } = event;
  return execution.machine.around.pack.decode(transportNameOf(execution, event.c), {
    ...(text === undefined ? {} : { text }),
    ...(base64 === undefined ? {} : { base64 }),
    sizeBytes: bytes ?? Buffer.byteLength(text ?? ''),
    ...(opcode && { opcode }),
    ...(call && { method: call.method }),
  });
}
