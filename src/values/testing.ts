import type { Located } from '../documents/located.ts';
import type { Span } from '../foundation/span.ts';
import type { Value } from '../foundation/value.ts';
import type { Built } from './built.ts';
import type { Environment, NameBinding, Operator, Scope, Source } from './expression.ts';
import type { Pattern } from './pattern.ts';
import { readBuilt } from './read-built.ts';
import { readPattern } from './read-pattern.ts';

/** For the tests of this room: nodes without a file, names without a scenario. */

export const span: Span = { file: 'test.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** What YAML could hold, as nodes. */
export type Written =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Written[]
  | { readonly [key: string]: Written };

export function locate(written: Written): Located {
  if (Array.isArray(written)) return { type: 'list', span, elements: written.map(locate) };
  if (typeof written === 'object' && written !== null) {
    return {
      type: 'map',
      span,
      entries: Object.entries(written).map(([key, value]) => ({ key, keySpan: span, value: locate(value) })),
    };
  }
  return { type: 'scalar', span, value: written as null | boolean | number | bigint | string, quoted: false };
}

export interface TestEnvironment extends Environment {
  /** `code: message (suggestion)` of what was reported. */
  readonly problems: string[];
}

export interface Names {
  readonly sources?: Readonly<Record<string, Source>>;
  /** Macros: read where they are used, in this same environment. */
  readonly macros?: Readonly<Record<string, Written>>;
  readonly operators?: readonly Operator[];
  readonly payload?: boolean;
}

const roots: Readonly<Record<string, Source>> = {
  unique: { from: 'unique' },
  i: { from: 'turn' },
  self: { from: 'self' },
  pack: { from: 'pack' },
  limits: { from: 'limits' },
  timers: { from: 'timers' },
  accounts: { from: 'accounts' },
};

/** Names that are neither sources nor macros are captures, if they have been bound or are one of `x`, `y`, `seq`. */
export function environmentOf({
  sources = {},
  macros = {},
  operators = [],
  payload = false,
}: Names = {}): TestEnvironment {
  const problems: string[] = [];
  const slots = new Set(['x', 'y', 'seq']);
  const nodes = new Map(Object.entries(macros).map(([name, written]) => [name, locate(written)]));
  const environment: TestEnvironment = {
    problems,
    payload,
    operators: new Map(operators.map(operator => [operator.name, operator])),
    resolve(path) {
      const [name, ...rest] = path;
      const node = nodes.get(name!);
      if (node) return { binding: { kind: 'node', node, environment }, rest };
      const source: Source | undefined =
        sources[name!] ?? roots[name!] ?? (slots.has(name!) ? { from: 'slot', slot: name!, turn: false } : undefined);
      if (source) return { binding: { kind: 'source', source } satisfies NameBinding, rest };
      problems.push(`unknown-name: ${name}`);
      return undefined;
    },
    bind(name) {
      slots.add(name);
      return { slot: name, turn: false };
    },
    report({ code, message, suggestion }) {
      problems.push(`${code}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`);
    },
  };
  return environment;
}

export interface ScopeParts {
  readonly slots?: Readonly<Record<string, Value>>;
  readonly accounts?: Readonly<Record<string, Value>>;
  readonly turn?: number;
  readonly pack?: Value;
  readonly limits?: Value;
  readonly timers?: Value;
  readonly reveal?: (text: string) => string;
}

export function scopeOf({ slots = {}, accounts = {}, turn, reveal, ...values }: ScopeParts = {}): Scope {
  return {
    slot: slot => (Object.hasOwn(slots, slot) ? slots[slot] : undefined),
    account: client => accounts[client],
    self: 'alice',
    turn,
    unique: 'ab12cd34',
    root: name => (name === 'accounts' ? Object.values(accounts) : (values[name] ?? {})),
    nowMs: 1764504000123,
    ...(reveal && { reveal }),
  };
}

/** A pattern that must be right. */
export function patternOf(written: Written, names: Names = {}): Pattern {
  const environment = environmentOf(names);
  const pattern = readPattern(locate(written), environment);
  if (environment.problems.length > 0) throw new Error(environment.problems.join('\n'));
  return pattern;
}

/** A built value that must be right. */
export function builtOf(written: Written, names: Names = {}): Built {
  const environment = environmentOf(names);
  const built = readBuilt(locate(written), environment);
  if (environment.problems.length > 0) throw new Error(environment.problems.join('\n'));
  return built;
}

/** What reading a pattern reports. */
export function problemsOf(written: Written, names: Names = {}): readonly string[] {
  const environment = environmentOf(names);
  readPattern(locate(written), environment);
  return environment.problems;
}

/** What reading a built value reports. */
export function builtProblemsOf(written: Written, names: Names = {}, read = readBuilt): readonly string[] {
  const environment = environmentOf(names);
  read(locate(written), environment);
  return environment.problems;
}
