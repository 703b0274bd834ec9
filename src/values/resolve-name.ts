import type { Located, LocatedMap } from '../documents/located.ts';
import { nearest } from '../documents/nearest.ts';
import type { Span } from '../foundation/span.ts';
import type { Environment, Source } from './expression.ts';
import { pathOf, readPieces, wholeReference } from './read-reference.ts';

/** Where a path leads: to a source, or to a node of a file with the environment to read it in. */
export type Resolved =
  | { readonly kind: 'source'; readonly source: Source; readonly path: readonly string[] }
  /** `path`: what could not be followed in the file, and is followed in the value. */
  | {
      readonly kind: 'node';
      readonly node: Located;
      readonly environment: Environment;
      readonly path: readonly string[];
    };

/** What is being read, and inside of which macros: one that comes again refers to itself. */
export interface Reading {
  readonly environment: Environment;
  readonly expanding: readonly Located[];
}

/** Reading of a value that is built. */
export interface BuiltReading extends Reading {
  /** `encoded`: inside text that is encoded, so that its size in the frame is not its own. */
  readonly use: 'frame' | 'raw' | 'encoded' | 'pattern';
  /** `$fill` may stand once. */
  readonly fills: { count: number };
  /** It is the value of a member, so it may be left out. */
  readonly isMember: boolean;
}

/** Macros inside macros: more of them is taken for a mistake. */
const macroDepth = 64;

/** Resolves a path as far as it can be when the file is read. Reports and gives undefined where it leads nowhere. */
export function resolveName(
  path: readonly string[],
  span: Span,
  environment: Environment,
  depth = 0,
): Resolved | undefined {
  const named = environment.resolve(path, span);
  if (!named) return undefined;
  const { binding, rest } = named;
  if (binding.kind === 'source') return { kind: 'source', source: binding.source, path: rest };
  if (depth > macroDepth) return reportCycle(path.join('.'), span, environment);
  return follow(
    { kind: 'node', node: binding.node, environment: binding.environment, path: rest },
    span,
    environment,
    depth,
  );
}

/** Steps into a macro; undefined, and reported, if it refers to itself. */
export function enterMacro<R extends Reading>(
  reading: R,
  macro: Resolved & { kind: 'node' },
  text: string,
  span: Span,
): R | undefined {
  if (reading.expanding.includes(macro.node) || reading.expanding.length > macroDepth)
    return reportCycle(text, span, reading.environment);
  return { ...reading, environment: macro.environment, expanding: [...reading.expanding, macro.node] };
}

/** Keys that begin with one `$` are operators; `$$name` is the member `$name`. */
export function isOperatorKey(key: string): boolean {
  return key.startsWith('$') && !key.startsWith('$$');
}

export function memberName(key: string): string {
  return key.startsWith('$$') ? key.slice(1) : key;
}

function follow(
  at: Resolved & { kind: 'node' },
  span: Span,
  environment: Environment,
  depth: number,
): Resolved | undefined {
  const [name, ...rest] = at.path;
  const { node } = at;
  if (name === undefined) return at;
  if (node.type === 'map') {
    const entry = node.entries.find(({ key }) => !isOperatorKey(key) && memberName(key) === name);
    if (entry) return follow({ ...at, node: entry.value, path: rest }, span, environment, depth);
    return node.entries.some(({ key }) => isOperatorKey(key)) ? at : reportNoMember(name, node, span, environment);
  }
  if (node.type === 'list') {
    // A name maps over the elements and a spread moves them: both need the value.
    if (!/^\d+$/.test(name) || node.elements.some(isSpread)) return at;
    const element = node.elements[Number(name)];
    if (element) return follow({ ...at, node: element, path: rest }, span, environment, depth);
    environment.report({
      code: 'unknown-member',
      message: `expected an index below ${node.elements.length}, ${name} came`,
      span,
    });
    return undefined;
  }
  const path = pathOfScalar(node);
  if (path) return resolveName([...path, ...at.path], span, at.environment, depth + 1);
  const came = typeof node.value === 'string' ? 'text' : String(node.value);
  environment.report({
    code: 'unknown-member',
    message: `expected an object or a list with "${name}" in it, ${came} came`,
    span,
  });
  return undefined;
}

function pathOfScalar(node: Located): readonly string[] | undefined {
  if (node.type !== 'scalar' || typeof node.value !== 'string') return undefined;
  const reference = wholeReference(readPieces(node, node.value, () => {}));
  return reference && !reference.spread ? pathOf(reference) : undefined;
}

function isSpread(node: Located): boolean {
  return node.type === 'scalar' && typeof node.value === 'string' && node.value.startsWith('$(...');
}

function reportNoMember(name: string, map: LocatedMap, span: Span, environment: Environment): undefined {
  const names = map.entries.map(({ key }) => memberName(key));
  const near = nearest(name, names);
  environment.report({
    code: 'unknown-member',
    message: `expected one of the members ${names.join(', ')}, "${name}" came`,
    span,
    ...(near !== undefined && { suggestion: `did you mean "${near}"?` }),
  });
  return undefined;
}

function reportCycle(text: string, span: Span, environment: Environment): undefined {
  environment.report({
    code: 'macro-cycle',
    message: `expected a name that does not need itself, $(${text}) came`,
    span,
  });
  return undefined;
}
