import type { Located } from '../documents/located.ts';
import type { Span } from '../foundation/span.ts';
import type { Value } from '../foundation/value.ts';
import type { Built } from './built.ts';
import type { Expression, Term, TextPart } from './expression.ts';
import { isInsertable } from './insertable.ts';
import type { Piece, Reference } from './read-reference.ts';
import { enterMacro, type Reading, resolveName } from './resolve-name.ts';

/** Reads a macro's node as a value. */
export type ReadNode<R extends Reading> = (node: Located, reading: R) => Built;

/** A reference as an expression: macros in it become built values. Undefined if a name leads nowhere, which has been reported. */
export function readExpression<R extends Reading>(
  reference: Reference,
  reading: R,
  read: ReadNode<R>,
): Expression | undefined {
  const { text, span } = reference;
  const terms: Term[] = [];
  for (const term of reference.terms) {
    if ('constant' in term) {
      terms.push({ sign: term.sign, source: { from: 'constant', value: term.constant }, path: [] });
      continue;
    }
    const resolved = resolveName(term.path, span, reading.environment);
    if (!resolved) return undefined;
    if (resolved.kind === 'source') {
      terms.push({ sign: term.sign, source: resolved.source, path: resolved.path });
      continue;
    }
    const inside = enterMacro(reading, resolved, text, span);
    if (!inside) return undefined;
    terms.push({ sign: term.sign, source: { from: 'built', built: read(resolved.node, inside) }, path: resolved.path });
  }
  return { terms, text, span };
}

/** Text with references in it (language, section 3): what is known now is put in now. `escaped` is for a regex. */
export function readTextParts<R extends Reading>(
  pieces: readonly Piece[],
  reading: R,
  read: ReadNode<R>,
  escaped: (text: string) => string = text => text,
): readonly TextPart[] {
  const parts: TextPart[] = [];
  const add = (text: string) => {
    if (typeof parts.at(-1) === 'string') parts[parts.length - 1] += text;
    else if (text !== '') parts.push(text);
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      add(piece);
      continue;
    }
    const part = readPart(piece, reading, read);
    if (part === undefined) continue;
    if (part.op !== 'literal') parts.push(part);
    else if (isInsertable(part.value)) add(escaped(String(part.value)));
    else reportNotText(part.value, piece.span, reading);
  }
  return parts.length === 0 ? [''] : parts;
}

function readPart<R extends Reading>(reference: Reference, reading: R, read: ReadNode<R>): Built | undefined {
  const { span } = reference;
  if (reference.spread) {
    const suggestion = `write $(${reference.text})`;
    reading.environment.report({
      code: 'spread-outside-list',
      message: 'expected a reference to one value, $(...list) came',
      span,
      suggestion,
    });
    return undefined;
  }
  const expression = readExpression(reference, reading, read);
  if (!expression) return undefined;
  const [term] = expression.terms;
  const isMacro = expression.terms.length === 1 && term!.source.from === 'built' && term!.path.length === 0;
  return isMacro && term!.source.from === 'built' ? term!.source.built : { op: 'reference', expression, span };
}

function reportNotText(value: Value, span: Span, reading: Reading): void {
  const came = value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object';
  reading.environment.report({
    code: 'bad-text',
    message: `expected a number, a boolean or text inside text, ${came} came`,
    span,
  });
}
