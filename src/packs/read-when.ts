import type { Located } from '../documents/located.ts';
import { nearest } from '../documents/nearest.ts';
import { problem, type Report } from '../documents/shape.ts';
import type { Span } from '../foundation/span.ts';
import type { Environment, NameBinding } from '../values/expression.ts';
import type { Pattern } from '../values/pattern.ts';
import { readPattern } from '../values/read-pattern.ts';
import type { PackCode } from './pack-code.ts';
import type { PackSource } from './pack-shape.ts';

/** Reads a `when` pattern of the pack. */
export type WhenReader = (node: Located) => Pattern;

const roots = { pack: 'values', limits: 'limits', timers: 'timers' } as const;
type Root = keyof typeof roots;

/** A `when` speaks of frames only: it has no captures, and knows no names but the pack's own values, limits and timers. */
export function whenReader(source: PackSource, code: PackCode, report: Report): WhenReader {
  const error: Environment['report'] = each => report({ severity: 'error', ...each });
  const environment: Environment = {
    resolve: (path, span) => resolveRoot(source, path, span, report),
    bind(name, span) {
      report(problem('capture-not-here', `expected a pattern without captures, came $as: ${name}`, span, 'write $any'));
      return { slot: name, turn: false };
    },
    report: error,
    payload: false,
    operators: code.operators,
  };
  return node => readPattern(node, environment);
}

function resolveRoot(source: PackSource, path: readonly string[], span: Span, report: Report) {
  const [head = '', ...rest] = path;
  if (!isRoot(head)) {
    const near = nearest(head, Object.keys(roots));
    const message = `expected pack, limits or timers in a pattern of the pack, came ${head}`;
    report(problem('unknown-name', message, span, near ? `did you mean ${near}?` : 'write the value itself'));
    return undefined;
  }
  const known = namesOf(source, head);
  const [name] = rest;
  if (name !== undefined && !known.includes(name)) {
    const near = nearest(name, known);
    const suggestion = near ? `did you mean ${near}?` : `add it to ${roots[head]}`;
    report(
      problem('unknown-value', `expected a name among the ${roots[head]} of the pack, came ${name}`, span, suggestion),
    );
    return undefined;
  }
  const binding: NameBinding = { kind: 'source', source: { from: head } };
  return { binding, rest };
}

function isRoot(name: string): name is Root {
  return Object.hasOwn(roots, name);
}

/** Of the pack itself and of whatever lies over it. */
function namesOf(source: PackSource, root: Root): readonly string[] {
  const overlays = [
    source,
    ...source.transports.map(each => each.value),
    ...(source.profiles ?? []).map(each => each.value),
  ];
  return overlays.flatMap(overlay => Object.keys(overlay[roots[root]] ?? {}));
}
