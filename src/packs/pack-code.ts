import type { Operator } from '../values/expression.ts';
import type { Codec } from './codecs.ts';

/** What a pack says in TypeScript or JavaScript rather than in its table. */
export interface PackCode {
  /** By name with `$`. */
  readonly operators: ReadonlyMap<string, Operator>;
  /** By the name that `codec` of a transport gives. */
  readonly codecs: ReadonlyMap<string, Codec>;
}

export const noCode: PackCode = { operators: new Map(), codecs: new Map() };
