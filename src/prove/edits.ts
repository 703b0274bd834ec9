/** Every mutant of an execution, in the order of its events. */
import type { ItemEvent, LogEvent } from '../evidence/events.ts';
import { batchEdits } from './batch-edits.ts';
import { transportNameOf } from './client-transport.ts';
import type { Execution } from './executions.ts';
import { forbiddenEdits } from './forbidden-edits.ts';
import { httpEdits } from './http-edits.ts';
import { memberEdits } from './member-edits.ts';
import type { Message } from './message.ts';
import { openingEdits } from './opening-edits.ts';
import type { Edit, Scene } from './scene.ts';
import type { Survey } from './survey.ts';
import { closeEdits, wholeEdits } from './whole-edits.ts';

/** What the target said, each with the connections that were open then. */
export function* scenesOf(execution: Execution, survey: Survey): Generator<Scene> {
  const open = new Set<string>();
  let number = 0;
  for (const [index, event] of execution.events.entries()) {
    if (event.event === 'opened') open.add(event.c);
    const readings = survey.readings.get(number) ?? [];
    // That a connection begins was read only where somebody asked for it.
    const wasAsked = event.event === 'opened' && readings.length > 0;
    const isTargets = event.event === 'item' || event.event === 'closed' || wasAsked;
    if (isTargets) yield { execution, survey, event, index, number, readings, open };
    if (event.event === 'closed') open.delete(event.c);
    if (event.event !== 'stalled') number++;
  }
}

/** What is foreign is as if it had not arrived (language, section 6): where it is not, the executions it belongs to tell. */
export function* editsOf(scene: Scene): Generator<Edit> {
  const { readings } = scene;
  if (readings.length > 0 && readings.every(({ fate }) => fate === 'foreign')) return;
  if (isItem(scene)) yield* itemEdits(scene);
  else if (scene.event.event === 'opened') yield* openingEdits({ ...scene, event: scene.event });
  else if (scene.event.event === 'closed') yield* closeEdits({ ...scene, event: scene.event });
}

function isItem(scene: Scene<LogEvent>): scene is Scene<ItemEvent> {
  return scene.event.event === 'item';
}

function* itemEdits(scene: Scene<ItemEvent>): Generator<Edit> {
  const { execution, event } = scene;
  const message = messageOf(execution, event);
  const kind =
    message && execution.machine.around.pack.kindOf(message.frames.length === 1 ? message.frames[0]! : message.whole);
  yield* wholeEdits(scene, kind);
  if (event.http) yield* httpEdits(scene, event.http, kind);
  if (!message) return;
  if (message.frames.length > 1) yield* batchEdits(scene, message);
  yield* memberEdits(scene, message);
  yield* forbiddenEdits(scene, message);
}

/** Undefined for what does not decode, for an answer without a body, and for a call of the target, which we cannot write. */
function messageOf(execution: Execution, event: ItemEvent): Message | undefined {
  const { c, text, base64, opcode, bytes, oversize, http, call } = event;
  if (oversize || (http && !text) || call) return undefined;
  const data = text === undefined ? { base64: base64 ?? '' } : { text };
  const payload = { ...data, sizeBytes: bytes ?? Buffer.byteLength(text ?? ''), ...(opcode && { opcode }) };
  const decoded = execution.machine.around.pack.decode(transportNameOf(execution, c), payload);
  return decoded.ok ? { whole: decoded.frame, frames: decoded.frames } : undefined;
}
