/** Where a reader of plain YAML is in a text. */
export interface Cursor {
  readonly text: string;
  readonly file: string;
  at: number;
  /** Line of `at`, from 1, and where it begins. */
  line: number;
  lineStart: number;
  /** Column of the content at `at`, from 0, when it is the first of its line; -1 at the end of the text. */
  indent: number;
  /** Where the last value ends, with the comment behind it: blocks end there too. */
  endLine: number;
  endColumn: number;
}

export const unit = {
  lineFeed: 0x0a,
  blank: 0x20,
  doubleQuote: 0x22,
  number: 0x23,
  quote: 0x27,
  comma: 0x2c,
  dash: 0x2d,
  colon: 0x3a,
  openList: 0x5b,
  closeList: 0x5d,
  openMap: 0x7b,
  closeMap: 0x7d,
} as const;

export function startOf(text: string, file: string): Cursor {
  return { text, file, at: 0, line: 1, lineStart: 0, indent: 0, endLine: 1, endColumn: 1 };
}

/** At a blank, the end of a line or the end of the text: what a `:` or `-` needs behind it. */
export function isSeparated(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === unit.blank || code === unit.lineFeed || at >= text.length;
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === unit.blank) at += 1;
  return at;
}

export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Notes that a value ends here. */
export function endValue(cursor: Cursor): void {
  cursor.endLine = cursor.line;
  cursor.endColumn = cursor.at - cursor.lineStart + 1;
}

/**
 * From behind a value to the next content below, over blank lines and comments. False if there is something else in the line, or
 * a comment whose block is not plain to see: one that stands further right than what follows, where that ends a block.
 */
export function nextContent(cursor: Cursor, blockIndent: number): boolean {
  const { text } = cursor;
  let at = skipBlanks(text, cursor.at);
  if (text.charCodeAt(at) === unit.number) {
    if (at === cursor.at) return false;
    cursor.at = endOfLine(text, at);
    at = cursor.at;
    while (text.charCodeAt(cursor.at - 1) === unit.blank) cursor.at -= 1;
    endValue(cursor);
  }
  if (at >= text.length) {
    cursor.indent = -1;
    return true;
  }
  if (text.charCodeAt(at) !== unit.lineFeed) return false;
  startLine(cursor, at + 1);
  return firstContent(cursor, blockIndent);
}

/** The same from the beginning of a line. */
export function firstContent(cursor: Cursor, blockIndent: number): boolean {
  const { text } = cursor;
  let commentIndent = 0;
  for (;;) {
    const at = skipBlanks(text, cursor.lineStart);
    const indent = at < text.length ? at - cursor.lineStart : -1;
    const code = text.charCodeAt(at);
    if (indent < 0 || (code !== unit.lineFeed && code !== unit.number)) {
      cursor.at = at;
      cursor.indent = indent;
      const endsBlock = indent < blockIndent;
      return !(endsBlock && commentIndent > Math.max(indent, 0)) && !isMarker(cursor);
    }
    if (code === unit.number) commentIndent = Math.max(commentIndent, indent);
    startLine(cursor, endOfLine(text, at) + 1);
  }
}

export function startLine(cursor: Cursor, at: number): void {
  cursor.line += 1;
  cursor.lineStart = at;
}

/** Lines that begin or end a document. */
function isMarker({ text, at, indent }: Cursor): boolean {
  return indent === 0 && (text.startsWith('---', at) || text.startsWith('...', at));
}
