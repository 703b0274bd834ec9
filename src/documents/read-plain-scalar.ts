import type { LocatedScalar } from './located.ts';
import { type Cursor, unit } from './plain-cursor.ts';

/**
 * A scalar that ends in its line; the cursor stands behind it then. Undefined for what the library has to judge: numbers in
 * forms that fool readers, rare escapes, text that begins with an indicator.
 */
export function readPlainScalar(cursor: Cursor, inFlow: boolean): LocatedScalar | undefined {
  const { text, at } = cursor;
  const code = text.charCodeAt(at);
  const isQuoted = code === unit.doubleQuote || code === unit.quote;
  // Expressions find the end, because a loop of ours would be slow until the engine had compiled it.
  const form = code === unit.doubleQuote ? doubleQuoted : isQuoted ? singleQuoted : inFlow ? unquotedInFlow : unquoted;
  form.lastIndex = at;
  if (!form.test(text)) return undefined;
  const end = form.lastIndex;
  const value = isQuoted ? quotedText(text.slice(at + 1, end - 1), code) : scalarOf(text.slice(at, end));
  return value === undefined ? undefined : scalarTo(end, cursor, value, isQuoted);
}

const doubleQuoted = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/y;
const singleQuoted = /'[^'\n]*(?:''[^'\n]*)*'/y;

/** No indicator first, a dash only with something behind it. Then up to `: ` or ` #`, without the blanks before. */
const unquoted = /(?:[^ \n?:,[\]{}#&*!|>'"%@`-]|-(?![ \n]|$))(?:[^ \n:]+|:(?![ \n]|$)| +(?![ \n#]|:(?:[ \n]|$)|$))*/y;
/** The same, and up to a sign of the flow. */
const unquotedInFlow =
  /(?:[^ \n?:,[\]{}#&*!|>'"%@`-]|-(?![ \n,[\]{}]|$))(?:[^ \n:,[\]{}]+|:(?![ \n,[\]{}]|$)| +(?![ \n#,[\]{}]|:(?:[ \n,[\]{}]|$)|$))*/y;

function quotedText(inside: string, quote: number): string | undefined {
  if (quote === unit.quote) return inside.replaceAll("''", "'");
  return inside.includes('\\') ? unescaped(inside) : inside;
}

function unescaped(source: string): string | undefined {
  if (!/^(?:[^\\]|\\(?:[0abefnrtv"/\\ N_LP]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}))*$/.test(source)) return undefined;
  return source.replaceAll(/\\(?:x(..)|u(....)|(.))/g, (_, byte?: string, unit?: string, letter?: string) =>
    letter === undefined ? String.fromCharCode(Number.parseInt(byte ?? unit!, 16)) : (escapes[letter] ?? letter),
  );
}

/** The others stand for themselves. */
const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

/** What the core schema makes of text without quotes; undefined for a number that is not written as JSON would write it. */
function scalarOf(source: string): LocatedScalar['value'] | undefined {
  const known = words.get(source);
  if (known !== undefined) return known;
  if (!/^[-+.\d]/.test(source) || !anyNumber.test(source)) return source;
  return plainNumber.test(source) && Number.isSafeInteger(Math.trunc(Number(source))) ? Number(source) : undefined;
}

const words: ReadonlyMap<string, LocatedScalar['value']> = new Map<string, LocatedScalar['value']>([
  ...['~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['true', 'True', 'TRUE'].map(word => [word, true] as const),
  ...['false', 'False', 'FALSE'].map(word => [word, false] as const),
]);

const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const anyNumber =
  /^(?:0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.inf|\.Inf|\.INF|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)|\.(?:nan|NaN|NAN))$/;

function scalarTo(end: number, cursor: Cursor, value: LocatedScalar['value'], quoted: boolean): LocatedScalar {
  const { file, line, lineStart, at } = cursor;
  cursor.at = end;
  const span = { file, line, column: at - lineStart + 1, endLine: line, endColumn: end - lineStart + 1 };
  return { type: 'scalar', span, value, quoted };
}
