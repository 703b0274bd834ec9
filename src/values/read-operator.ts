import type { Located } from '../documents/located.ts';
import type { Span } from '../foundation/span.ts';
import { patternOperators, reportUnknownOperator } from './operator-names.ts';
import { makePattern, type Pattern, type PatternBody, type PatternElement } from './pattern.ts';
import { readBounds, readStringArguments } from './read-bounds.ts';
import { readValueInPattern } from './read-built.ts';
import { describeNode, readCaptureName } from './read-capture.ts';
import type { Reading } from './resolve-name.ts';

export interface PatternReading extends Reading {
  /** Not inside `$not`. */
  readonly mayCapture: boolean;
  /** It is the value of a member, so the member may be absent. */
  readonly mayBeAbsent: boolean;
  /** The reader of any pattern, and that of what stands for a list of them. */
  readonly readNode: (node: Located, reading: PatternReading) => Pattern;
  readonly readElements: (node: Located, reading: PatternReading) => readonly PatternElement[];
}

/** One operator (language, section 3), with its argument if it has one. */
export function readOperator(
  name: string,
  span: Span,
  argument: Located | undefined,
  reading: PatternReading,
): Pattern {
  const custom = reading.environment.operators.get(name);
  if (custom) {
    const built = argument ? readValueInPattern(argument, reading) : { op: 'literal' as const, value: null, span };
    return makePattern({ op: 'custom', operator: custom, argument: built }, span);
  }
  if (name in withoutArgument) return makePattern(readWithoutArgument(name, span, argument, reading), span);
  if (argument === undefined && !(name in argumentOptional) && isKnown(name)) {
    return report(reading, 'bad-argument', `expected an argument of ${name}, none came`, span, `write { ${name}: … }`);
  }
  switch (name) {
    case '$string':
      return makePattern({ op: 'string', ...(argument && readStringArguments(argument, reading)) }, span);
    case '$integer':
      return makePattern({ op: 'integer', ...(argument && readBounds(name, argument, reading)) }, span);
    case '$number':
      return makePattern({ op: 'number', ...(argument && readBounds(name, argument, reading)) }, span);
    case '$array':
      return makePattern({ op: 'array', ...(argument && readBounds(name, argument, reading)) }, span);
    case '$time':
      return readTime(span, argument, reading);
    case '$oneOf':
    case '$set':
    case '$contains':
      return readList(name, span, argument!, reading);
    case '$not':
      return makePattern({ op: 'not', of: reading.readNode(argument!, { ...reading, mayCapture: false }) }, span);
    case '$exact':
      return readExact(span, argument!, reading);
    case '$each':
      return makePattern({ op: 'each', of: reading.readNode(argument!, inside(reading)) }, span);
    case '$json':
    case '$base64':
    case '$hex':
      return makePattern({ op: decoderOf[name], of: reading.readNode(argument!, inside(reading)) }, span);
    case '$after':
      return readAfter(span, argument!, reading);
    case '$as':
      return readCapture(span, argument!, reading);
    default:
      reportUnknownOperator(
        name,
        [...patternOperators, ...reading.environment.operators.keys()],
        'an operator',
        span,
        reading.environment,
      );
      return makePattern({ op: 'any' }, span);
  }
}

function readWithoutArgument(
  name: string,
  span: Span,
  argument: Located | undefined,
  reading: PatternReading,
): PatternBody {
  if (argument)
    report(
      reading,
      'bad-argument',
      `expected ${name} without argument, ${describeNode(argument)} came`,
      argument.span,
      `write ${name}`,
    );
  const op = withoutArgument[name]!;
  if (op === 'absent' && !reading.mayBeAbsent)
    report(reading, 'misplaced-operator', 'expected $absent as the pattern of a member', span);
  return { op };
}

function readTime(span: Span, argument: Located | undefined, reading: PatternReading): Pattern {
  if (!argument) return makePattern({ op: 'time', form: 'rfc3339' }, span);
  const form = argument.type === 'scalar' ? argument.value : undefined;
  if (form === 'rfc3339' || form === 'ms' || form === 's') return makePattern({ op: 'time', form }, span);
  return report(
    reading,
    'bad-argument',
    `expected rfc3339, ms or s behind $time, ${describeNode(argument)} came`,
    argument.span,
  );
}

function readAfter(span: Span, argument: Located, reading: PatternReading): Pattern {
  const [prefix, rest] = argument.type === 'list' && argument.elements.length === 2 ? argument.elements : [];
  if (rest && prefix?.type === 'scalar' && typeof prefix.value === 'string')
    return makePattern({ op: 'after', prefix: prefix.value, of: reading.readNode(rest, inside(reading)) }, span);
  const message = `expected a text and a pattern behind $after, ${describeNode(argument)} came`;
  return report(reading, 'bad-argument', message, argument.span, 'write { $after: [prefix, pattern] }');
}

function readList(
  name: '$oneOf' | '$set' | '$contains',
  span: Span,
  argument: Located,
  reading: PatternReading,
): Pattern {
  // Alternatives of a member may say that it is absent; elements of a list are there.
  const elements = reading.readElements(argument, name === '$oneOf' ? reading : inside(reading));
  if (name !== '$set' && elements.length === 0 && argument.type === 'list') {
    return report(reading, 'bad-argument', `expected at least one pattern behind ${name}, none came`, argument.span);
  }
  const op = name === '$oneOf' ? 'oneOf' : name === '$set' ? 'set' : 'contains';
  return makePattern({ op, elements }, span);
}

function readExact(span: Span, argument: Located, reading: PatternReading): Pattern {
  const pattern = reading.readNode(argument, inside(reading));
  if (pattern.op === 'object') return { ...pattern, exact: true };
  // A value that a reference gives is compared as a whole anyway.
  if (pattern.op === 'reference')
    return makePattern({ op: 'all', of: [makePattern({ op: 'isObject' }, span), pattern] }, span);
  return report(
    reading,
    'bad-argument',
    `expected an object of members behind $exact, ${describeNode(argument)} came`,
    argument.span,
  );
}

function readCapture(span: Span, argument: Located, reading: PatternReading): Pattern {
  if (!reading.mayCapture) {
    return report(
      reading,
      'misplaced-operator',
      'expected no capture inside $not, $as came',
      span,
      'capture beside $not, or compare with $(name)',
    );
  }
  const name = readCaptureName(argument, reading.environment);
  if (name === undefined) return makePattern({ op: 'any' }, span);
  const { slot, turn } = reading.environment.bind(name, argument.span);
  return makePattern({ op: 'bind', slot, turn, name }, span);
}

function inside(reading: PatternReading): PatternReading {
  return reading.mayBeAbsent ? { ...reading, mayBeAbsent: false } : reading;
}

function isKnown(name: string): boolean {
  return (patternOperators as readonly string[]).includes(name);
}

function report(reading: PatternReading, code: string, message: string, span: Span, suggestion?: string): Pattern {
  reading.environment.report({ code, message, span, ...(suggestion !== undefined && { suggestion }) });
  return makePattern({ op: 'any' }, span);
}

const withoutArgument: Readonly<Record<string, 'any' | 'absent' | 'boolean' | 'isObject'>> = {
  $any: 'any',
  $absent: 'absent',
  $boolean: 'boolean',
  $object: 'isObject',
};
const argumentOptional = { $string: true, $integer: true, $number: true, $array: true, $time: true };
const decoderOf = { $json: 'json', $base64: 'base64', $hex: 'hex' } as const;
