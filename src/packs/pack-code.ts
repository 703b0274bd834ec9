import type { Operator } from '../values/expression.ts';
import type { Codec } from './codecs.ts';
import type { ProtoSchema } from './protobuf/proto-schema.ts';

/** What a pack says in TypeScript, JavaScript or a protobuf schema rather than in its table. */
export interface PackCode {
  /** By name with `$`. */
  readonly operators: ReadonlyMap<string, Operator>;
  /** By the name that `codec` of a transport gives. */
  readonly codecs: ReadonlyMap<string, Codec>;
  /** Of the codec `protobuf`. */
  readonly proto?: ProtoSchema;
}

export const noCode: PackCode = { operators: new Map(), codecs: new Map() };
