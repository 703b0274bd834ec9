import { pointerStep } from '../foundation/json.ts';
import type { Value } from '../foundation/value.ts';

/** A place in a value: names of members, indexes of lists. */
export type Path = readonly (string | number)[];

/** What a frame tells besides its value, gathered while it is constructed. */
export interface Collector {
  readonly captures: { readonly slot: string; readonly value: Value }[];
  readonly omitted: string[];
  readonly filled: { readonly slot: string; readonly path: Path }[];
  readonly payloads: Path[];
  readonly fills: { readonly path: Path; readonly bytes: number }[];
  /** Where the construction is. */
  readonly path: (string | number)[];
  /** false inside an encoding: `path` is no place in the frame. */
  readonly placed: boolean;
}

export function makeCollector(): Collector {
  return { captures: [], omitted: [], filled: [], payloads: [], fills: [], path: [], placed: true };
}

export function collectAbsent(collector: Collector | undefined): void {
  if (collector?.placed) collector.omitted.push(collector.path.map(pointerStep).join(''));
}

export function collectFilled(collector: Collector | undefined, slot: string): void {
  if (collector?.placed) collector.filled.push({ slot, path: [...collector.path] });
}

export function collectFill(collector: Collector | undefined, bytes: number): void {
  if (collector?.placed) collector.fills.push({ path: [...collector.path], bytes });
}

export function collectPayload(collector: Collector | undefined): void {
  if (collector?.placed) collector.payloads.push([...collector.path]);
}
