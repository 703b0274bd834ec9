/** Mutants that nothing notices and that are no holes: by rules that can be read in pack, ledger and schema (docs/prove.md). */
import type { ItemEvent } from '../evidence/events.ts';
import { equalValues } from '../foundation/value.ts';
import { transportNameOf } from './client-transport.ts';
import type { Execution } from './executions.ts';
import { isFree } from './ledger-members.ts';
import type { ExclusionRule } from './mutant.ts';
import type { Changed, Edit } from './scene.ts';
import type { Reading } from './survey.ts';

/** `after`: what became of the event that stands in its place. */
export function exclusionOf(edit: Edit, changed: Changed, after: readonly Reading[]): ExclusionRule | undefined {
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
function isIgnored({ mutant, scene, instead, neighbour }: Made, after: readonly Reading[]): boolean {
  const { readings, survey, execution } = scene;
  if (mutant.operator === 'repeat') return areIgnored(after.slice(readings.length));
  if (!neighbour) return areIgnored(readings) && (!instead || areIgnored(after));
  return areIgnored(readings) || areIgnored(survey.readings.get(numberOf(execution, neighbour)) ?? []);
}

function areIgnored(readings: readonly Reading[]): boolean {
  return readings.length > 0 && readings.every(({ fate }) => fate === 'ignored' || fate === 'foreign');
}

/** It comes when no step reads any more: behind the end sweep, or in `finally`, which decides nothing. */
function isUnread({ mutant, scene: { readings }, instead }: Made, after: readonly Reading[]): boolean {
  if (mutant.operator === 'repeat') return after.length <= readings.length;
  return readings.length === 0 && (!instead || after.length === 0);
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

function isOfFreeOrder({ scene: { execution, event }, neighbour }: Made): boolean {
  if (event.event !== 'item' || neighbour?.event !== 'item') return false;
  const { pack } = execution.machine.around;
  const kinds = [event, neighbour].map(each => {
    const message = decoded(execution, each);
    return message.ok ? pack.kindOf(message.frame) : undefined;
  });
  const [first, second] = kinds;
  if (first === undefined || second === undefined) return false;
  return pack.unordered.some(list =>
    first === second ? list.filter(each => each === first).length > 1 : list.includes(first) && list.includes(second),
  );
}

function decoded(execution: Execution, event: ItemEvent) {
  const { text, opcode, bytes, base64 } = event;
  return execution.machine.around.pack.decode(transportNameOf(execution, event.c), {
    ...(text === undefined ? {} : { text }),
    ...(base64 === undefined ? {} : { base64 }),
    sizeBytes: bytes ?? Buffer.byteLength(text ?? ''),
    ...(opcode && { opcode }),
  });
}
