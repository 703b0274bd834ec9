import type { Diagnostic } from '../../foundation/diagnostic.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { Span } from '../../foundation/span.ts';
import type { ValueObject } from '../../foundation/value.ts';
import type { AccountMode, PackLanguage } from '../../packs/file-types.ts';
import type { Operator } from '../../values/expression.ts';
import type { FragmentFile } from '../files/file-types.ts';

/** What a pack folder gives to the scenarios in it. */
export interface SuiteSource {
  readonly pack: Pack;
  readonly language: PackLanguage;
  /** By the name that `include` uses: the path below `fragments/`, without `.yaml`. */
  readonly fragments: ReadonlyMap<string, FragmentFile>;
  /** Fragments that are there but could not be read: their problems have been told. */
  readonly unreadable?: ReadonlySet<string>;
  /** Which recipe an actor runs, where it has one for each mode. */
  readonly accountMode: AccountMode;
  /** Text of every file by logical name. */
  readonly sourceTexts: ReadonlyMap<string, string>;
  readonly operators: ReadonlyMap<string, Operator>;
  /** Values, limits and timers that only targets supply, as known names; the lint knows the target files of the folder. */
  readonly targetNames?: readonly TargetNames[];
}

export interface TargetNames {
  readonly values: ValueObject;
  readonly limits: ValueObject;
  readonly timers: ValueObject;
}

export type Report = (diagnostic: Diagnostic) => void;

/** What the lint wants to know of a compilation besides the plan. A definition is known by its span, however often it is expanded. */
export interface Trace {
  define(kind: DefinedKind, name: string, span: Span): void;
  use(span: Span): void;
  check(id: string, span: Span): void;
  /** A part was left out, because its file could not be read: what seems wrong may be right. */
  incomplete(): void;
}

export type DefinedKind = 'name' | 'variable' | 'parameter' | 'client' | 'mark' | 'case' | 'step' | 'branch';

export const noTrace: Trace = { define: () => {}, use: () => {}, check: () => {}, incomplete: () => {} };
