import { writeJson } from '../foundation/json.ts';
import { isArray, setMember, type Value } from '../foundation/value.ts';
import { addTerms } from './add-terms.ts';
import { alterValue } from './alter-value.ts';
import type { Built } from './built.ts';
import { type Collector, collectAbsent, collectFill, collectFilled, collectPayload } from './collector.ts';
import { toBase64, toHex } from './encoded-text.ts';
import { type Expression, MissingValue, type Scope, type Source, type Term, type TextPart } from './expression.ts';
import { expressionOf, nameOf } from './expression-name.ts';
import { followPath, kindOf, NotThere } from './follow-path.ts';
import { isInsertable } from './insertable.ts';
import type { Bindings } from './pattern.ts';
import { revealIn } from './reveal.ts';
import { slotKey, slotValue } from './slots.ts';

/** The value of a reference; what is bound in this reading comes before what the scope knows. */
export function evaluate(expression: Expression, scope: Scope, bindings: Bindings): Value | MissingValue {
  return expressionValue(expression, scope, bindings, false);
}

/** Text that a part of text stands for, as it is inserted. */
export function evaluatePart(part: TextPart, scope: Scope, bindings: Bindings): string | MissingValue {
  if (typeof part === 'string') return part;
  if (part.op === 'reference') return insertedText(evaluate(part.expression, scope, bindings), part);
  try {
    return textOf(part, { scope, bindings, revealing: false });
  } catch (thrown) {
    return missingOf(thrown);
  }
}

/** A built value inside a pattern. */
export function evaluateBuilt(built: Built, scope: Scope, bindings: Bindings): Value | MissingValue {
  if (built.op === 'literal') return built.value;
  try {
    return construct(built, { scope, bindings, revealing: false });
  } catch (thrown) {
    return missingOf(thrown);
  }
}

/** Where and for what a value is constructed. */
export interface Construction {
  readonly scope: Scope;
  readonly bindings: Bindings;
  /** Secrets take the place of their stable references: what is sent, not what is told. */
  readonly revealing: boolean;
  /** What a frame tells besides its value; not inside text that is encoded. */
  readonly collector?: Collector;
}

/** Constructs a value; throws `MissingValue`. */
export function construct(built: Built, job: Construction): Value {
  switch (built.op) {
    case 'literal':
      return built.value;
    case 'reference':
      return given(expressionValue(built.expression, job.scope, job.bindings, job.revealing));
    case 'text':
      return constructText(built.parts, uncollected(job));
    case 'object':
      return constructObject(built, job);
    case 'list':
      return constructList(built, job);
    case 'json':
      return writeJson(construct(built.of, uncollected(job)));
    case 'base64':
      return toBase64(textOf(built.of, uncollected(job)));
    case 'hex':
      return toHex(textOf(built.of, uncollected(job)));
    case 'altered':
      return constructAltered(built.of, uncollected(job));
    case 'repeat':
      return constructRepeat(built, uncollected(job));
    case 'now':
      return built.form === 'ms' ? job.scope.nowMs : new Date(job.scope.nowMs).toISOString();
    case 'bind':
      return constructBound(built, job);
    case 'fill':
      collectFill(job.collector, countOf(built.bytes, uncollected(job), '$fill'));
      return '';
    case 'payload':
      collectPayload(job.collector);
      return '';
    // Members only, and left out there.
    case 'absent':
    case 'filled':
      return null;
  }
}

function expressionValue(
  expression: Expression,
  scope: Scope,
  bindings: Bindings,
  revealing: boolean,
): Value | MissingValue {
  const { terms } = expression;
  const [first] = terms;
  let value: Value | MissingValue;
  if (terms.length === 1 && first!.sign === 1) {
    value = termValue(first!, expression, scope, bindings, revealing);
  } else {
    const values: Value[] = [];
    for (const term of terms) {
      const each = termValue(term, expression, scope, bindings, revealing);
      if (each instanceof MissingValue) return each;
      values.push(each);
    }
    const sum = addTerms(values, terms);
    value = sum instanceof NotThere ? new MissingValue(expression, sum.detail) : sum;
  }
  return revealing && scope.reveal && !(value instanceof MissingValue)
    ? revealIn(value, text => scope.reveal!(text))
    : value;
}

function termValue(
  { source, path }: Term,
  expression: Expression,
  scope: Scope,
  bindings: Bindings,
  revealing: boolean,
): Value | MissingValue {
  let from = 0;
  let value: Value | MissingValue | undefined;
  if (source.from === 'self') {
    // `$(self)` is the name; `$(self.account.x)` and `$(self.x)` are what belongs to the client.
    from = path.length === 0 ? 0 : 1;
    value = selfValue(path[0], scope, bindings);
  } else {
    value = sourceValue(source, expression, scope, bindings, revealing);
  }
  if (value === undefined) return new MissingValue(expression, `${nameOf(source)} has no value`);
  if (value instanceof MissingValue || path.length === from) return value;
  const found = followPath(value, path, from);
  return found instanceof NotThere ? new MissingValue(expression, found.detail) : found;
}

function selfValue(name: string | undefined, scope: Scope, bindings: Bindings): Value | undefined {
  if (name === undefined) return scope.self;
  return name === 'account' ? scope.account(scope.self) : slotValue(`${scope.self}.${name}`, scope, bindings);
}

function sourceValue(
  source: Source,
  expression: Expression,
  scope: Scope,
  bindings: Bindings,
  revealing: boolean,
): Value | MissingValue | undefined {
  switch (source.from) {
    case 'constant':
      return source.value;
    case 'slot':
      return slotValue(slotKey(source.slot, source.turn, scope), scope, bindings);
    case 'account':
      return scope.account(source.client);
    case 'each':
      return eachValue(source.of, expression, scope, bindings, revealing);
    case 'self':
      return scope.self;
    case 'turn':
      return scope.turn;
    case 'unique':
      return scope.unique;
    case 'built':
      return builtValue(source.built, { scope, bindings, revealing });
    default:
      return scope.root(source.from);
  }
}

function eachValue(
  sources: readonly Source[],
  expression: Expression,
  scope: Scope,
  bindings: Bindings,
  revealing: boolean,
): Value | MissingValue {
  const values: Value[] = [];
  for (const source of sources) {
    const value = termValue({ sign: 1, source, path: [] }, expression, scope, bindings, revealing);
    if (value instanceof MissingValue) return value;
    values.push(value);
  }
  return values;
}

function builtValue(built: Built, job: Construction): Value | MissingValue {
  if (built.op === 'literal') return built.value;
  try {
    return construct(built, job);
  } catch (thrown) {
    return missingOf(thrown);
  }
}

function constructObject({ members }: Built & { op: 'object' }, job: Construction): Value {
  const object: Record<string, Value> = {};
  const { collector } = job;
  for (const { name, built } of members) {
    collector?.path.push(name);
    if (built.op === 'absent') collectAbsent(collector);
    else if (built.op === 'bind' && built.of.op === 'filled')
      collectFilled(collector, slotKey(built.slot, built.turn, job.scope));
    else setMember(object, name, construct(built, job));
    collector?.path.pop();
  }
  return object;
}

function constructText(parts: readonly TextPart[], job: Construction): string {
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : textOf(part, job);
  return text;
}

function constructList({ elements }: Built & { op: 'list' }, job: Construction): Value {
  const list: Value[] = [];
  for (const element of elements) {
    if (element.op === 'spread') {
      const spread = given(expressionValue(element.expression, job.scope, job.bindings, job.revealing));
      if (!isArray(spread)) throw new MissingValue(element.expression, `expected a list, ${kindOf(spread)} came`);
      for (const each of spread) list.push(each);
    } else {
      job.collector?.path.push(list.length);
      list.push(construct(element, job));
      job.collector?.path.pop();
    }
  }
  return list;
}

function constructAltered(of: Built, job: Construction): Value {
  const value = construct(of, job);
  const altered = alterValue(value);
  if (altered === undefined)
    throw new MissingValue(
      expressionOf(of),
      `expected text or an integer to alter, ${value === '' ? 'empty text' : kindOf(value)} came`,
    );
  return altered;
}

/** A frame of more is no frame, but a mistake. */
const longestRepeat = 100_000_000;

function constructRepeat(built: Built & { op: 'repeat' }, job: Construction): Value {
  const text = textOf(built.text, job);
  const count = countOf(built.count, job, '$repeat');
  if (text.length * count > longestRepeat)
    throw new MissingValue(
      expressionOf(built.count),
      `expected a text of at most ${longestRepeat} characters, ${text.length * count} came`,
    );
  return text.repeat(count);
}

/** A name keeps the stable reference of a secret: a judge of the log has no other, and must come to the same end. */
function constructBound(built: Built & { op: 'bind' }, job: Construction): Value {
  const value = construct(built.of, job);
  const { collector, scope, bindings } = job;
  const told =
    collector && job.revealing && scope.reveal ? construct(built.of, { scope, bindings, revealing: false }) : value;
  collector?.captures.push({ slot: slotKey(built.slot, built.turn, scope), value: told });
  return value;
}

function textOf(built: Built, job: Construction): string {
  const text = insertedText(construct(built, job), built);
  if (text instanceof MissingValue) throw text;
  return text;
}

function insertedText(value: Value | MissingValue, of: Built): string | MissingValue {
  if (typeof value === 'string' || value instanceof MissingValue) return value;
  if (isInsertable(value)) return String(value);
  return new MissingValue(expressionOf(of), `expected a number, a boolean or text, ${kindOf(value)} came`);
}

function countOf(built: Built, job: Construction, name: string): number {
  const count = construct(built, job);
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw new MissingValue(expressionOf(built), `expected a whole number for ${name}, 0 or more, ${kindOf(count)} came`);
}

/** Captures are still collected inside an encoding; places are not, for they are none in the frame. */
function uncollected(job: Construction): Construction {
  return job.collector?.placed ? { ...job, collector: { ...job.collector, placed: false } } : job;
}

function given(value: Value | MissingValue): Value {
  if (value instanceof MissingValue) throw value;
  return value;
}

function missingOf(thrown: unknown): MissingValue {
  if (thrown instanceof MissingValue) return thrown;
  throw thrown;
}
