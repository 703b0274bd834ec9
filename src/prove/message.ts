/** A decoded message and the frames in it, as mutants change them. */
import type { ItemEvent } from '../evidence/events.ts';
import { pointerStep } from '../foundation/json.ts';
import type { Pack } from '../foundation/pack.ts';
import { isArray, isObject, setMember, type Value } from '../foundation/value.ts';

export interface Message {
  readonly whole: Value;
  /** What a scenario reads of it: of a batch the elements. */
  readonly frames: readonly Value[];
}

type Path = readonly (string | number)[];

/** A member or an element, at any depth. */
export interface Place {
  readonly value: Value;
  /** In the message. */
  readonly path: Path;
  /** Of the frame that it is in, and its pointer there with `*` for places in lists. */
  readonly kind: string | undefined;
  readonly at: string;
}

/** Every member and element, in the order of the text. The message itself is no member, nor are the frames in a batch. */
export function* placesIn(pack: Pack, { whole, frames }: Message): Generator<Place> {
  yield* placesBelow(whole, [], pack.kindOf(whole), '');

  function* placesBelow(value: Value, path: Path, kind: string | undefined, at: string): Generator<Place> {
    for (const [name, child] of entriesOf(value)) {
      const below = [...path, name];
      const step = at + pointerStep(typeof name === 'number' ? '*' : name);
      if (frames.includes(child) && typeof child === 'object') {
        yield* placesBelow(child, below, pack.kindOf(child), '');
      } else {
        yield { value: child, path: below, kind, at: step };
        yield* placesBelow(child, below, kind, step);
      }
    }
  }
}

/** The frames, and the message that holds them, each with its place. */
export function* framesIn(
  pack: Pack,
  { whole, frames }: Message,
): Generator<{ readonly frame: Value; readonly kind: string | undefined; readonly path: Path }> {
  yield { frame: whole, kind: pack.kindOf(whole), path: [] };
  yield* framesBelow(whole, []);

  function* framesBelow(value: Value, path: Path): Generator<{ frame: Value; kind: string | undefined; path: Path }> {
    for (const [name, child] of entriesOf(value)) {
      if (typeof child !== 'object' || child === null) continue;
      const below = [...path, name];
      if (frames.includes(child)) yield { frame: child, kind: pack.kindOf(child), path: below };
      yield* framesBelow(child, below);
    }
  }
}

function entriesOf(value: Value): readonly (readonly [string | number, Value])[] {
  if (isArray(value)) return value.map((element, k) => [k, element]);
  return isObject(value) ? Object.entries(value) : [];
}

/** A copy with another value at the place, or without the member. */
export function replaced(value: Value, path: Path, by: Value | undefined, from = 0): Value {
  if (from === path.length) return by!;
  const step = path[from]!;
  if (isArray(value)) return value.map((element, k) => (k === step ? replaced(element, path, by, from + 1) : element));
  const copy: Record<string, Value> = {};
  for (const [name, member] of Object.entries(value as Record<string, Value>)) {
    if (name !== step) setMember(copy, name, member);
    else if (from + 1 < path.length || by !== undefined) setMember(copy, name, replaced(member, path, by, from + 1));
  }
  return copy;
}

export function withText({ bytes: _, ...event }: ItemEvent, text: string): ItemEvent {
  return { ...event, text };
}
