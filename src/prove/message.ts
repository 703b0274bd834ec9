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
  /** Which of the frames that is; undefined in what holds them. */
  readonly element: number | undefined;
}

/** Every member and element, in the order of the text. The message itself is no member, nor are the frames in a batch. */
export function* placesIn(pack: Pack, { whole, frames }: Message): Generator<Place> {
  const indexOf = (frame: Value) => (typeof frame === 'object' ? frames.indexOf(frame) : -1);
  yield* placesBelow(whole, [], frameAt(whole, ''));

  function* placesBelow(value: Value, path: Path, holder: Omit<Place, 'value' | 'path'>): Generator<Place> {
    for (const [name, child] of someOf(value)) {
      const below = [...path, name];
      if (indexOf(child) >= 0) {
        yield* placesBelow(child, below, frameAt(child, ''));
        continue;
      }
      const at = holder.at + pointerStep(typeof name === 'number' ? '*' : name);
      yield { value: child, path: below, ...holder, at };
      yield* placesBelow(child, below, { ...holder, at });
    }
  }

  function frameAt(frame: Value, at: string) {
    const element = indexOf(frame);
    return { kind: pack.kindOf(frame), at, element: element < 0 ? undefined : element };
  }
}

/** A frame, or the message that holds some, with its place. */
export interface PlacedFrame {
  readonly frame: Value;
  readonly kind: string | undefined;
  readonly path: Path;
}

/** The message, and the frames in it. */
export function* framesIn(pack: Pack, { whole, frames }: Message): Generator<PlacedFrame> {
  yield { frame: whole, kind: pack.kindOf(whole), path: [] };
  yield* framesBelow(whole, []);

  function* framesBelow(value: Value, path: Path): Generator<PlacedFrame> {
    for (const [name, child] of entriesOf(value)) {
      if (typeof child !== 'object' || child === null) continue;
      const below = [...path, name];
      if (frames.includes(child)) yield { frame: child, kind: pack.kindOf(child), path: below };
      yield* framesBelow(child, below);
    }
  }
}

/** At either end of a list so many elements are changed: those between are mostly like them. */
const changedAtEnds = 4;

function someOf(value: Value): readonly (readonly [string | number, Value])[] {
  const entries = entriesOf(value);
  if (!isArray(value) || entries.length <= 2 * changedAtEnds) return entries;
  return [...entries.slice(0, changedAtEnds), ...entries.slice(-changedAtEnds)];
}

function entriesOf(value: Value): readonly (readonly [string | number, Value])[] {
  if (isArray(value)) return value.map((element, k) => [k, element]);
  return isObject(value) ? Object.entries(value) : [];
}

/** The value at a place that there is. */
export function valueAt(value: Value, path: Path): Value | undefined {
  return path.reduce<Value | undefined>(
    (place, step) => (place as Readonly<Record<string | number, Value>> | undefined)?.[step],
    value,
  );
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

export function withData(
  { bytes: _, text: _text, base64: _base64, ...event }: ItemEvent,
  data: string | Uint8Array,
): ItemEvent {
  if (typeof data === 'string') return { ...event, text: data };
  return { ...event, base64: Buffer.from(data).toString('base64'), bytes: data.length };
}
