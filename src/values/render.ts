import { writeJson } from '../foundation/json.ts';
import { isArray, isObject, type Value } from '../foundation/value.ts';
import { evaluate, evaluateBuilt, evaluatePart } from './evaluate.ts';
import { type Expression, MissingValue, type Scope, type TextPart } from './expression.ts';
import { boundValue, regexSource } from './match-text.ts';
import type { Bindings, Bound, Pattern, PatternElement } from './pattern.ts';
import { slotKey, slotValue } from './slots.ts';

/** Where references are looked up. */
interface Names {
  readonly scope: Scope;
  readonly bindings: Bindings;
}

/**
 * A pattern in one line, as a file would have it, for reports. References are filled in: text from them is quoted, text of the file
 * only where it must be. A reference without value stays as it was written.
 */
export function renderPattern(pattern: Pattern, scope: Scope, bindings: Bindings): string {
  return render(pattern, { scope, bindings });
}

/** A value in the same form. `quoted`: text always in quotes. */
export function renderValue(value: Value, quoted: boolean): string {
  if (typeof value === 'string') return !quoted && isSafePlain(value) ? value : JSON.stringify(value);
  if (isArray(value)) return list(value.map(element => renderValue(element, quoted)));
  if (!isObject(value)) return writeJson(value);
  return members(Object.keys(value).map(name => [name, renderValue(value[name]!, quoted)]));
}

/** A reference's value, or the reference as it was written. */
export function renderExpression(expression: Expression, scope: Scope, bindings: Bindings): string {
  const value = evaluate(expression, scope, bindings);
  return value instanceof MissingValue ? `$(${expression.text})` : renderValue(value, true);
}

/** `1..9`, `1 or more`, `at most 9`; empty without bounds. */
export function renderRange(
  { min, max }: { readonly min?: Bound; readonly max?: Bound },
  scope: Scope,
  bindings: Bindings,
): string {
  const least = min === undefined ? undefined : renderBound(min, { scope, bindings });
  const most = max === undefined ? undefined : renderBound(max, { scope, bindings });
  if (least === undefined) return most === undefined ? '' : `at most ${most}`;
  if (most === undefined) return `${least} or more`;
  return least === most ? least : `${least}..${most}`;
}

export function renderRegex(parts: readonly TextPart[], scope: Scope, bindings: Bindings): string {
  return `/${regexSource(parts, bindings, scope) ?? parts.map(part => written(part)).join('')}/`;
}

/** Text with its references filled in, in quotes. */
export function renderText(parts: readonly TextPart[], scope: Scope, bindings: Bindings): string {
  const texts = parts.map(part => {
    const text = evaluatePart(part, scope, bindings);
    return text instanceof MissingValue ? written(part) : text;
  });
  return JSON.stringify(texts.join(''));
}

function render(pattern: Pattern, names: Names): string {
  const { scope, bindings } = names;
  switch (pattern.op) {
    case 'equal':
      return renderValue(pattern.value, false);
    case 'reference':
      return renderExpression(pattern.expression, scope, bindings);
    case 'text':
      return renderText(pattern.parts, scope, bindings);
    case 'object':
      return (
        (pattern.exact ? '$exact ' : '') +
        members(pattern.members.map(member => [member.name, render(member.pattern, names)]))
      );
    case 'list':
      return list(elements(pattern.elements, names));
    case 'set':
    case 'contains':
    case 'oneOf':
      return `$${pattern.op} ${list(elements(pattern.elements, names))}`;
    case 'all':
      return pattern.of.map(each => render(each, names)).join(' & ');
    case 'not':
      return `$not ${pattern.of.op === 'all' ? `(${render(pattern.of, names)})` : render(pattern.of, names)}`;
    case 'each':
    case 'json':
    case 'base64':
    case 'hex':
      return `$${pattern.op} ${render(pattern.of, names)}`;
    case 'after':
      return `$after ${JSON.stringify(pattern.prefix)} ${render(pattern.of, names)}`;
    case 'isObject':
      return '$object';
    case 'string':
      return renderStringPattern(pattern, names);
    case 'integer':
    case 'number':
    case 'array':
      return `$${pattern.op} ${renderRange(pattern, scope, bindings)}`.trimEnd();
    case 'time':
      return pattern.form === 'rfc3339' ? '$time' : `$time ${pattern.form}`;
    case 'bind':
      return renderCapture(pattern, names);
    case 'custom':
      return renderCustom(pattern, names);
    default:
      return `$${pattern.op}`;
  }
}

function renderStringPattern(pattern: Pattern & { op: 'string' }, { scope, bindings }: Names): string {
  const rendered: [string, string][] = [];
  if (pattern.min !== undefined) rendered.push(['min', renderBound(pattern.min, { scope, bindings })]);
  if (pattern.max !== undefined) rendered.push(['max', renderBound(pattern.max, { scope, bindings })]);
  if (pattern.pattern) rendered.push(['pattern', renderRegex(pattern.pattern, scope, bindings)]);
  if (pattern.has) rendered.push(['has', renderText(pattern.has, scope, bindings)]);
  if (pattern.anyCase) rendered.push(['anyCase', renderText(pattern.anyCase, scope, bindings)]);
  return rendered.length === 0 ? '$string' : `$string ${members(rendered)}`;
}

function renderCapture(pattern: Pattern & { op: 'bind' }, { scope, bindings }: Names): string {
  const bound = slotValue(slotKey(pattern.slot, pattern.turn, scope), scope, bindings);
  return bound === undefined ? `$as ${pattern.name}` : `$as ${pattern.name} = ${renderValue(bound, true)}`;
}

function renderCustom({ operator, argument }: Pattern & { op: 'custom' }, { scope, bindings }: Names): string {
  const value = evaluateBuilt(argument, scope, bindings);
  if (value === null) return operator.name;
  return `${operator.name} ${value instanceof MissingValue ? `$(${value.expression.text})` : renderValue(value, false)}`;
}

function elements(of: readonly PatternElement[], names: Names): readonly string[] {
  return of.flatMap(element => {
    if (element.op !== 'spread') return [render(element, names)];
    const value = evaluate(element.expression, names.scope, names.bindings);
    if (value instanceof MissingValue) return [`$(...${element.expression.text})`];
    return isArray(value) ? value.map(each => renderValue(each, true)) : [renderValue(value, true)];
  });
}

function renderBound(bound: Bound, { scope, bindings }: Names): string {
  if (typeof bound === 'number') return String(bound);
  const value = boundValue(bound, bindings, scope);
  return value === undefined ? `$(${bound.text})` : String(value);
}

function members(rendered: readonly (readonly [string, string])[]): string {
  if (rendered.length === 0) return '{}';
  return `{ ${rendered.map(([name, text]) => `${isSafePlain(name) ? name : JSON.stringify(name)}: ${text}`).join(', ')} }`;
}

function list(rendered: readonly string[]): string {
  return `[${rendered.join(', ')}]`;
}

function written(part: TextPart): string {
  if (typeof part === 'string') return part;
  return part.op === 'reference' ? `$(${part.expression.text})` : '$(…)';
}

/** Text that YAML reads as itself without quotes, inside braces too. */
function isSafePlain(text: string): boolean {
  return /^[\p{L}_/][\p{L}\p{N}_./@-]*(?: [\p{L}\p{N}_./@-]+)*$/u.test(text) && !/^(?:null|true|false)$/i.test(text);
}
