import type { Located, LocatedList, LocatedMap, LocatedScalar } from '../documents/located.ts';
import type { Environment } from './expression.ts';
import { operatorName } from './operator-names.ts';
import { makePattern, type Pattern, type PatternElement } from './pattern.ts';
import { readExpressionInPattern, readTextInPattern, reportMixed, spreadOf } from './read-built.ts';
import { type PatternReading, readOperator } from './read-operator.ts';
import { pathOf, type Reference, readPieces, wholeReference } from './read-reference.ts';
import { enterMacro, isOperatorKey, memberName, type Resolved, resolveName } from './resolve-name.ts';

/** Reads a pattern (language, section 3). Every problem is reported; what could not be read matches anything. */
export function readPattern(node: Located, environment: Environment): Pattern {
  return readNode(node, { environment, expanding: [], mayCapture: true, mayBeAbsent: false, readNode, readElements });
}

/** The pattern of something that may not be there, such as a header. */
export function readMemberPattern(node: Located, environment: Environment): Pattern {
  return readNode(node, { environment, expanding: [], mayCapture: true, mayBeAbsent: true, readNode, readElements });
}

function readNode(node: Located, reading: PatternReading): Pattern {
  if (node.type === 'list')
    return makePattern({ op: 'list', elements: readElements(node, { ...reading, mayBeAbsent: false }) }, node.span);
  if (node.type === 'map') return readMap(node, reading);
  return typeof node.value === 'string'
    ? readText(node, node.value, reading)
    : makePattern({ op: 'equal', value: node.value }, node.span);
}

function readText(node: LocatedScalar, text: string, reading: PatternReading): Pattern {
  const name = operatorName(text);
  if (name !== undefined) return readOperator(name, node.span, undefined, reading);
  const pieces = readPieces(node, text, reading.environment.report);
  const reference = wholeReference(pieces);
  if (reference && !reference.spread) return readReference(node, reference, reading);
  const parts = readTextInPattern(pieces, reading);
  const [first] = parts;
  if (parts.length === 1 && typeof first === 'string') return makePattern({ op: 'equal', value: first }, node.span);
  return makePattern({ op: 'text', parts }, node.span);
}

/** Text that is one reference only: of a macro, the pattern that it would be if it stood here. */
function readReference(node: Located, reference: Reference, reading: PatternReading): Pattern {
  const macro = macroOf(reference, reading);
  if (macro === 'nowhere') return makePattern({ op: 'any' }, node.span);
  if (macro) {
    const inside = enterMacro(reading, macro, reference.text, reference.span);
    return inside ? readNode(macro.node, inside) : makePattern({ op: 'any' }, node.span);
  }
  const expression = readExpressionInPattern(reference, reading);
  return makePattern(expression ? { op: 'reference', expression } : { op: 'any' }, node.span);
}

/** The node that a reference leads to; undefined if it leads to a value; `nowhere`, reported, if to nothing. */
function macroOf(reference: Reference, reading: PatternReading): (Resolved & { kind: 'node' }) | 'nowhere' | undefined {
  const path = pathOf(reference);
  if (!path) return undefined;
  const resolved = resolveName(path, reference.span, reading.environment);
  if (!resolved) return 'nowhere';
  return resolved.kind === 'node' && resolved.path.length === 0 ? resolved : undefined;
}

function readMap(node: LocatedMap, reading: PatternReading): Pattern {
  const operators = node.entries.filter(({ key }) => isOperatorKey(key));
  if (operators.length === 0) {
    const inside: PatternReading = { ...reading, mayBeAbsent: true };
    const members = node.entries.map(({ key, value }) => ({ name: memberName(key), pattern: readNode(value, inside) }));
    return makePattern({ op: 'object', members, exact: false }, node.span);
  }
  if (operators.length < node.entries.length) reportMixed(node, reading.environment);
  const patterns = operators.map(({ key, keySpan, value }) => readOperator(key, keySpan, value, reading));
  return patterns.length === 1 ? patterns[0]! : makePattern({ op: 'all', of: patterns }, node.span);
}

/**
 * The elements of a list, or what stands for one: a single element, or a reference to a list (language, section 2: one element
 * may stand without the list).
 */
function readElements(node: Located, reading: PatternReading): readonly PatternElement[] {
  if (node.type === 'list') return readListElements(node, reading);
  const text = node.type === 'scalar' && typeof node.value === 'string' ? node.value : '';
  const reference = text.includes('$(') ? wholeReference(readPieces(node as LocatedScalar, text, () => {})) : undefined;
  return reference ? readSpread(node, reference, reading) : [readNode(node, reading)];
}

function readListElements(node: LocatedList, reading: PatternReading): readonly PatternElement[] {
  return node.elements.flatMap(element => {
    const spread = spreadOf(element);
    return spread ? readSpread(element, spread, reading) : [readNode(element, reading)];
  });
}

function readSpread(node: Located, reference: Reference, reading: PatternReading): readonly PatternElement[] {
  const macro = macroOf(reference, reading);
  if (macro === 'nowhere') return [];
  if (macro) {
    const inside = enterMacro(reading, macro, reference.text, reference.span);
    return inside ? readElements(macro.node, inside) : [];
  }
  const expression = readExpressionInPattern(reference, reading);
  return expression ? [{ op: 'spread', expression, span: node.span }] : [];
}
