import type { Located, LocatedEntry, LocatedMap } from '../documents/located.ts';
import type { Span } from '../foundation/span.ts';
import type { Built, BuiltBody } from './built.ts';
import { bytesOfBase64, bytesOfSpacedHex } from './encoded-text.ts';
import { builders, operatorName, patternOperators, reportUnknownOperator } from './operator-names.ts';
import { describeNode, readCaptureName } from './read-capture.ts';
import type { ReadNode } from './read-text.ts';
import type { BuiltReading } from './resolve-name.ts';

type Read = ReadNode<BuiltReading>;

const nothing: BuiltBody = { op: 'literal', value: null };

/** A builder without arguments, if the text is one. */
export function readBuilderText(node: Located, text: string, reading: BuiltReading): BuiltBody | undefined {
  const name = operatorName(text);
  if (name === undefined) return undefined;
  switch (name) {
    case '$absent':
      return readAbsent(node.span, reading);
    case '$now':
      return { op: 'now', form: 'ms' };
    case '$payload':
      if (!reading.environment.payload || reading.use !== 'frame') {
        report(
          reading,
          'misplaced-builder',
          'expected $payload in what a workload publishes, not inside an encoding',
          node.span,
        );
      }
      return { op: 'payload' };
    default:
      if (isBuilder(name))
        report(
          reading,
          'bad-argument',
          `expected an argument of ${name}, none came`,
          node.span,
          `write { ${name}: … }`,
        );
      else reportNoBuilder(name, node.span, reading);
      return nothing;
  }
}

/** An object of operators: one builder, or `$as`, or both. */
export function readBuilderObject(
  node: LocatedMap,
  operators: readonly LocatedEntry[],
  reading: BuiltReading,
  read: Read,
): BuiltBody {
  const capture = operators.find(({ key }) => key === '$as');
  const [builder, second] = operators.filter(entry => entry !== capture);
  if (second)
    report(
      reading,
      'bad-argument',
      `expected one builder, ${builder!.key} and ${second.key} came`,
      second.keySpan,
      'put one inside the other',
    );
  if (!capture) return readBuilder(builder!, reading, read);
  const of: Built = builder
    ? { ...readBuilder(builder, reading, read), span: node.span }
    : { op: 'filled', span: node.span };
  if (!builder && !reading.isMember)
    report(
      reading,
      'misplaced-builder',
      'expected $as beside a builder, or alone as a member that the pack fills in',
      node.span,
    );
  if (of.op === 'fill' || of.op === 'absent')
    report(
      reading,
      'misplaced-builder',
      `expected $as beside a value that is known when it is sent, ${builder!.key} came`,
      capture.keySpan,
    );
  if (reading.use === 'raw' && (of.op === 'hex' || of.op === 'base64'))
    report(reading, 'misplaced-builder', 'expected bytes without a name, $as came', capture.keySpan);
  const name = readCaptureName(capture.value, reading.environment);
  if (name === undefined) return of;
  const { slot, turn } = reading.environment.bind(name, capture.value.span);
  return { op: 'bind', slot, turn, of };
}

function readBuilder({ key, keySpan, value }: LocatedEntry, reading: BuiltReading, read: Read): BuiltBody {
  switch (key) {
    case '$json':
      return { op: 'json', of: read(value, encodedIn(reading)) };
    case '$base64':
    case '$hex':
      return readEncoder(key, value, reading, read);
    case '$altered':
      return { op: 'altered', of: read(value, encodedIn(reading)) };
    case '$repeat':
      return readRepeat(value, reading, read);
    case '$fill':
      return readFill(keySpan, value, reading, read);
    case '$now':
      if (value.type === 'scalar' && (value.value === 'ms' || value.value === 'rfc3339'))
        return { op: 'now', form: value.value };
      return report(
        reading,
        'bad-argument',
        `expected ms or rfc3339 behind $now, ${describeNode(value)} came`,
        value.span,
      );
    case '$absent':
    case '$payload':
      return report(
        reading,
        'bad-argument',
        `expected ${key} without argument, ${describeNode(value)} came`,
        value.span,
        `write ${key}`,
      );
    default:
      reportNoBuilder(key, keySpan, reading);
      return nothing;
  }
}

function readEncoder(key: '$base64' | '$hex', value: Located, reading: BuiltReading, read: Read): BuiltBody {
  const of = read(value, encodedIn(reading));
  if (of.op === 'literal') {
    const argument = of.value;
    if (typeof argument !== 'string')
      return report(reading, 'bad-argument', `expected text behind ${key}, ${describeNode(value)} came`, value.span);
    // What `raw` sends cannot be written as text, so the text is what stands for it.
    const isRight =
      reading.use !== 'raw' || (key === '$hex' ? bytesOfSpacedHex(argument) : bytesOfBase64(argument)) !== undefined;
    const expected = key === '$hex' ? 'hexadecimal digits, two for a byte,' : 'base64, padded with =,';
    if (!isRight)
      return report(
        reading,
        'bad-argument',
        `expected ${expected} behind ${key}, ${describeNode(value)} came`,
        value.span,
      );
  }
  return { op: key === '$hex' ? 'hex' : 'base64', of };
}

function readRepeat(value: Located, reading: BuiltReading, read: Read): BuiltBody {
  const [text, count, more] = value.type === 'list' ? value.elements : [];
  if (!text || !count || more) {
    return report(
      reading,
      'bad-argument',
      `expected [text, count] behind $repeat, ${describeNode(value)} came`,
      value.span,
      'write $repeat: [text, 3]',
    );
  }
  const inside = encodedIn(reading);
  return { op: 'repeat', text: read(text, inside), count: countOf(count, '$repeat', read(count, inside), reading) };
}

/** `$fill` asks for a size of the frame, so only one text can give it, and only where its own size counts. */
function readFill(keySpan: Span, value: Located, reading: BuiltReading, read: Read): BuiltBody {
  if (reading.use !== 'frame' && reading.use !== 'raw') {
    report(
      reading,
      'misplaced-builder',
      'expected $fill where its text is sent as it is, not inside an encoding',
      keySpan,
    );
  } else if (++reading.fills.count > 1) {
    report(reading, 'misplaced-builder', 'expected one $fill in a frame, another came', keySpan);
  }
  return { op: 'fill', bytes: countOf(value, '$fill', read(value, encodedIn(reading)), reading) };
}

function countOf(node: Located, name: string, count: Built, reading: BuiltReading): Built {
  const isCount = count.op !== 'literal' || (Number.isSafeInteger(count.value) && (count.value as number) >= 0);
  const isReference = count.op === 'reference' || count.op === 'literal';
  if (!isCount || !isReference)
    report(reading, 'bad-argument', `expected a number of ${name}, 0 or more, ${describeNode(node)} came`, node.span);
  return count;
}

function readAbsent(span: Span, reading: BuiltReading): BuiltBody {
  if (!reading.isMember) report(reading, 'misplaced-builder', 'expected $absent as the value of a member', span);
  return { op: 'absent' };
}

function encodedIn(reading: BuiltReading): BuiltReading {
  return { ...reading, use: 'encoded', isMember: false };
}

function isBuilder(name: string): boolean {
  return (builders as readonly string[]).includes(name);
}

function reportNoBuilder(name: string, span: Span, reading: BuiltReading): void {
  if ((patternOperators as readonly string[]).includes(name)) {
    report(
      reading,
      'unknown-operator',
      `expected a builder, the pattern operator ${name} came`,
      span,
      `builders are ${builders.join(', ')}`,
    );
  } else {
    reportUnknownOperator(name, builders, 'a builder', span, reading.environment);
  }
}

function report(reading: BuiltReading, code: string, message: string, span: Span, suggestion?: string): BuiltBody {
  reading.environment.report({ code, message, span, ...(suggestion !== undefined && { suggestion }) });
  return nothing;
}
