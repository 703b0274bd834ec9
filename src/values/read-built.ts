import type { Located, LocatedList, LocatedMap, LocatedScalar } from '../documents/located.ts';
import { setMember, type Value } from '../foundation/value.ts';
import type { Built, BuiltBody } from './built.ts';
import type { Environment, Expression, TextPart } from './expression.ts';
import { readBuilderObject, readBuilderText } from './read-builder.ts';
import { type Piece, type Reference, readPieces, wholeReference } from './read-reference.ts';
import { readExpression, readTextParts } from './read-text.ts';
import { type BuiltReading, enterMacro, isOperatorKey, memberName, type Reading, resolveName } from './resolve-name.ts';

/** Reads a value that is sent (language, section 3). Every problem is reported; what could not be read is null. */
export function readBuilt(node: Located, environment: Environment): Built {
  return readNode(node, { environment, expanding: [], use: 'frame', fills: { count: 0 }, isMember: false });
}

/** Reads what `raw` sends: text, or bytes given by `$hex` or `$base64`, which are written so and not encoded. */
export function readRaw(node: Located, environment: Environment): Built {
  return readNode(node, { environment, expanding: [], use: 'raw', fills: { count: 0 }, isMember: false });
}

/** A value inside a pattern: an operator's argument, a macro in text. */
export function readValueInPattern(node: Located, reading: Reading): Built {
  const { environment, expanding } = reading;
  return readNode(node, { environment, expanding, use: 'pattern', fills: { count: 0 }, isMember: false });
}

export function readExpressionInPattern(reference: Reference, reading: Reading): Expression | undefined {
  return readExpression(reference, reading, readValueInPattern);
}

export function readTextInPattern(
  pieces: readonly Piece[],
  reading: Reading,
  escaped?: (text: string) => string,
): readonly TextPart[] {
  return readTextParts(pieces, reading, readValueInPattern, escaped);
}

function readNode(node: Located, reading: BuiltReading): Built {
  if (node.type === 'list') return readList(node, inside(reading));
  if (node.type === 'map') return readMap(node, reading);
  return typeof node.value === 'string' ? readText(node, node.value, reading) : literal(node, node.value);
}

function readText(node: LocatedScalar, text: string, reading: BuiltReading): Built {
  const builder = readBuilderText(node, text, reading);
  if (builder) return { ...builder, span: node.span };
  const pieces = readPieces(node, text, reading.environment.report);
  const reference = wholeReference(pieces);
  if (reference && !reference.spread) return readReference(node, reference, reading);
  const parts = readTextParts(pieces, inside(reading), readNode);
  const [first] = parts;
  if (parts.length === 1 && typeof first === 'string') return literal(node, first);
  return { op: 'text', parts, span: node.span };
}

/** Text that is one reference only takes the value with its type; of a macro, what it would be if it stood here. */
function readReference(node: Located, reference: Reference, reading: BuiltReading): Built {
  const [term] = reference.terms;
  if (reference.terms.length === 1 && 'path' in term! && term.sign === 1) {
    const resolved = resolveName(term.path, reference.span, reading.environment);
    if (!resolved) return literal(node, null);
    if (resolved.kind === 'node' && resolved.path.length === 0) {
      const macro = enterMacro(reading, resolved, reference.text, reference.span);
      return macro ? readNode(resolved.node, macro) : literal(node, null);
    }
  }
  const expression = readExpression(reference, inside(reading), readNode);
  return expression ? { op: 'reference', expression, span: node.span } : literal(node, null);
}

function readList(node: LocatedList, reading: BuiltReading): Built {
  const elements = node.elements.flatMap((element): (Built | Spread)[] => {
    const reference = spreadOf(element);
    return reference ? readSpread(element, reference, reading) : [readNode(element, reading)];
  });
  const values: Value[] = [];
  for (const element of elements) {
    if (element.op !== 'literal') return { op: 'list', elements, span: node.span };
    values.push(element.value);
  }
  return literal(node, values);
}

type Spread = (Built & { op: 'list' })['elements'][number] & { op: 'spread' };

function readSpread(node: Located, reference: Reference, reading: BuiltReading): (Built | Spread)[] {
  const expression = readExpression(reference, reading, readNode);
  return expression ? [{ op: 'spread', expression, span: node.span }] : [];
}

/** The reference of a list element `$(...list)`. */
export function spreadOf(node: Located): Reference | undefined {
  if (node.type !== 'scalar' || typeof node.value !== 'string' || !node.value.startsWith('$(...')) return undefined;
  // A problem in it is reported when it is read as text.
  const reference = wholeReference(readPieces(node, node.value, () => {}));
  return reference?.spread ? reference : undefined;
}

function readMap(node: LocatedMap, reading: BuiltReading): Built {
  const operators = node.entries.filter(({ key }) => isOperatorKey(key));
  if (operators.length > 0) {
    if (operators.length < node.entries.length) reportMixed(node, reading.environment);
    return { ...readBuilderObject(node, operators, reading, readNode), span: node.span };
  }
  const members = node.entries.map(({ key, value }) => ({
    name: memberName(key),
    built: readNode(value, { ...reading, isMember: true }),
  }));
  const object: Record<string, Value> = {};
  for (const { name, built } of members) {
    if (built.op !== 'literal') return { op: 'object', members, span: node.span };
    setMember(object, name, built.value);
  }
  return literal(node, object);
}

/** Members and operators in one object (language, section 3). */
export function reportMixed(node: LocatedMap, environment: Environment): void {
  const member = node.entries.find(({ key }) => !isOperatorKey(key))!;
  const operator = node.entries.find(({ key }) => isOperatorKey(key))!;
  environment.report({
    code: 'mixed-operators',
    message: `expected members or operators, ${member.key} beside ${operator.key} came`,
    span: member.keySpan,
    suggestion: `write $${operator.key} if it is a member's name`,
  });
}

function inside(reading: BuiltReading): BuiltReading {
  return reading.isMember ? { ...reading, isMember: false } : reading;
}

function literal(node: Located, value: Value): Built & BuiltBody & { op: 'literal' } {
  return { op: 'literal', value, span: node.span };
}
