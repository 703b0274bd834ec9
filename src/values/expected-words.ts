import { isArray } from '../foundation/value.ts';
import { evaluate } from './evaluate.ts';
import { MissingValue, type Scope } from './expression.ts';
import type { Bindings, Pattern } from './pattern.ts';
import { renderExpression, renderPattern, renderRange, renderRegex, renderText, renderValue } from './render.ts';
import { slotKey, slotValue } from './slots.ts';

/** What a pattern asks for, in words: for the one place in a frame where it was not met. */
export function expectedWords(pattern: Pattern, scope: Scope, bindings: Bindings): string {
  switch (pattern.op) {
    case 'equal':
      return renderValue(pattern.value, true);
    case 'reference':
      return expectedReference(pattern, scope, bindings);
    case 'text':
      return renderText(pattern.parts, scope, bindings);
    case 'any':
      return 'any value';
    case 'absent':
      return 'no such member';
    case 'boolean':
      return 'true or false';
    case 'isObject':
      return 'an object';
    case 'object':
      return pattern.members.length === 0 ? 'an object' : `an object ${renderPattern(pattern, scope, bindings)}`;
    case 'list':
      return `a list ${renderPattern(pattern, scope, bindings)}`;
    case 'string':
      return expectedText(pattern, scope, bindings);
    case 'integer':
      return `an integer ${renderRange(pattern, scope, bindings)}`.trimEnd();
    case 'number':
      return `a number ${renderRange(pattern, scope, bindings)}`.trimEnd();
    case 'array':
      return pattern.min === undefined && pattern.max === undefined
        ? 'a list'
        : `a list of ${renderRange(pattern, scope, bindings)} elements`;
    case 'time':
      return { rfc3339: 'an instant as RFC 3339 text', ms: 'an instant in milliseconds', s: 'an instant in seconds' }[
        pattern.form
      ];
    case 'bind':
      return expectedBound(pattern, scope, bindings);
    case 'json':
      return `text that is JSON of ${expectedWords(pattern.of, scope, bindings)}`;
    case 'base64':
      return `text that is base64 of ${expectedWords(pattern.of, scope, bindings)}`;
    case 'hex':
      return `text that is hexadecimal of ${expectedWords(pattern.of, scope, bindings)}`;
    case 'after':
      return `text that begins with ${JSON.stringify(pattern.prefix)}, and then ${expectedWords(pattern.of, scope, bindings)}`;
    case 'not':
      return `anything but ${expectedWords(pattern.of, scope, bindings)}`;
    case 'each':
      return `a list with each element ${expectedWords(pattern.of, scope, bindings)}`;
    case 'oneOf':
      return expectedOneOf(pattern.elements, scope, bindings);
    case 'all':
      return pattern.of.map(each => expectedWords(each, scope, bindings)).join(', and ');
    default:
      return renderPattern(pattern, scope, bindings);
  }
}

function expectedReference({ expression }: Pattern & { op: 'reference' }, scope: Scope, bindings: Bindings): string {
  const value = evaluate(expression, scope, bindings);
  return value instanceof MissingValue ? `$(${expression.text}), but ${value.detail}` : renderValue(value, true);
}

function expectedBound(pattern: Pattern & { op: 'bind' }, scope: Scope, bindings: Bindings): string {
  const bound = slotValue(slotKey(pattern.slot, pattern.turn, scope), scope, bindings);
  return bound === undefined ? `a value for ${pattern.name}` : `${renderValue(bound, true)}, which is ${pattern.name}`;
}

function expectedText(pattern: Pattern & { op: 'string' }, scope: Scope, bindings: Bindings): string {
  const range = renderRange(pattern, scope, bindings);
  const parts = [`text${range === '' ? '' : ` of ${range} ${range === '1' ? 'character' : 'characters'}`}`];
  if (pattern.pattern) parts.push(`matching ${renderRegex(pattern.pattern, scope, bindings)}`);
  if (pattern.has) parts.push(`with ${renderText(pattern.has, scope, bindings)} in it`);
  if (pattern.anyCase)
    parts.push(`equal to ${renderText(pattern.anyCase, scope, bindings)} in small letters or capitals`);
  return parts.join(' ');
}

function expectedOneOf(elements: (Pattern & { op: 'oneOf' })['elements'], scope: Scope, bindings: Bindings): string {
  const words = elements.flatMap(element => {
    if (element.op !== 'spread') return [expectedWords(element, scope, bindings)];
    const value = evaluate(element.expression, scope, bindings);
    return isArray(value as never)
      ? (value as readonly never[]).map(each => renderValue(each, true))
      : [renderExpression(element.expression, scope, bindings)];
  });
  return words.length === 1 ? words[0]! : `one of ${words.join(', ')}`;
}
