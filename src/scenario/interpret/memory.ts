/**
 * What one execution was like, kept while its log is judged again and again with changes: what was decoded and built once need not be
 * decoded and built again, and what we asked for can be compared. A live run and a single judging keep nothing.
 */
import type { ItemEvent } from '../../evidence/events.ts';
import { equalValues, type Value } from '../../foundation/value.ts';
import type { Built } from '../../values/built.ts';
import type { Arrival, ClientState, PendingWrite, State } from './state.ts';

export interface Memory {
  /** Until it is sealed everything is kept; then it is only looked up. */
  sealed: boolean;
  readonly arrivals: Map<ItemEvent, readonly Arrival[]>;
  readonly frames: Map<Built, Map<string, KeptFrame>>;
  readonly asked: Map<string, string>;
}

/** An encoded frame. */
export interface Frame {
  readonly frame: Value;
  readonly data: string | Uint8Array;
  readonly requestId: Value | undefined;
  readonly captures: PendingWrite['captures'];
}

interface KeptFrame {
  readonly names: State['names'];
  readonly frame: Frame;
}

export function createMemory(): Memory {
  return { sealed: false, arrivals: new Map(), frames: new Map(), asked: new Map() };
}

/** The frame that was built here before from the same names. The current instant in it is that of then, as the log has it. */
export function keptFrame(
  memory: Memory,
  { names }: State,
  built: Built,
  client: ClientState,
  turn: number | undefined,
): Frame | undefined {
  const kept = memory.frames.get(built)?.get(keyOf(client, turn));
  return kept && areSame(kept.names, names) ? kept.frame : undefined;
}

export function keepFrame(
  memory: Memory,
  { names }: State,
  built: Built,
  client: ClientState,
  turn: number | undefined,
  frame: Frame,
): void {
  if (memory.sealed) return;
  const kept = memory.frames.get(built) ?? new Map<string, KeptFrame>();
  kept.set(keyOf(client, turn), { names, frame });
  memory.frames.set(built, kept);
}

/** The number of the request is part of what is built. */
function keyOf({ index, requests }: ClientState, turn: number | undefined): string {
  return `${index} ${requests} ${turn}`;
}

function areSame(before: State['names'], now: State['names']): boolean {
  if (before === now) return true;
  for (const name of Object.keys(before)) {
    const value = now[name];
    if (value === undefined || !equalValues(before[name]!, value)) return false;
  }
  return true;
}

/** Something is asked for that the log does not tell in full: a connection, a fact. What is not asked as before has diverged. */
export function noteAsked(memory: Memory | undefined, state: State, key: string, asked: Value): void {
  if (!memory) return;
  const text = JSON.stringify(asked, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  const before = memory.asked.get(key);
  if (!memory.sealed) memory.asked.set(key, text);
  else if (before !== undefined && before !== text) state.diverged = true;
}
