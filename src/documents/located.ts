import type { Span } from '../foundation/span.ts';

/** A YAML document as a tree whose every node knows where it stands. Plain data; made by `readDocument`. */
export type Located = LocatedScalar | LocatedList | LocatedMap;

export interface LocatedScalar {
  readonly type: 'scalar';
  readonly span: Span;
  /** Integers beyond 2^53 are bigint. */
  readonly value: null | boolean | number | bigint | string;
  /** The text was quoted or a block: it is surely text. */
  readonly quoted: boolean;
}

export interface LocatedList {
  readonly type: 'list';
  readonly span: Span;
  readonly elements: readonly Located[];
}

export interface LocatedMap {
  readonly type: 'map';
  readonly span: Span;
  readonly entries: readonly LocatedEntry[];
}

export interface LocatedEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Located;
}

export function entryOf(map: LocatedMap, key: string): LocatedEntry | undefined {
  return map.entries.find(entry => entry.key === key);
}
