import type { LocatedScalar } from '../documents/located.ts';
import { parseDurationUs } from '../foundation/duration.ts';
import type { Span } from '../foundation/span.ts';
import type { Value } from '../foundation/value.ts';
import type { Environment } from './expression.ts';

/**
 * The form of references (language, section 3): `$(path)`, sums of terms, `$(...list)`, `$$`. This file knows no names: what a
 * path leads to is found out in `resolve-name.ts`.
 */
export type Piece = string | Reference;

export interface Reference {
  /** `$(...list)`: inserts the elements. */
  readonly spread: boolean;
  readonly terms: readonly ReferenceTerm[];
  /** As written between the parentheses. */
  readonly text: string;
  readonly span: Span;
}

type ReferenceTerm =
  | { readonly sign: 1 | -1; readonly constant: Value }
  | { readonly sign: 1 | -1; readonly path: readonly string[] };

/** Every case, inclusion and client reads the same nodes again: what is sound in form is cut once. */
const cutBefore = new WeakMap<LocatedScalar, readonly Piece[]>();

/** Text cut into what stands as it is and references. Reports what is wrong, and leaves it out. */
export function readPieces(scalar: LocatedScalar, text: string, report: Environment['report']): readonly Piece[] {
  if (!text.includes('$')) return [text];
  const known = scalar.value === text ? cutBefore.get(scalar) : undefined;
  if (known) return known;
  let sound = true;
  const pieces = cutPieces(scalar, text, problem => {
    sound = false;
    report(problem);
  });
  if (sound && scalar.value === text) cutBefore.set(scalar, pieces);
  return pieces;
}

function cutPieces(scalar: LocatedScalar, text: string, report: Environment['report']): readonly Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) break;
    plain += text.slice(at, dollar);
    if (text[dollar + 1] === '(') {
      const end = text.indexOf(')', dollar);
      const span = partOf(scalar, text, dollar, end < 0 ? text.length : end + 1);
      const reference = end < 0 ? undefined : readReference(text.slice(dollar + 2, end), span);
      if (plain !== '') pieces.push(plain);
      plain = '';
      if (typeof reference === 'object') pieces.push(reference);
      else
        report(
          badReference(reference ?? 'a closing parenthesis', text.slice(dollar, end < 0 ? undefined : end + 1), span),
        );
      if (end < 0) return pieces;
      at = end + 1;
    } else {
      plain += '$';
      at = dollar + (text[dollar + 1] === '$' ? 2 : 1);
    }
  }
  plain += text.slice(at);
  if (plain !== '' || pieces.length === 0) pieces.push(plain);
  return pieces;
}

/** The reference that is all of the text, if it is one. */
export function wholeReference(pieces: readonly Piece[]): Reference | undefined {
  const [first] = pieces;
  return pieces.length === 1 && typeof first === 'object' ? first : undefined;
}

/** The path of a reference that is nothing but one. */
export function pathOf(reference: Reference): readonly string[] | undefined {
  const [term] = reference.terms;
  return reference.terms.length === 1 && 'path' in term! && term.sign === 1 ? term.path : undefined;
}

/** A reference, or what was expected where it is none. */
function readReference(inside: string, span: Span): Reference | string {
  const spread = inside.startsWith('...');
  const text = (spread ? inside.slice(3) : inside).trim();
  const parts = text.split(/\s+([+-])\s+/);
  const terms: ReferenceTerm[] = [];
  for (let k = 0; k < parts.length; k += 2) {
    const term = readTerm(parts[k]!, parts[k - 1] === '-' ? -1 : 1);
    if (!term) return 'a path of names joined by dots, an integer or a duration, and " + " or " - " between them';
    terms.push(term);
  }
  return { spread, terms, text, span };
}

function readTerm(text: string, sign: 1 | -1): ReferenceTerm | undefined {
  if (/^\d+$/.test(text)) return { sign, constant: Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text) };
  if (parseDurationUs(text) !== undefined) return { sign, constant: text };
  return /^[^\s.+()$]+(?:\.[^\s.+()$]+)*$/.test(text) ? { sign, path: text.split('.') } : undefined;
}

function badReference(expected: string, came: string, span: Span): Parameters<Environment['report']>[0] {
  return {
    code: 'bad-reference',
    message: `expected ${expected}, ${came} came`,
    span,
    suggestion: 'write $(name.member) or $(name + 1); $$ is a plain $',
  };
}

/** The place of a part, where the text stands in one line as it is; else that of all. */
function partOf(scalar: LocatedScalar, text: string, from: number, to: number): Span {
  const { span } = scalar;
  const quotes = span.endColumn - span.column - text.length;
  if (span.line !== span.endLine || (quotes !== 0 && !(quotes === 2 && scalar.quoted))) return span;
  const column = span.column + quotes / 2;
  return { ...span, column: column + from, endColumn: column + to };
}
