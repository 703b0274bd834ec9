import { evaluate, evaluatePart } from './evaluate.ts';
import { MissingValue, type Scope, type TextPart } from './expression.ts';
import type { Bindings, Bound, Pattern } from './pattern.ts';
import { compileRegex, escapeForRegex } from './regex.ts';

/** Text with references in it, piece by piece. */
export function matchesText(parts: readonly TextPart[], value: string, bindings: Bindings, scope: Scope): boolean {
  let at = 0;
  for (let k = 0; k < parts.length; k++) {
    const text = evaluatePart(parts[k]!, scope, bindings);
    if (text instanceof MissingValue || !value.startsWith(text, at)) return false;
    at += text.length;
  }
  return at === value.length;
}

/** The demands of `$string`. */
export function matchesString(
  pattern: Pattern & { op: 'string' },
  value: string,
  bindings: Bindings,
  scope: Scope,
): boolean {
  const { min, max, has, anyCase } = pattern;
  // Counting is not needed for the usual `min: 1`.
  if (max === undefined && min === 1) {
    if (value === '') return false;
  } else if ((min !== undefined || max !== undefined) && !isWithin(countCodePoints(value), min, max, bindings, scope)) {
    return false;
  }
  if (has !== undefined) {
    const wanted = wholeText(has, bindings, scope);
    if (wanted === undefined || !value.includes(wanted)) return false;
  }
  if (anyCase !== undefined) {
    const wanted = wholeText(anyCase, bindings, scope);
    if (wanted?.toLowerCase() !== value.toLowerCase()) return false;
  }
  if (pattern.pattern === undefined) return true;
  const source = regexSource(pattern.pattern, bindings, scope);
  return source !== undefined && (compileRegex(source)?.test(value) ?? false);
}

/** Undefined if a reference in it has no value. */
function wholeText(parts: readonly TextPart[], bindings: Bindings, scope: Scope): string | undefined {
  let whole = '';
  for (let k = 0; k < parts.length; k++) {
    const text = evaluatePart(parts[k]!, scope, bindings);
    if (text instanceof MissingValue) return undefined;
    whole += text;
  }
  return whole;
}

/** Both bounds are inclusive; one without value is met by nothing. */
export function isWithin(
  size: number | bigint,
  min: Bound | undefined,
  max: Bound | undefined,
  bindings: Bindings,
  scope: Scope,
): boolean {
  if (min !== undefined) {
    const least = boundValue(min, bindings, scope);
    if (least === undefined || !(size >= least)) return false;
  }
  if (max !== undefined) {
    const most = boundValue(max, bindings, scope);
    if (most === undefined || !(size <= most)) return false;
  }
  return true;
}

/** The number that a bound stands for, or undefined if it has no value. */
export function boundValue(bound: Bound, bindings: Bindings, scope: Scope): number | bigint | undefined {
  if (typeof bound === 'number') return bound;
  const value = evaluate(bound, scope, bindings);
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}

/** The source of a regex, with what references insert; undefined if something has no value. */
export function regexSource(parts: readonly TextPart[], bindings: Bindings, scope: Scope): string | undefined {
  let source = '';
  for (let k = 0; k < parts.length; k++) {
    const part = parts[k]!;
    const text = evaluatePart(part, scope, bindings);
    if (text instanceof MissingValue) return undefined;
    source += typeof part === 'string' ? text : escapeForRegex(text);
  }
  return source;
}

function countCodePoints(text: string): number {
  let count = text.length;
  for (let k = 1; k < text.length; k++) {
    if ((text.charCodeAt(k) & 0xfc00) !== 0xdc00 || (text.charCodeAt(k - 1) & 0xfc00) !== 0xd800) continue;
    count--;
    k++;
  }
  return count;
}
