import { entryOf, type Located } from '../../documents/located.ts';
import type { Span } from '../../foundation/span.ts';
import type { Environment } from '../../values/expression.ts';
import { pathOf, type Reference, readPieces, wholeReference } from '../../values/read-reference.ts';
import { resolveName } from '../../values/resolve-name.ts';
import type { At } from '../files/file-types.ts';
import { environmentAt } from './environment.ts';
import type { Place } from './place.ts';

/**
 * What must be known when the file is read (language, section 1, rule 4): check ids, names of clients and fragments, lists of
 * forEach. References in them may lead to literals only: variables, parameters, cases, names of forEach.
 */
export interface Settled {
  readonly node: Located;
  /** Where the names inside the node are looked up. */
  readonly environment: Environment;
}

/** Follows references to the node that is meant; undefined where one leads to a value that only the run knows. */
export function settle(node: Located, environment: Environment): Settled | undefined {
  const reference = referenceIn(node);
  if (!reference || reference.spread) return { node, environment };
  return settleReference(reference, environment);
}

function referenceIn(node: Located): Reference | undefined {
  if (node.type !== 'scalar' || typeof node.value !== 'string' || !node.value.startsWith('$(')) return undefined;
  return wholeReference(readPieces(node, node.value, () => {}));
}

function settleReference(reference: Reference, environment: Environment): Settled | undefined {
  const path = pathOf(reference);
  const resolved = path && resolveName(path, reference.span, environment);
  if (resolved?.kind !== 'node') return undefined;
  const settled = settle(resolved.node, resolved.environment);
  return settled && membersAt(settled, resolved.path);
}

/** What `resolveName` leaves of a path: a name that maps over a list. */
function membersAt(from: Settled, path: readonly string[]): Settled | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return from;
  const { node, environment } = from;
  if (node.type === 'map') {
    const entry = entryOf(node, name);
    const child = entry && settle(entry.value, environment);
    return child && membersAt(child, rest);
  }
  if (node.type !== 'list') return undefined;
  const mapped = settleElements(node, environment)?.map(element => {
    const settled = settle(element.node, element.environment);
    return settled && membersAt(settled, path)?.node;
  });
  return mapped?.every(each => each !== undefined) ? { node: { ...node, elements: mapped }, environment } : undefined;
}

/** The elements of a literal list, spreads included; one element may stand without the list. */
export function settleElements(node: Located, environment: Environment): readonly Settled[] | undefined {
  const settled = settle(node, environment);
  if (settled?.node.type !== 'list') return settled && [settled];
  const elements: Settled[] = [];
  for (const element of settled.node.elements) {
    const reference = referenceIn(element);
    if (!reference?.spread) {
      elements.push({ node: element, environment: settled.environment });
      continue;
    }
    const list = settleReference(reference, settled.environment);
    const more = list?.node.type === 'list' ? settleElements(list.node, list.environment) : undefined;
    if (!more) return undefined;
    elements.push(...more);
  }
  return elements;
}

/** Text of the file with its references filled in; what cannot be settled is reported. */
export function settleText(at: At<string>, place: Place): string | undefined {
  if (!at.value.includes('$')) return at.value;
  const environment = environmentAt(place);
  const scalar = { type: 'scalar', value: at.value, span: at.span, quoted: true } as const;
  let text = '';
  for (const piece of readPieces(scalar, at.value, environment.report)) {
    const node = typeof piece === 'string' ? undefined : settleReference(piece, environment)?.node;
    const value = typeof piece === 'string' ? piece : node?.type === 'scalar' ? node.value : null;
    if (value === null) {
      reportUnsettled(place, at.value, at.span);
      return undefined;
    }
    text += String(value);
  }
  return text;
}

export function reportUnsettled(place: Place, written: string, span: Span): void {
  // A list that was not expanded because there is too much of it has been told.
  if (place.context.counts.full) return;
  place.context.report({
    code: 'not-settled',
    severity: 'error',
    message: `${written} has to be known when the file is read`,
    span,
    suggestion: 'use a literal, a variable, a parameter or a member of the case',
  });
}
