import type { Located, LocatedEntry, LocatedMap } from '../documents/located.ts';
import { nearest } from '../documents/nearest.ts';
import type { TextPart } from './expression.ts';
import type { Bound } from './pattern.ts';
import { readExpressionInPattern, readTextInPattern } from './read-built.ts';
import { describeNode } from './read-capture.ts';
import { readPieces, wholeReference } from './read-reference.ts';
import { escapeForRegex, regexProblem } from './regex.ts';
import type { Reading } from './resolve-name.ts';

export interface Bounds {
  min?: Bound;
  max?: Bound;
}

export interface StringArguments extends Bounds {
  pattern?: readonly TextPart[];
  has?: readonly TextPart[];
  anyCase?: readonly TextPart[];
}

/** `{min, max}` of `$integer`, `$number` and `$array`. */
export function readBounds(name: string, node: Located, reading: Reading): Bounds {
  const read: Bounds = {};
  for (const entry of entriesOf(name, ['min', 'max'], node, reading)) readBound(name, entry, read, reading);
  checkOrder(name, read, node, reading);
  return read;
}

/** `{min, max, pattern, has, anyCase}` of `$string`. */
export function readStringArguments(node: Located, reading: Reading): StringArguments {
  const read: StringArguments = {};
  for (const entry of entriesOf('$string', ['min', 'max', 'pattern', 'has', 'anyCase'], node, reading)) {
    if (entry.key === 'pattern') read.pattern = readRegex(entry.value, reading);
    else if (entry.key === 'has' || entry.key === 'anyCase')
      read[entry.key] = readParts(entry.key, entry.value, reading);
    else readBound('$string', entry, read, reading);
  }
  checkOrder('$string', read, node, reading);
  return read;
}

function entriesOf(name: string, known: readonly string[], node: Located, reading: Reading): readonly LocatedEntry[] {
  if (node.type !== 'map') {
    const message = `expected { ${known.join(', ')} } behind ${name}, ${describeNode(node)} came`;
    reading.environment.report({
      code: 'bad-argument',
      message,
      span: node.span,
      suggestion: `write ${name} alone for any`,
    });
    return [];
  }
  return (node as LocatedMap).entries.filter(({ key, keySpan }) => {
    if (known.includes(key)) return true;
    const near = nearest(key, known);
    reading.environment.report({
      code: 'unknown-argument',
      message: `expected ${known.join(', ')} as arguments of ${name}, "${key}" came`,
      span: keySpan,
      ...(near !== undefined && { suggestion: `did you mean "${near}"?` }),
    });
    return false;
  });
}

function readBound(name: string, { key, value }: LocatedEntry, into: Bounds, reading: Reading): void {
  const bound = boundOf(value, reading);
  const isCount = name === '$string' || name === '$array';
  const isRight =
    bound !== undefined &&
    (typeof bound !== 'number' ||
      (isCount ? Number.isSafeInteger(bound) && bound >= 0 : name === '$number' || Number.isInteger(bound)));
  if (isRight) {
    into[key as 'min' | 'max'] = bound;
  } else if (bound !== undefined || !isReference(value)) {
    const what = isCount ? 'a whole number, 0 or more,' : name === '$integer' ? 'an integer' : 'a number';
    reading.environment.report({
      code: 'bad-argument',
      message: `expected ${what} as ${key} of ${name}, ${describeNode(value)} came`,
      span: value.span,
    });
  }
}

/** Undefined if it is neither a number nor a reference, or a reference that leads nowhere, which has been reported. */
function boundOf(node: Located, reading: Reading): Bound | undefined {
  if (node.type !== 'scalar') return undefined;
  if (typeof node.value === 'number') return node.value;
  const { span } = node;
  if (typeof node.value === 'bigint')
    return {
      terms: [{ sign: 1, source: { from: 'constant', value: node.value }, path: [] }],
      text: String(node.value),
      span,
    };
  if (typeof node.value !== 'string') return undefined;
  const reference = wholeReference(readPieces(node, node.value, () => {}));
  const expression = reference && readExpressionInPattern(reference, reading);
  const [term] = expression?.terms ?? [];
  const known =
    expression?.terms.length === 1 && term!.source.from === 'built' && term!.source.built.op === 'literal'
      ? term!.source.built.value
      : undefined;
  return typeof known === 'number' && term!.path.length === 0 ? known : expression;
}

function isReference(node: Located): boolean {
  return node.type === 'scalar' && typeof node.value === 'string' && node.value.startsWith('$(');
}

function checkOrder(name: string, { min, max }: Bounds, node: Located, reading: Reading): void {
  if (typeof min !== 'number' || typeof max !== 'number' || min <= max) return;
  reading.environment.report({
    code: 'bad-argument',
    message: `expected min of ${name} to be at most max, ${min} and ${max} came`,
    span: node.span,
  });
}

/** An ECMAScript regular expression; what references insert in it is taken literally. */
function readRegex(node: Located, reading: Reading): readonly TextPart[] {
  const parts = readParts('pattern', node, reading, escapeForRegex);
  const problem = regexProblem(parts.map(part => (typeof part === 'string' ? part : 'x')).join(''));
  if (problem !== undefined) {
    const message = `expected a regular expression that compiles with the flag u, ${describeNode(node)} came: ${problem}`;
    reading.environment.report({ code: 'bad-regex', message, span: node.span });
    return [''];
  }
  return parts;
}

function readParts(
  key: string,
  node: Located,
  reading: Reading,
  escaped?: (text: string) => string,
): readonly TextPart[] {
  if (node.type !== 'scalar' || typeof node.value !== 'string') {
    const message = `expected text as ${key} of $string, ${describeNode(node)} came`;
    reading.environment.report({ code: 'bad-argument', message, span: node.span, suggestion: 'put it in quotes' });
    return [''];
  }
  return readTextInPattern(readPieces(node, node.value, reading.environment.report), reading, escaped);
}
