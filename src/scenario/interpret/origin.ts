/** What counts from our own writes: origins and marks (language, section 8), and what a barrier proves (section 9). */
import type { ClientStep, Step } from '../plan.ts';
import type { AbsenceGrade } from './decision.ts';
import type { Machine } from './machine.ts';
import type { ClientState, State } from './state.ts';

/** A write of ours, connecting and closing included, barriers left out. Of several clients at once the last one counts, in whatever order they were logged. */
export function noteWrite(state: State, client: ClientState, step: Step | undefined, atUs: number): void {
  state.lastWriteUs = later(state.lastWriteUs, atUs);
  client.atBarrier = false;
  if (step?.kind !== 'client' || !client.turn) return;
  const { since, mark, index } = step;
  if (mark !== undefined) state.marks = { ...state.marks, [mark]: later(state.marks[mark], atUs) };
  const originUs = since === undefined ? atUs : client.turn.originUs;
  client.turn.originUs = originUs;
  client.turn.lastWriteUs = atUs;
  const context = client.contexts.get(index);
  if (context) client.contexts.set(index, { replyId: context.replyId, originUs });
}

/** Of the last that wrote, those without a barrier since; two of them stand for all, for then nobody is the only one. */
export function unprovedWriters(machine: Machine, state: State): readonly string[] {
  const unproved: string[] = [];
  for (const name of state.lastWriters) {
    if (state.clients[machine.clientIndex.get(name)!]?.atBarrier) continue;
    unproved.push(name);
    if (unproved.length === 2) break;
  }
  return unproved;
}

/**
 * Strong: whoever caused what might come had its own barrier before, on the same path. What other clients do in this very step is not
 * before it, however the answers are logged. `unproved`: as this step began.
 */
export function absenceGrade(client: ClientState, step: ClientStep, unproved: readonly string[]): AbsenceGrade {
  const isCause = (name: string) => name !== client.name;
  if (actsOnTarget(step) && step.clients.some(isCause)) return 'own';
  return unproved.some(isCause) ? 'own' : 'strong';
}

/** It writes, connects or closes. */
export function actsOnTarget(step: ClientStep): boolean {
  return step.connect !== undefined || (step.act !== undefined && step.act.kind !== 'reading');
}

/** An event carries a client's part in its step on. Later steps begin no earlier, and do not depend on what else was logged before them. */
export function goOn(client: ClientState, atUs: number): void {
  if (atUs > client.lastUs) client.lastUs = atUs;
}

function later(a: number | undefined, b: number): number {
  return a === undefined ? b : Math.max(a, b);
}
