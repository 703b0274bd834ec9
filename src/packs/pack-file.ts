import type { TransportProfile } from '../foundation/pack.ts';
import type { ValueObject } from '../foundation/value.ts';
import type { Pattern } from '../values/pattern.ts';
import type { Configuration, PackLanguage } from './file-types.ts';
import type { Pointer } from './pointer.ts';
import type { FieldForms } from './protobuf/forms.ts';

/** `pack.yaml`, read (language, section 11): the table that a pack without code is made from. */
export interface PackFile {
  readonly name: string;
  /** Logical name, `gradagenda/pack.yaml`. */
  readonly file: string;
  readonly transports: readonly TransportRow[];
  readonly kind: KindRule;
  readonly unwrap: readonly UnwrapRule[];
  readonly fill: ValueObject;
  readonly request?: RequestRule;
  /** Where a reply of each kind carries the id of its request. */
  readonly reply: ReadonlyMap<string, Pointer>;
  /** Kinds whose frames may come in any order; a kind that stands twice in a list also among themselves. */
  readonly unordered: readonly (readonly string[])[];
  /** Account data with `$(n)` and `$(unique)` in it. */
  readonly accounts: ValueObject;
  /** The first is the one of a plain run; one without options where the file names none. */
  readonly configurations: readonly Configuration[];
  /** Of the codec `protobuf`: how the fields of messages stand in frames. */
  readonly fieldForms: FieldForms;
  /** Module beside the file that exports `operators` and `codecs`. */
  readonly code?: string;
  /** What the scenario language reads itself. */
  readonly language: PackLanguage;
}

export interface TransportRow {
  readonly name: string;
  readonly kind: TransportProfile['kind'];
  readonly path?: string;
  readonly endpoint?: string;
  readonly session?: { readonly at: Pointer; readonly query: string };
  readonly opcode: 'text' | 'binary';
  /** `json`, `text`, `protobuf` or a codec of the pack's own code. */
  readonly codec: string;
  readonly role: 'client' | 'server';
  readonly message: boolean;
  readonly quietUs?: number;
  readonly receiveMaxBytes?: SizeBound;
}

/** A number of bytes, or the name of the limit that says it. */
export type SizeBound = number | { readonly limit: string };

export type KindRule =
  /** The texts at the pointers, joined by `-`; what is not there is left out. */
  | { readonly by: 'pointers'; readonly pointers: readonly Pointer[] }
  /** The top member that names a kind; the first if none does. A frame that is a number is of the kind `number`, if there is one. */
  | { readonly by: 'member' }
  /** The first row that matches. */
  | { readonly by: 'pattern'; readonly rows: readonly { readonly name: string; readonly when: Pattern }[] };

/** The array at `at` in a matching frame stands for its elements, recursively. */
export interface UnwrapRule {
  readonly when: Pattern;
  readonly at: Pointer;
}

export interface RequestRule {
  readonly id: Pointer;
  /** Template of a missing id, `c$(n)`; `$(n)` alone makes an integer. */
  readonly make: string;
  /** Kinds that carry no id. */
  readonly except: readonly string[];
}
