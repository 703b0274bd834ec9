import { isArray, isObject, setMember, type Value } from '../foundation/value.ts';
import type { Path } from './collector.ts';

/** The filler, or how many bytes the frame has at least. */
export type Filled =
  | { readonly ok: true; readonly filler: string }
  | { readonly ok: false; readonly sizeBytes: number };

/** An encoding can grow by more than the filler does: a length that is written before it takes another byte. */
const attempts = 8;

/** Finds the ASCII text with which a frame has exactly so many bytes. `encode`: the size with a given filler. */
export function fillTo(bytes: number, encode: (filler: string) => number): Filled {
  const emptyBytes = encode('');
  let length = bytes - emptyBytes;
  if (length < 0) return { ok: false, sizeBytes: emptyBytes };
  let sizeBytes = emptyBytes;
  for (let k = 0; k < attempts && length >= 0; k++) {
    const filler = 'x'.repeat(length);
    sizeBytes = encode(filler);
    if (sizeBytes === bytes) return { ok: true, filler };
    length += bytes - sizeBytes;
  }
  return { ok: false, sizeBytes };
}

/** The value with another at a place that it has. The value itself stays as it is. */
export function replaceAt(value: Value, path: Path, replacement: Value, from = 0): Value {
  if (from === path.length) return replacement;
  const step = path[from]!;
  if (isArray(value))
    return value.map((element, k) => (k === step ? replaceAt(element, path, replacement, from + 1) : element));
  if (!isObject(value)) return value;
  const object: Record<string, Value> = {};
  for (const name of Object.keys(value)) {
    setMember(object, name, name === step ? replaceAt(value[name]!, path, replacement, from + 1) : value[name]!);
  }
  return object;
}
