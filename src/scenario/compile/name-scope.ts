import type { Located } from '../../documents/located.ts';
import type { Span } from '../../foundation/span.ts';

/**
 * The names of one scope instance: a scenario, one expansion of a fragment, one turn of a forEach (language, section 7).
 * Slots are unique in the plan: the scenario's own are plain, others begin with the number of their scope.
 */
export interface NameScope {
  readonly number: number;
  readonly kind: 'scenario' | 'fragment' | 'turn' | 'pack';
  /** The scope around a turn: all its names are seen. */
  readonly around?: NameScope;
  /** Who included this fragment: only what its clients carry with them is seen. */
  readonly includer?: NameScope;
  /** Variables, parameters and forEach names: read where they are used. */
  readonly macros: Map<string, Macro>;
  readonly clients: Map<string, ClientName>;
  readonly captures: Map<string, Capture>;
  /** What an include gave under `as`. */
  readonly groups: Map<string, ReadonlyMap<string, Capture>>;
  /** Names that went to a client: by client of the plan, then by name. */
  readonly ofClient: Map<string, Map<string, Capture>>;
  /** Slots that names have elsewhere, because they are given to the includer. */
  readonly slots: ReadonlyMap<string, string>;
  readonly marks: Map<string, Span>;
  /** Every name that the scope's steps bind anywhere: to tell "too early" from "unknown". */
  readonly written: () => ReadonlyMap<string, Span>;
}

export interface Macro {
  readonly name: string;
  readonly node: Located;
  /** Where the names in the node are looked up. */
  readonly scope: NameScope;
  readonly span: Span;
}

/** A client as a scope calls it: clients of the plan; several where a fragment declares `many`. */
export interface ClientName {
  readonly clients: readonly string[];
  readonly many: boolean;
  readonly span: Span;
}

export interface Capture {
  readonly name: string;
  /** In the plan. Names that went to a client: `<client>.<rest>`. */
  readonly slot: string;
  readonly span: Span;
  /** Number of the expectation that binds it; 0 for what is bound by an act or a fetch. */
  readonly expect: number;
  /** Node of the repeat that it is bound in; 0 outside. */
  readonly repeat: number;
  /** `maybe`: only in an optional, or in some alternatives. */
  certainty: 'bound' | 'maybe';
}

/** Stands for a client that was asked for and is not there, so that one mistake is told once. */
export const missingClient = '?';

const none: ReadonlyMap<string, never> = new Map<string, never>();

export function openScope(
  about: Pick<NameScope, 'number' | 'kind'> & Partial<Pick<NameScope, 'around' | 'includer' | 'slots' | 'written'>>,
): NameScope {
  return {
    slots: none,
    written: () => none,
    ...about,
    macros: new Map(),
    clients: new Map(),
    captures: new Map(),
    groups: new Map(),
    ofClient: new Map(),
    marks: new Map(),
  };
}

/** A scope with the same names that goes its own way from here. */
export function copyScope(scope: NameScope): NameScope {
  const copy: NameScope = {
    ...scope,
    macros: new Map(),
    clients: new Map(scope.clients),
    captures: new Map(scope.captures),
    groups: new Map(scope.groups),
    ofClient: new Map([...scope.ofClient].map(([client, names]) => [client, new Map(names)])),
    marks: new Map(scope.marks),
  };
  for (const [name, macro] of scope.macros)
    copy.macros.set(name, macro.scope === scope ? { ...macro, scope: copy } : macro);
  return copy;
}

/** The scope and those around it, innermost first. */
export function* scopesAround(scope: NameScope): Generator<NameScope> {
  for (let each: NameScope | undefined = scope; each; each = each.around) yield each;
}

/** The scenario or fragment that a scope belongs to. */
export function bodyOf(scope: NameScope): NameScope {
  return scope.around ? bodyOf(scope.around) : scope;
}

export function slotFor(scope: NameScope, name: string): string {
  return scope.slots.get(name) ?? `${slotPrefix(scope)}${name}`;
}

export function slotPrefix(scope: NameScope): string {
  return scope.kind === 'scenario' ? '' : `${scope.number}:`;
}

/** A name that went to a client, seen from a scope: its own, those around, and those of its includers. */
export function captureOfClient(scope: NameScope, client: string, name: string): Capture | undefined {
  for (let each: NameScope | undefined = scope; each; each = each.around ?? each.includer) {
    const capture = each.ofClient.get(client)?.get(name);
    if (capture) return capture;
  }
  return undefined;
}

export function giveToClient(scope: NameScope, client: string, capture: Capture): void {
  const names = scope.ofClient.get(client) ?? new Map<string, Capture>();
  scope.ofClient.set(client, names.set(capture.name, capture));
}
