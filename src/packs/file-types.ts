import type { Located, LocatedMap } from '../documents/located.ts';
import type { Span } from '../foundation/span.ts';
import type { Value, ValueObject } from '../foundation/value.ts';
import type { Level } from '../foundation/verdict.ts';
import type { Pattern } from '../values/pattern.ts';

/** `requirements.yaml`, read. */
export interface Ledger {
  readonly title: string;
  readonly protocol: string;
  readonly file: string;
  readonly sources: readonly LedgerSource[];
  readonly requirements: readonly Requirement[];
  readonly byId: ReadonlyMap<string, Requirement>;
}

export interface LedgerSource {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly string[];
}

export interface Requirement {
  readonly id: string;
  readonly level: Level;
  readonly text: string;
  readonly source: { readonly id: string; readonly section: string };
  /** Frame members that the row is about; `at` is a JSON Pointer. */
  readonly members: readonly { readonly kind: string; readonly at: string }[];
  /** Frame members that must not be there. */
  readonly forbids: readonly { readonly kind: string; readonly at: string }[];
  readonly since?: string;
  readonly until?: string;
  readonly needs: readonly string[];
  readonly interpretation: boolean;
  readonly excluded?: string;
  readonly span: Span;
}

/** What of `pack.yaml` the scenario language reads itself: patterns and steps, as they stand. */
export interface PackLanguage {
  readonly foreign?: Located;
  readonly ignore?: Located;
  readonly barrier?: {
    readonly params: LocatedMap | undefined;
    readonly proves: string;
    readonly steps: Located;
    readonly span: Span;
  };
  readonly actors: readonly Actor[];
  readonly sources: ReadonlyMap<string, readonly string[]>;
  readonly capabilities: readonly string[];
  readonly limits: ValueObject;
  readonly timers: ValueObject;
  readonly values: ValueObject;
  /** By profile name: overlays of values, limits, timers and capabilities. */
  readonly profiles: ReadonlyMap<string, ValueObject>;
  readonly load?: ValueObject;
  /** By transport name: what `transports` says of it to the language. */
  readonly transports?: ReadonlyMap<string, TransportLanguage>;
  readonly file: string;
}

/** Overlays of the pack's values on one transport, and the members that it cannot carry. */
export interface TransportLanguage {
  readonly limits?: ValueObject;
  readonly timers?: ValueObject;
  readonly values?: ValueObject;
  readonly omits: readonly Omission[];
}

/** Patterns do not ask for the member at `at` (pointer members, `*` for every one) of frames that match `when`; of all frames without it. */
export interface Omission {
  readonly when?: Located;
  /** The same, read as conditions of the pack are. */
  readonly pattern?: Pattern;
  readonly at: readonly string[];
}

export interface Actor {
  readonly name: string;
  readonly account: boolean;
  readonly transport?: string;
  readonly ignore?: Located;
  /** Fragment for every account mode, or one by mode. */
  readonly run?: string | Readonly<Partial<Record<AccountMode, string>>>;
  readonly span: Span;
}

/** One way to start the bundled server, and what is true of it then. */
export interface Configuration {
  readonly name: string;
  /** Options of `antiphon serve`. */
  readonly serve: readonly string[];
  readonly accounts?: { readonly mode: AccountMode; readonly list: readonly ValueObject[] };
  readonly profile?: string;
  /** Relative paths are in the folder in which the server runs. */
  readonly sources: Readonly<Record<string, SourceSupply>>;
  readonly limits: ValueObject;
  readonly timers: ValueObject;
  readonly values: ValueObject;
  readonly capabilities: Readonly<Record<string, boolean>>;
}

export type AccountMode = 'register' | 'list' | 'token';

/** A target file, read. Every text holds a stable reference, `⟦env.X⟧`, where the environment gave a value: put it back from `secrets` to connect or start. */
export interface TargetFile {
  readonly title: string;
  readonly protocol: string;
  readonly file: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly start?: StartCommand;
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly insecure?: boolean };
  readonly profile?: string;
  readonly accounts: { readonly mode: AccountMode; readonly list: readonly ValueObject[] };
  readonly sources: Readonly<Record<string, SourceSupply>>;
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly limits: ValueObject;
  readonly timers: ValueObject;
  readonly values: ValueObject;
  /** Stable reference to secret value, for every value that came from the environment. */
  readonly secrets: ReadonlyMap<string, string>;
}

export interface StartCommand {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Ready when a connection to this transport succeeds, a line on its output matches, or a file appears. */
  readonly ready: {
    readonly connect?: string;
    readonly output?: string;
    readonly file?: string;
    readonly withinUs: number;
  };
  readonly stop: { readonly signal: string; readonly withinUs: number };
}

export type SourceSupply =
  | { readonly kind: 'fixed'; readonly value: Value }
  | { readonly kind: 'file'; readonly path: string; readonly pattern?: string; readonly withinUs: number }
  | {
      readonly kind: 'command';
      readonly command: readonly string[];
      readonly pattern?: string;
      readonly withinUs: number;
    };
